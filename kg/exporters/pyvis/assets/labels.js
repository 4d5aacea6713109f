// Names in the picture: in screen size, the best connected first, never over each other. What does not fit appears on
// zooming in; the entity under the pointer and the selection with its neighbours come before all others.

const FONT = '"PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif';
const CELL = 80;

/** Rectangles by the squares of a grid that they touch. */
class Occupied {
  constructor() {
    this.squares = new Map();
  }

  *keys([left, top, right, bottom]) {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) yield `${x} ${y}`;
    }
  }

  add(box, weight = 1) {
    box.weight = weight;
    for (const key of this.keys(box)) {
      if (!this.squares.has(key)) this.squares.set(key, []);
      this.squares.get(key).push(box);
    }
  }

  /** The weight of all other rectangles that a rectangle meets. */
  weigh(box, own) {
    const met = new Set();
    for (const key of this.keys(box)) {
      for (const other of this.squares.get(key) ?? []) {
        if (other !== own && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) met.add(other);
      }
    }
    return [...met].reduce((sum, { weight }) => sum + weight, 0);
  }
}

function wrapName(name, width, lines) {
  const letters = [...name];
  const rows = Math.min(lines, Math.ceil(letters.length / width));
  const each = Math.min(width, Math.ceil(letters.length / rows));
  const wrapped = [];
  let from = 0;
  while (from < letters.length && wrapped.length < rows) {
    let to = Math.min(from + each, letters.length);
    // A number or a Latin word stays whole where the line has something else on it.
    while (to < letters.length && to > from && /\w/.test(letters[to - 1]) && /\w/.test(letters[to])) to -= 1;
    if (to === from) to = from + each;
    wrapped.push(letters.slice(from, to).join(""));
    from = to;
  }
  if (from < letters.length) wrapped[rows - 1] = `${wrapped[rows - 1].slice(0, -1)}…`;
  return wrapped;
}

const widths = new Map();
function measure(ctx, text, font) {
  const key = `${font}|${text}`;
  if (!widths.has(key)) {
    ctx.font = font;
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}

const hubs = new Set(
  entities.map((_, id) => id).sort((a, b) => entities[b].degree - entities[a].degree || a - b)
    .slice(0, Math.ceil(2 * Math.sqrt(entities.length))).filter((id) => entities[id].degree > 3),
);
const heaviest = Math.max(1, ...entities.map((entity) => entity.degree));

/** The name of an entity as lines in a font, with its size in pixels of the screen. */
function setName(ctx, id, full) {
  const weight = Math.sqrt(entities[id].degree / heaviest);
  const size = Math.round(11.5 + 3 * weight);
  const font = `${weight > 0.6 || full ? 600 : 400} ${size}px ${FONT}`;
  const lines = wrapName(entities[id].label, full ? 14 : 9, full ? 4 : 2);
  const width = Math.max(...lines.map((line) => measure(ctx, line, font)));
  return { id, lines, font, size, width, height: lines.length * size * 1.2, full };
}

/** Places for a name around its node: below, above, to the right, to the left. */
function boxesFor(name, x, y, radius) {
  const { width, height } = name;
  const gap = radius + 2;
  const boxes = [
    [x - width / 2, y + gap, x + width / 2, y + gap + height],
    [x - width / 2, y - gap - height, x + width / 2, y - gap],
    [x + gap, y - height / 2, x + gap + width, y + height / 2],
    [x - gap - width, y - height / 2, x - gap, y + height / 2],
  ];
  return boxes.map(([left, top, right, bottom]) => [left - 3, top - 1, right + 3, bottom + 1]);
}

const rank = (id) => (view.selection?.entity === id ? 3e6 : 0) + (view.hover?.entity === id ? 2e6 : 0) + (focus?.has(id) ? 1e6 : 0) + entities[id].degree;

let plan = { key: null, names: [] };
let version = 0;
let drawnScale = 0;
const replan = () => {
  version += 1;
  network.redraw();
};

/** What the signs of the shown entities cover, with the box of each. */
function coverSigns(shown, scale) {
  const covered = new Occupied();
  const boxes = new Map();
  for (const id of shown) {
    const [x, y] = [places[id].x * scale, places[id].y * scale];
    const radius = radiusOf(id, scale) * scale;
    boxes.set(id, [x - radius, y - radius, x + radius, y + radius]);
    covered.add(boxes.get(id), hubs.has(id) ? 100 : 1);
  }
  return { covered, boxes };
}

/** Which names to draw where, relative to the origin of the graph; made anew only when zoom or state change. */
function planNames(ctx, scale) {
  const key = `${scale} ${version}`;
  if (plan.key === key) return plan.names;
  const shown = nodes.getIds({ filter: (node) => !node.hidden });
  const occupied = new Occupied();
  const signs = coverSigns(shown, scale);
  const left = Math.min(...shown.map((id) => places[id].x)) * scale - 30;
  const right = Math.max(...shown.map((id) => places[id].x)) * scale + 30;
  const beyond = (box) => Number(box[0] < left || box[2] > right);
  const predicates = planPredicates(ctx, scale, occupied, signs, true);
  const names = [];
  for (const id of shown.sort((a, b) => rank(b) - rank(a) || a - b)) {
    const picked = view.hover?.entity === id || view.selection?.entity === id;
    const must = picked || (view.selection?.fact !== undefined && focus.has(id));
    if (focus && !focus.has(id) && !must) continue;
    const name = setName(ctx, id, must);
    // Hubs may cover the signs of lesser nodes, but of no other hub; other names may not cover anything.
    const limit = must ? Infinity : hubs.has(id) ? 30 : 0;
    const [best] = boxesFor(name, places[id].x * scale, places[id].y * scale, radiusOf(id, scale) * scale)
      .map((box) => ({ box, cost: signs.covered.weigh(box, signs.boxes.get(id)) + 1000 * occupied.weigh(box) }))
      .sort((a, b) => a.cost - b.cost || beyond(a.box) - beyond(b.box));
    if (best.cost > limit) continue;
    occupied.add(best.box);
    names.push({ ...name, box: best.box });
  }
  predicates.push(...planPredicates(ctx, scale, occupied, signs, false));
  plan = { key, names: [...predicates, ...names.reverse()] };
  return plan.names;
}

/** Names of the lines that are selected or under the pointer, or else of those that lead to the selected entity. */
function planPredicates(ctx, scale, occupied, signs, must) {
  const chosen = [view.selection?.fact, view.hover?.fact].filter((fact) => fact !== undefined);
  const around = view.selection?.entity === undefined ? [] : factsOf[view.selection.entity];
  const names = [];
  for (const id of new Set(must ? chosen : around.filter((fact) => !chosen.includes(fact)))) {
    if (edges.get(id).hidden) continue;
    const font = `500 11px ${FONT}`;
    const text = sayPredicate(facts[id].p);
    const width = measure(ctx, text, font);
    const { x, y } = middleOf(id);
    const box = [x * scale - width / 2, y * scale - 8, x * scale + width / 2, y * scale + 6];
    if (!must && (occupied.weigh(box) || signs.covered.weigh(box))) continue;
    occupied.add(box);
    names.push({ lines: [text], font, size: 11, box, predicate: true });
  }
  return names;
}

/** The middle of a line, bent or straight. */
function middleOf(id) {
  const drawn = network.body.edges[id]?.edgeType;
  if (drawn?.getPoint && drawn.fromPoint) return drawn.getPoint(0.5);
  const { s, o } = facts[id];
  return { x: (places[s].x + places[o].x) / 2, y: (places[s].y + places[o].y) / 2 };
}

network.on("afterDrawing", (ctx) => {
  const canvas = ctx.canvas;
  const ratio = canvas.width / canvas.clientWidth || 1;
  const scale = network.getScale();
  const middle = network.canvasToDOM({ x: 0, y: 0 });
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, middle.x * ratio, middle.y * ratio);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const name of planNames(ctx, scale)) {
    const x = (name.box[0] + name.box[2]) / 2;
    const each = name.size * 1.2;
    ctx.font = name.font;
    ctx.fillStyle = name.predicate ? ink.accent : ink.ink;
    ctx.strokeStyle = ink.paper;
    ctx.lineWidth = name.predicate ? 5 : 3.5;
    name.lines.forEach((line, row) => {
      const y = name.box[1] + 1 + each * (row + 0.5);
      ctx.strokeText(line, x, y);
      ctx.fillText(line, x, y);
    });
  }
  ctx.restore();
  // Lines end at the border that their node had one frame ago.
  if (scale !== drawnScale) requestAnimationFrame(() => network.redraw());
  drawnScale = scale;
});

network.on("dragEnd", ({ nodes: moved }) => {
  if (!moved.length) return;
  Object.entries(network.getPositions(moved)).forEach(([id, place]) => {
    places[id] = place;
  });
  replan();
});
network.on("dragging", ({ nodes: moved }) => {
  Object.entries(network.getPositions(moved)).forEach(([id, place]) => {
    places[id] = place;
  });
  if (moved.length) version += 1;
});
