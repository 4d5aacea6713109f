// The data of the page, the language it speaks, and the one way in which text becomes an element.

const data = JSON.parse(document.getElementById("graph-data").textContent);
const { entities, facts } = data;
const byId = (id) => document.getElementById(id);

const view = {
  language: "zh",
  selection: null, // { entity: number } or { fact: number }
  hover: null, // the same, under the pointer
  offTypes: new Set(),
  offPredicates: new Set(),
  offStatuses: new Set(),
  hideIsolated: false,
};

const factsOf = entities.map(() => []);
facts.forEach((fact, index) => {
  factsOf[fact.s].push(index);
  if (fact.o !== fact.s) factsOf[fact.o].push(index);
});
entities.forEach((entity, index) => {
  entity.kind = Object.hasOwn(data.types, entity.type) ? entity.type : "Thing";
  entity.degree = factsOf[index].length;
});

/** A text of the interface with its {} filled in. */
function say(key, ...values) {
  let index = 0;
  return data.texts[key][view.language].replace(/\{\}/g, () => String(values[index++]));
}

const labelOf = (group, key) => (Object.hasOwn(group, key) ? group[key][view.language] : key);
const sayType = (type) => labelOf(data.types, type);
const sayPredicate = (predicate) => labelOf(data.predicates, predicate);
const sayStatus = (status) => labelOf(data.statuses, status);
const sayNumber = (number) => new Intl.NumberFormat(view.language).format(number);

/** An element; what is said goes in as text nodes, so that no name can become markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** The sign of a type, as in the picture. */
function makeSign(type) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "-1.3 -1.3 2.6 2.6");
  svg.setAttribute("class", "sign");
  svg.setAttribute("aria-hidden", "true");
  svg.dataset.type = type;
  const path = document.createElementNS(svg.namespaceURI, "path");
  path.setAttribute("d", data.types[type].path);
  path.setAttribute("fill", colourOf(type));
  svg.append(path);
  return svg;
}

/** Puts the texts of the interface into every element that asks for one. */
function sayEverywhere() {
  document.documentElement.lang = view.language === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = say(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset.label));
    if (element.tagName === "BUTTON") element.title = say(element.dataset.label);
  }
  for (const element of document.querySelectorAll("[data-placeholder]")) {
    element.placeholder = say(element.dataset.placeholder);
  }
  byId("language").textContent = say("language");
  byId("language").lang = view.language === "zh" ? "en" : "zh-CN";
}

const announce = (text) => {
  byId("status").textContent = text;
};
