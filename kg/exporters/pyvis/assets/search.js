// Search by name and alias, as one types; a list box in the sense of the ARIA combobox.

const searchBox = byId("search");
const hitList = byId("hits");
const LIMIT = 12;

const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s"'“”‘’「」『』《》]/g, "");
const searchable = entities.map((entity) => [entity.label, ...entity.aliases].map((name) => ({ name, folded: fold(name) })));

/** Whether the letters of the query occur in this order. */
function inOrder(query, text) {
  let at = 0;
  for (const letter of text) if (letter === query[at]) at += 1;
  return at >= query.length;
}

/** How well a name answers: 0 equal, 1 starts, 2 contains, 3 has the letters in order; Infinity not at all. */
function scoreName(query, folded) {
  if (folded === query) return 0;
  if (folded.startsWith(query)) return 1;
  if (folded.includes(query)) return 2;
  return query.length > 1 && inOrder(query, folded) ? 3 : Infinity;
}

function findEntities(text) {
  const query = fold(text);
  const hits = [];
  searchable.forEach((names, id) => {
    const scored = names.map(({ name, folded }, place) => ({ id, name, place, score: query ? scoreName(query, folded) : 0 }));
    const best = scored.reduce((a, b) => (b.score < a.score ? b : a));
    if (best.score < Infinity) hits.push(best);
  });
  return hits.sort((a, b) => a.score - b.score || entities[b.id].degree - entities[a.id].degree || a.id - b.id);
}

let hits = [];
let active = -1;

function makeHit(hit, index) {
  const { label, kind } = entities[hit.id];
  const alias = hit.place ? make("span", { class: "alias" }, say("alias", hit.name)) : null;
  return make("li", {
    id: `hit-${index}`, role: "option", "aria-selected": "false", "data-entity": hit.id,
    // The box loses the focus on a press, which would close the list before the click arrives.
    onmousedown: (event) => event.preventDefault(),
    onclick: () => choose(index),
  }, makeSign(kind), make("span", { class: "name", lang: "zh-CN" }, label), alias, make("span", { class: "kind" }, sayType(kind)));
}

function showHits() {
  const found = findEntities(searchBox.value);
  hits = found.slice(0, LIMIT);
  active = -1;
  const note = !hits.length ? say("noHit", searchBox.value) : found.length > LIMIT ? say("moreHits", sayNumber(found.length - LIMIT)) : "";
  hitList.replaceChildren(
    ...hits.map(makeHit),
    ...(note ? [make("li", { class: "note", role: "option", "aria-disabled": "true", "aria-selected": "false" }, note)] : []));
  hitList.hidden = false;
  searchBox.setAttribute("aria-expanded", "true");
  searchBox.removeAttribute("aria-activedescendant");
}

function closeHits() {
  hitList.hidden = true;
  hitList.replaceChildren();
  active = -1;
  searchBox.setAttribute("aria-expanded", "false");
  searchBox.removeAttribute("aria-activedescendant");
}

function activate(index) {
  if (!hits.length) return;
  active = (index + hits.length) % hits.length;
  [...hitList.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
  hitList.children[active].scrollIntoView({ block: "nearest" });
  searchBox.setAttribute("aria-activedescendant", `hit-${active}`);
}

function choose(index) {
  const hit = hits[index];
  if (!hit) return;
  searchBox.value = entities[hit.id].label;
  closeHits();
  select({ entity: hit.id }, { move: true });
  if (narrow.matches) searchBox.blur();
}

searchBox.addEventListener("input", showHits);
searchBox.addEventListener("focus", () => {
  searchBox.select();
  showHits();
});
searchBox.addEventListener("blur", closeHits);
searchBox.addEventListener("keydown", (event) => {
  // While an input method composes, its keys are not ours.
  if (event.isComposing) return;
  const open = !hitList.hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!open) showHits();
    activate(active < 0 && event.key === "ArrowUp" ? -1 : active + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Enter" && open) {
    event.preventDefault();
    choose(Math.max(active, 0));
  } else if (event.key === "Escape") {
    event.stopPropagation();
    if (open) closeHits();
    else byId("graph").focus();
  }
});
