// The legend, which is the filter: one box with its count for each type, predicate and status.

const filterForm = byId("filter-form");

function countBy(items, keyOf) {
  const counts = new Map();
  items.forEach((item) => counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1));
  return counts;
}

const SECTIONS = [
  { name: "types", off: view.offTypes, counts: countBy(entities, (e) => e.kind), order: Object.keys(data.types), text: sayType },
  { name: "predicates", off: view.offPredicates, counts: countBy(facts, (f) => f.p), order: Object.keys(data.predicates), text: sayPredicate },
  { name: "statuses", off: view.offStatuses, counts: countBy(facts, (f) => f.status), order: Object.keys(data.statuses), text: sayStatus },
];

function makeLineSample(status) {
  return make("span", { class: `stroke ${status}`, "aria-hidden": "true" });
}

function makeBox(section, key) {
  const box = make("input", { type: "checkbox", name: section.name, value: key });
  box.checked = !section.off.has(key);
  box.addEventListener("change", () => {
    if (box.checked) section.off.delete(key);
    else section.off.add(key);
    applyFilters();
  });
  const sign = section.name === "types" ? makeSign(key) : section.name === "statuses" ? makeLineSample(key) : null;
  const count = make("span", { class: "count" }, sayNumber(section.counts.get(key)));
  return make("li", {}, make("label", {}, box, sign, make("span", { class: "name" }, section.text(key)), count));
}

function makeSection(section) {
  const keys = [...section.counts.keys()];
  if (!keys.length) return null;
  const known = (key) => (section.order.includes(key) ? section.order.indexOf(key) : section.order.length);
  if (section.name === "statuses") keys.sort((a, b) => known(a) - known(b));
  else keys.sort((a, b) => section.counts.get(b) - section.counts.get(a) || known(a) - known(b));
  const choose = (text, on) =>
    make("button", {
      type: "button",
      class: "quiet",
      "aria-label": `${say(section.name)}: ${say(text)}`,
      onclick: () => {
        section.off.clear();
        if (!on) keys.forEach((key) => section.off.add(key));
        showFilters();
        applyFilters();
        filterForm.querySelector(`fieldset[name="${section.name}"] .quiet:${on ? "first" : "last"}-of-type`)?.focus();
      },
    }, say(text));
  return make("fieldset", { name: section.name },
    make("legend", {}, say(section.name)),
    keys.length > 1 ? make("span", { class: "choose" }, choose("all", true), choose("none", false)) : null,
    make("ul", {}, ...keys.map((key) => makeBox(section, key)), section.name === "types" ? makeIsolated() : null));
}

function makeIsolated() {
  const box = make("input", { type: "checkbox", name: "hideIsolated" });
  box.checked = view.hideIsolated;
  box.addEventListener("change", () => {
    view.hideIsolated = box.checked;
    applyFilters();
  });
  return make("li", { class: "apart" }, make("label", {}, box, make("span", { class: "name" }, say("hideIsolated"))));
}

function showFilters() {
  filterForm.replaceChildren(...SECTIONS.map(makeSection).filter(Boolean));
}

/** Hides what the boxes say, and every line that has lost an end. */
function applyFilters() {
  const typed = entities.map((entity) => !view.offTypes.has(entity.kind));
  const linked = facts.map((fact) =>
    typed[fact.s] && typed[fact.o] && !view.offPredicates.has(fact.p) && !view.offStatuses.has(fact.status));
  const joined = new Set();
  facts.forEach((fact, id) => {
    if (linked[id]) joined.add(fact.s).add(fact.o);
  });
  const shown = entities.map((_, id) => typed[id] && (!view.hideIsolated || joined.has(id)));
  nodes.update(nodes.get().filter((node) => node.hidden === shown[node.id]).map(({ id }) => ({ id, hidden: !shown[id] })));
  edges.update(edges.get().filter((edge) => edge.hidden === linked[edge.id]).map(({ id }) => ({ id, hidden: !linked[id] })));
  if (view.selection && hiddenNow(view.selection)) select(null);
  findFocus();
  showCounts();
  announce(byId("shown").textContent);
  replan();
}

const hiddenNow = ({ entity, fact }) => (entity === undefined ? edges.get(fact).hidden : nodes.get(entity).hidden);

function showCounts() {
  const shownNodes = nodes.get({ filter: (node) => !node.hidden }).length;
  const shownEdges = edges.get({ filter: (edge) => !edge.hidden }).length;
  const counts = [shownNodes, entities.length, shownEdges, facts.length].map(sayNumber);
  const all = shownNodes === entities.length && shownEdges === facts.length;
  byId("shown").textContent = all ? say("shownAll", counts[1], counts[3]) : say("shown", ...counts);
}

/** Opens the filters as far as a search hit or a link of the panel needs it. */
function reveal({ entity, fact }) {
  const ends = fact === undefined ? [entity] : [facts[fact].s, facts[fact].o];
  ends.forEach((end) => view.offTypes.delete(entities[end].kind));
  if (fact !== undefined) {
    view.offPredicates.delete(facts[fact].p);
    view.offStatuses.delete(facts[fact].status);
  } else view.hideIsolated = false;
  showFilters();
  applyFilters();
}
