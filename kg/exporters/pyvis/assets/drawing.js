// The picture: vis-network with our own node shapes, colours by scheme, and dimming around a selection.

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
const narrow = window.matchMedia("(max-width: 720px)");
const outlines = Object.fromEntries(Object.entries(data.types).map(([type, { path }]) => [type, new Path2D(path)]));
const colourOf = (type) => data.types[type][dark.matches ? "dark" : "light"];

let ink = {};
function readInk() {
  const style = getComputedStyle(document.documentElement);
  ink = Object.fromEntries(
    ["paper", "ink", "muted", "line", "accent"].map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  );
}
readInk();

const sizes = data.vis.nodes.map((node) => node.size);
const nodes = new vis.DataSet(data.vis.nodes.map(({ id, x, y, size }) => ({ id, x, y, size, hidden: false })));
const edges = new vis.DataSet(data.vis.edges.map((edge) => ({ ...edge, hidden: false })));
/** Radius in units of the graph: on the screen, signs grow and shrink more slowly than the distances between them. */
const radiusOf = (id, scale = network.getScale()) => sizes[id] * scale ** -0.48;
const places = data.vis.nodes.map(({ x, y }) => ({ x, y }));

/** The entities that a selection is about; null when there is none. */
let focus = null;
function findFocus() {
  const { selection } = view;
  if (!selection) focus = null;
  else if (selection.fact !== undefined) focus = new Set([facts[selection.fact].s, facts[selection.fact].o]);
  else {
    focus = new Set([selection.entity]);
    for (const index of factsOf[selection.entity]) {
      if (!edges.get(index).hidden) focus.add(facts[index].s).add(facts[index].o);
    }
  }
}

const inFocus = (fact) =>
  view.selection.fact !== undefined
    ? fact === view.selection.fact
    : facts[fact].s === view.selection.entity || facts[fact].o === view.selection.entity;

function drawNode({ ctx, id, x, y }) {
  const radius = radiusOf(id);
  const picked = view.selection?.entity === id;
  const under = view.hover?.entity === id;
  return {
    drawNode() {
      ctx.translate(x, y);
      ctx.scale(radius, radius);
      if (focus && !focus.has(id) && !under) ctx.globalAlpha = 0.16;
      const outline = outlines[entities[id].kind];
      if (picked || under) {
        ctx.beginPath();
        ctx.arc(0, 0, 1.55, 0, 2 * Math.PI);
        ctx.globalAlpha = picked ? 0.28 : 0.16;
        ctx.fillStyle = colourOf(entities[id].kind);
        ctx.fill();
        ctx.globalAlpha = 1;
      }
      ctx.lineJoin = "round";
      ctx.lineWidth = 3 / (radius * network.getScale());
      ctx.strokeStyle = ink.paper;
      ctx.stroke(outline);
      ctx.fillStyle = colourOf(entities[id].kind);
      ctx.fill(outline);
    },
    nodeDimensions: { width: 2.2 * radius, height: 2.2 * radius },
  };
}

const options = data.vis.options;
options.nodes = { shape: "custom", ctxRenderer: drawNode };
options.edges.color = { color: ink.line, highlight: ink.accent, hover: ink.accent };
options.interaction.hideEdgesOnDrag = facts.length > 2000;
options.interaction.dragNodes = window.matchMedia("(pointer: fine)").matches;
options.interaction.keyboard = false;
const network = new vis.Network(byId("graph"), { nodes, edges }, options);

/** Brings the colours of the edges up to date with scheme and selection. */
function colourEdges() {
  edges.update(
    facts.map((_, id) => {
      const lit = focus && inFocus(id);
      const opacity = lit ? 0.9 : focus ? 0.12 : 1;
      return {
        id,
        color: { color: lit ? ink.accent : ink.line, highlight: ink.accent, hover: ink.accent, opacity },
        width: lit ? 2 : 1.4,
      };
    }),
  );
}

function motion() {
  return calm.matches ? false : { duration: 450, easingFunction: "easeInOutQuad" };
}

/** Shows everything that is not filtered away; at once when the page opens. */
function fitAll(animation = motion()) {
  const shown = nodes.getIds({ filter: (node) => !node.hidden });
  if (!shown.length) return;
  const { clientWidth, clientHeight } = byId("graph");
  const range = (axis) => {
    const values = shown.map((id) => places[id][axis]);
    return [Math.min(...values), Math.max(...values)];
  };
  const [left, right] = range("x");
  const [top, bottom] = range("y");
  // The margin leaves room for names, which keep their size on the screen.
  const margin = Math.min(66, clientWidth * 0.1);
  const scale = Math.min(
    (clientWidth - 2 * margin) / Math.max(right - left, 1),
    (clientHeight - 72) / Math.max(bottom - top, 1),
    1.3,
  );
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation });
}

/** Moves the camera to an entity, or to both ends of a fact; above the sheet on a phone. */
function goTo({ entity, fact }) {
  const { clientWidth, clientHeight } = byId("graph");
  const [one, other] = fact === undefined ? [places[entity], places[entity]] : [places[facts[fact].s], places[facts[fact].o]];
  const room = fact === undefined ? Infinity
    : Math.min((clientWidth * 0.6) / Math.abs(one.x - other.x), (clientHeight * 0.5) / Math.abs(one.y - other.y));
  const scale = Math.min(Math.max(network.getScale(), 0.95), Math.max(room, 0.3));
  const lift = narrow.matches ? (0.24 * clientHeight) / scale : 0;
  const position = { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 + lift };
  network.moveTo({ position, scale, animation: motion() });
}

function zoomBy(factor) {
  const scale = Math.min(Math.max(network.getScale() * factor, 0.05), 6);
  network.moveTo({ scale, animation: calm.matches ? false : { duration: 180, easingFunction: "easeOutQuad" } });
}

function moveBy(x, y) {
  const { x: middleX, y: middleY } = network.getViewPosition();
  const scale = network.getScale();
  network.moveTo({ position: { x: middleX + x / scale, y: middleY + y / scale } });
}
