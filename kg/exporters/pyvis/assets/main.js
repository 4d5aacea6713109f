// What joins the parts: selection, keys, buttons, language and scheme.

/** Selects an entity, a fact or nothing; `move` brings it into view. */
function select(selection, { move = false } = {}) {
  if (selection && hiddenNow(selection)) reveal(selection);
  view.selection = selection;
  findFocus();
  colourEdges();
  showPanel();
  replan();
  if (move && selection) goTo(selection);
  announce(selection ? say("selected", panel.querySelector("h2").textContent) : say("cleared"));
  if (move && !panel.contains(document.activeElement) && document.activeElement === document.body) panel.focus();
}

network.on("click", ({ nodes: [entity], edges: [fact] }) => {
  const before = JSON.stringify(view.selection);
  const next = entity !== undefined ? { entity } : fact !== undefined ? { fact } : null;
  if (JSON.stringify(next) === before) return;
  select(next);
  if (next && narrow.matches) goTo(next);
});
network.on("hoverNode", ({ node }) => {
  view.hover = { entity: node };
  byId("graph").style.cursor = "pointer";
  replan();
});
network.on("hoverEdge", ({ edge }) => {
  view.hover = { fact: edge };
  byId("graph").style.cursor = "pointer";
  replan();
});
for (const event of ["blurNode", "blurEdge"]) {
  network.on(event, () => {
    view.hover = null;
    byId("graph").style.cursor = "";
    replan();
  });
}

byId("zoom-in").addEventListener("click", () => zoomBy(1.4));
byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.4));
byId("zoom-fit").addEventListener("click", () => fitAll());

const KEYS = {
  ArrowLeft: () => moveBy(-60, 0),
  ArrowRight: () => moveBy(60, 0),
  ArrowUp: () => moveBy(0, -60),
  ArrowDown: () => moveBy(0, 60),
  "+": () => zoomBy(1.25),
  "=": () => zoomBy(1.25),
  "-": () => zoomBy(0.8),
  0: () => fitAll(),
};
byId("graph").addEventListener("keydown", (event) => {
  if (!Object.hasOwn(KEYS, event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  KEYS[event.key]();
});

function openFilters(open) {
  document.body.classList.toggle("filtering", open);
  byId("show-filters").setAttribute("aria-expanded", String(open));
  (open ? byId("hide-filters") : byId("show-filters")).focus();
}
byId("show-filters").addEventListener("click", () => openFilters(!document.body.classList.contains("filtering")));
byId("hide-filters").addEventListener("click", () => openFilters(false));

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    if (document.body.classList.contains("filtering")) openFilters(false);
    else if (view.selection) {
      select(null);
      byId("graph").focus();
    }
  } else if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(event.target.tagName)) {
    event.preventDefault();
    searchBox.focus();
  }
});

byId("language").addEventListener("click", () => {
  view.language = view.language === "zh" ? "en" : "zh";
  announce("");
  showAll();
});
dark.addEventListener("change", () => {
  readInk();
  colourEdges();
  showAll();
});

function showAll() {
  sayEverywhere();
  showFilters();
  showCounts();
  showPanel();
  replan();
}

showAll();
colourEdges();
fitAll(false);
// For the console and for tests.
window.graphView = { network, view, entities, facts, select, fitAll };
