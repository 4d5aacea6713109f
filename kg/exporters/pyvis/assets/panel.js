// The panel at the side: the facts of the selection, each with the words of the page that state it.

const panel = byId("panel");
const CHINESE = "zh-CN";

/** A piece of text with the given names marked; the longest name wins. */
function markNames(text, names) {
  const pieces = [];
  const wanted = [...new Set(names)].filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const name = wanted.find((candidate) => text.startsWith(candidate, at));
    if (!name) {
      at += 1;
      continue;
    }
    pieces.push(text.slice(from, at), make("mark", {}, name));
    at += name.length;
    from = at;
  }
  return [...pieces, text.slice(from)];
}

const namesOf = (id) => [entities[id].label, ...entities[id].aliases];

function makeSource(evidence) {
  const parts = [
    evidence.page ? make("span", { class: "page" }, evidence.page) : null,
    Number.isInteger(evidence.start) && Number.isInteger(evidence.stop)
      ? make("span", {}, say("place", evidence.start, evidence.stop)) : null,
    evidence.rule ? make("span", {}, say("rule", evidence.rule)) : null,
    typeof evidence.confidence === "number"
      ? make("span", {}, say("confidence", `${Math.round(evidence.confidence * 100)}%`)) : null,
  ];
  return make("p", { class: "source" },
    evidence.headline ? make("cite", { lang: CHINESE }, say("headline", evidence.headline)) : null,
    make("span", { class: "trace" }, ...parts));
}

function makeEvidence(evidence, names) {
  const quote = evidence.quote
    ? make("blockquote", { lang: CHINESE }, ...markNames(evidence.quote, names)) : null;
  return make("div", { class: "evidence" }, quote, makeSource(evidence));
}

function makeEntity(id, here) {
  const { label, kind } = entities[id];
  if (id === here) return make("strong", { class: "entity", lang: CHINESE }, makeSign(kind), label);
  return make("button", {
    type: "button", class: "entity", lang: CHINESE, "data-entity": id,
    onclick: () => select({ entity: id }, { move: true }),
  }, makeSign(kind), label);
}

function makeStatus(status) {
  return status === "done" ? null : make("span", { class: `chip ${status}` }, sayStatus(status));
}

/** One fact: subject, predicate, object, then its evidence; the triple is left out where the heading says it. */
function makeFact(index, here, headed = false) {
  const fact = facts[index];
  const names = [...namesOf(fact.s), ...namesOf(fact.o)];
  const open = make("button", {
    type: "button", class: "predicate", "data-fact": index,
    onclick: () => select({ fact: index }, { move: true }),
  }, sayPredicate(fact.p));
  return make("li", { class: "fact", "data-fact": index },
    headed ? null : make("p", { class: "triple" }, makeEntity(fact.s, here), open, makeEntity(fact.o, here), makeStatus(fact.status)),
    fact.posts.length ? make("p", { class: "post", lang: CHINESE }, say("post", fact.posts.join(view.language === "zh" ? "、" : ", "))) : null,
    ...fact.evidence.map((evidence) => makeEvidence(evidence, names)));
}

const BOUNDS = { ">": "more", ">=": "atLeast", "<": "less", "~": "about" };

function sayValue(number, unit) {
  return `${typeof number === "number" ? sayNumber(number) : number}${unit === "%" ? "%" : unit ? ` ${unit}` : ""}`;
}

/** An ISO year, month, day or interval in words. */
function sayPeriod(period) {
  const date = (iso) => {
    const [year, month, day] = iso.split("-");
    if (view.language !== "zh" || !/^\d/.test(iso)) return iso;
    return `${year}年${month ? `${Number(month)}月` : ""}${day ? `${Number(day)}日` : ""}`;
  };
  const [start, stop] = period.split("/");
  if (stop === undefined) return date(start);
  if (stop === "..") return say("since", date(start));
  if (start === "..") return say("until", date(stop));
  return `${date(start)}–${date(stop)}`;
}

function makeOutcome(outcome, id) {
  const value = sayValue(outcome.value, outcome.unit);
  const bound = BOUNDS[outcome.qualifier];
  const details = [
    typeof outcome.baseline === "number" ? say("baseline", sayValue(outcome.baseline, outcome.unit)) : null,
    outcome.period ? say("period", sayPeriod(outcome.period)) : null,
  ].filter(Boolean);
  return make("li", { class: "outcome" },
    make("p", { class: "metric", lang: CHINESE }, outcome.metric),
    make("p", { class: "value" }, make("strong", {}, bound ? say(bound, value) : value), makeStatus(outcome.status)),
    details.length ? make("p", { class: "details" }, ...details.map((detail) => make("span", {}, detail))) : null,
    ...outcome.evidence.map((evidence) => makeEvidence(evidence, namesOf(id))));
}

/** Facts of an entity by predicate and direction, first those that it is the subject of. */
function groupFacts(id) {
  const groups = new Map();
  const order = Object.keys(data.predicates);
  for (const index of factsOf[id]) {
    const away = facts[index].s === id;
    const key = `${away ? 0 : 1} ${String(order.indexOf(facts[index].p) + 1).padStart(3, "0")} ${facts[index].p}`;
    if (!groups.has(key)) groups.set(key, { away, predicate: facts[index].p, indices: [] });
    groups.get(key).indices.push(index);
  }
  return [...groups.keys()].sort().map((key) => groups.get(key));
}

const titleOf = ({ away, predicate }) => (away ? `${sayPredicate(predicate)} →` : `→ ${sayPredicate(predicate)}`);

function makeGroup(group, here) {
  const title = titleOf(group);
  return make("section", { class: "group" },
    make("h3", {}, title, make("span", { class: "count" }, sayNumber(group.indices.length))),
    make("ul", {}, ...group.indices.map((index) => makeFact(index, here))));
}
/** Buttons that lead to the groups of a long panel. */
function makeJumps(groups) {
  if (groups.length < 3) return null;
  return make("p", { class: "jumps" }, ...groups.map((group) =>
    make("button", {
      type: "button",
      onclick: () => group.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" }),
    }, group.querySelector("h3").firstChild.textContent, make("span", { class: "count" }, group.querySelector(".count").textContent))));
}

function makeHead(kicker, title) {
  return make("div", { class: "head" },
    make("p", { class: "kicker" }, ...kicker.filter(Boolean)),
    make("h2", { lang: CHINESE }, ...title),
    make("button", { type: "button", class: "close", "aria-label": say("close"), title: say("close"), onclick: () => select(null) }, "✕"));
}

function showEntity(id) {
  const entity = entities[id];
  const outcomes = entity.outcomes.map((outcome) => makeOutcome(outcome, id));
  const groups = groupFacts(id).map((group) => makeGroup(group, id));
  if (outcomes.length) {
    groups.unshift(make("section", { class: "group" },
      make("h3", {}, say("outcomes"), make("span", { class: "count" }, sayNumber(outcomes.length))),
      make("ul", {}, ...outcomes)));
  }
  panel.replaceChildren(...[
    makeHead([makeSign(entity.kind), sayType(entity.kind)], [entity.label]),
    entity.aliases.length ? make("p", { class: "aliases" }, `${say("aliases")} `, make("span", { lang: CHINESE }, entity.aliases.join(" · "))) : null,
    makeJumps(groups),
    ...groups,
    groups.length ? null : make("p", { class: "nothing" }, say("noFacts")),
    make("p", { class: "iri" }, entity.iri),
  ].filter(Boolean));
}

function showFact(index) {
  const { s, o } = facts[index];
  const others = factsOf[s].filter((other) => other !== index && (facts[other].o === o || facts[other].s === o));
  panel.replaceChildren(...[
    makeHead([say("fact"), makeStatus(facts[index].status)], [
      makeEntity(s), " ",
      make("span", { class: "predicate", lang: document.documentElement.lang }, sayPredicate(facts[index].p)), " ",
      makeEntity(o),
    ]),
    make("ul", {}, makeFact(index, undefined, true)),
    others.length ? make("section", { class: "group" },
      make("h3", {}, say("moreFacts"), make("span", { class: "count" }, sayNumber(others.length))),
      make("ul", {}, ...others.map((other) => makeFact(other)))) : null,
  ].filter(Boolean));
}

/** What the panel says while nothing is selected. */
function showIntro() {
  const joined = entities.map((_, id) => id).filter((id) => entities[id].degree).sort((a, b) => entities[b].degree - entities[a].degree || a - b);
  panel.replaceChildren(
    make("div", { class: "head" }, make("h2", {}, say("introTitle"))),
    make("p", { class: "intro" }, say(entities.length ? "intro" : "introEmpty")),
    ...(joined.length ? [
      make("h3", {}, say("hubs")),
      make("ul", { class: "hubs" }, ...joined.slice(0, 10).map((id) =>
        make("li", {}, makeEntity(id), make("span", { class: "count" }, sayNumber(entities[id].degree))))),
    ] : []));
}

function showPanel() {
  const { selection } = view;
  if (!selection) showIntro();
  else if (selection.fact !== undefined) showFact(selection.fact);
  else showEntity(selection.entity);
  panel.scrollTop = 0;
  document.body.classList.toggle("selected", Boolean(selection));
}
