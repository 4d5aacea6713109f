"""The HTML view: what is in the file, and what a browser without a network makes of it."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from browser.chromium import Opened, open_file, start_chromium
from browser.gold import gold_network

import kg.exporters.pyvis as view
import kg.network
from kg.errors import ExportError
from kg.exporters import ExportOptions
from kg.model import EntityType, Predicate, Status

ASSETS = Path(view.__file__).with_name("assets")
LABELS = tomllib.loads((ASSETS / "labels.toml").read_text("utf-8"))
EVIL = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "</script><script>alert(3)</script>",
    "<!--<script>alert(4)",
    "a href='javascript:alert(5)' \u2028\u2029 & &lt;b&gt; $title ${data}",
)


def small_network(name: str = "海棠区总工会", quote: str = "海棠区总工会举办了技能大赛。") -> nx.MultiDiGraph[str]:
    """Three entities, three facts of which two join the same pair, one entity alone, one outcome."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    evidence = {
        "quote": quote,
        "headline": f"头条{name}",
        "page": f"{name}.txt",
        "start": 10,
        "stop": 28,
        "rule": "runs-agent",
        "confidence": 0.85,
        "status": "done",
    }
    outcome = {
        "metric": f"获得资助的职工{name}",
        "value": 1200,
        "unit": "名",
        "qualifier": ">",
        "baseline": 300,
        "period": "2021/2023",
        "status": "planned",
    }
    network.add_node("urn:u", label=name, type="Union", aliases=["海棠工会"], outcomes=[evidence | outcome])
    network.add_node("urn:p", label="技能大赛", type="Programme", aliases=["匠心杯"], outcomes=[])
    network.add_node("urn:d", label="海棠区", type="District", aliases=[], outcomes=[])
    network.add_node("urn:x", label="没有事实的公司", type="Company", aliases=[], outcomes=[])
    network.add_edge("urn:u", "urn:p", "runs", predicate="runs", status="done", evidence=[evidence])
    network.add_edge("urn:u", "urn:p", "founded", predicate="founded", status="planned", evidence=[evidence])
    network.add_edge("urn:u", "urn:d", "covers", predicate="covers", status="done", derived=True, evidence=[])
    return network


class Elements(HTMLParser):
    """Every start tag with its attributes, and the text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.declarations: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in ("script", "style", "title"):
            self.texts.append((self.tags[-1][0], data))

    def handle_decl(self, decl: str) -> None:
        self.declarations.append(decl)


def page_data(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="graph-data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_page_says_what_it_is() -> None:
    elements = Elements(view.render_html(small_network(), title="工会 & <图谱>"))
    assert elements.declarations == ["DOCTYPE html"]
    assert ("html", {"lang": "zh-CN"}) in elements.tags
    assert ("meta", {"charset": "utf-8"}) in elements.tags
    assert ("title", "工会 & <图谱>") in elements.texts


def test_page_asks_for_nothing() -> None:
    page = view.render_html(gold_network(), title="t")
    for tag, attributes in Elements(page).tags:
        assert not {"src", "srcset", "action", "onclick", "style"} & set(attributes), (tag, attributes)
        assert attributes.get("href", "data:,") == "data:,", (tag, attributes)
    assert "@import" not in page
    assert "sourceMappingURL" not in page
    assert not re.search(r"url\(\s*[\"']?(?!data:)", (ASSETS / "view.css").read_text("utf-8"))


def test_policy_allows_the_two_scripts_and_the_style_alone() -> None:
    page = view.render_html(small_network(), title="t")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    inline = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.DOTALL)
    digests = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in inline]
    assert policy[1] == (
        f"default-src 'none'; script-src {digests[1]} {digests[2]}; style-src {digests[0]}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("evil", EVIL, ids=["script", "img", "close", "comment", "odd"])
def test_hostile_texts_are_data_only(evil: str) -> None:
    plain, hostile = (view.render_html(small_network(name, name), title=name) for name in ("name", evil))
    assert [tag for tag, _ in Elements(hostile).tags] == [tag for tag, _ in Elements(plain).tags]
    union = next(entity for entity in page_data(hostile)["entities"] if entity["type"] == "Union")
    assert union["label"] == evil
    assert ("title", evil) in [(tag, text) for tag, text in Elements(hostile).texts if tag == "title"] or "&" in evil
    block = hostile[hostile.index("graph-data") + 12 : hostile.index("</script>", hostile.index("graph-data"))]
    assert not set(block) & set("<>&\u2028\u2029")


def test_same_graph_same_bytes_in_any_order() -> None:
    network = gold_network()
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    turned.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    page = view.render_html(network, title="t")
    assert view.render_html(network, title="t") == page
    assert view.render_html(turned, title="t") == page


def test_every_fact_of_the_gold_graph_is_in_the_page() -> None:
    network = gold_network()
    data = page_data(view.render_html(network, title="t"))
    told = [(data["entities"][f["s"]]["iri"], f["p"], data["entities"][f["o"]]["iri"]) for f in data["facts"]]
    assert sorted(told) == sorted((s, d["predicate"], o) for s, o, d in network.edges(data=True))
    assert sum(len(entity["outcomes"]) for entity in data["entities"]) == sum(
        len(outcomes) for _, outcomes in network.nodes(data="outcomes")
    )
    assert {node["shape"] for node in data["vis"]["nodes"]} == {"custom"}
    assert data["vis"]["options"]["physics"] == {"enabled": False}


def test_fields_of_evidence_and_outcome_survive() -> None:
    data = page_data(view.render_html(small_network(), title="t"))
    union = next(entity for entity in data["entities"] if entity["type"] == "Union")
    (outcome,) = union["outcomes"]
    (evidence,) = outcome.pop("evidence")
    assert outcome == {
        "metric": "获得资助的职工海棠区总工会",
        "value": 1200,
        "unit": "名",
        "qualifier": ">",
        "baseline": 300,
        "period": "2021/2023",
        "status": "planned",
    }
    assert evidence["quote"] == "海棠区总工会举办了技能大赛。"
    assert (evidence["start"], evidence["stop"], evidence["rule"], evidence["confidence"]) == (
        10,
        28,
        "runs-agent",
        0.85,
    )


def test_line_says_status_and_parallel_facts_part() -> None:
    data = page_data(view.render_html(small_network(), title="t"))
    edges = {fact["p"]: edge for fact, edge in zip(data["facts"], data["vis"]["edges"], strict=True)}
    assert edges["runs"]["dashes"] is False
    assert edges["founded"]["dashes"]
    assert edges["covers"]["dashes"]
    assert edges["covers"]["smooth"] == {"enabled": False}
    assert edges["runs"]["smooth"] != edges["founded"]["smooth"]


def test_quotes_can_stay_out() -> None:
    page = view.render_html(small_network(), title="t", quotes=False)
    assert "了技能大赛" not in page
    assert "头条海棠区总工会" in page


def test_empty_graph_is_a_page() -> None:
    assert page_data(view.render_html(nx.MultiDiGraph(), title="t"))["entities"] == []


def test_unknown_type_and_bare_node_are_drawn() -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_node("urn:a", type="Comet")
    network.add_edge("urn:a", "urn:b", predicate="orbits")
    data = page_data(view.render_html(network, title="t"))
    assert [entity["label"] for entity in data["entities"]] == ["urn:a", "urn:b"]


def test_export_writes_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.network, "build_network", lambda store: small_network())
    out = io.BytesIO()
    view.export(object(), out, ExportOptions(title="图谱"))  # type: ignore[arg-type]
    assert out.getvalue() == view.render_html(small_network(), title="图谱").encode("utf-8")


def test_missing_vis_network_is_an_export_error(monkeypatch: pytest.MonkeyPatch) -> None:
    view._read_vis.cache_clear()
    monkeypatch.setattr(view, "_VIS", ("lib", "nothing.js"))
    with pytest.raises(ExportError, match="Install pyvis"):
        view.render_html(small_network(), title="t")


def test_every_type_and_predicate_has_its_own_look_and_the_words_of_the_ontology() -> None:
    rdflib = pytest.importorskip("rdflib")
    graph = rdflib.Graph().parse(Path(__file__).parent.parent / "ontology" / "kg.ttl")
    space = rdflib.Namespace("https://w3id.org/gonghui/ontology#")
    for group, names in (("types", EntityType), ("predicates", Predicate)):
        for name in names:
            labels = {label.language: str(label) for label in graph.objects(space[str(name)], rdflib.RDFS.label)}
            assert {lang: LABELS[group][name][lang] for lang in ("zh", "en")} == labels, name
    for look in ("light", "dark", "path"):
        assert len({kind[look] for kind in LABELS["types"].values()}) == len(EntityType) + 1
    assert set(LABELS["statuses"]) == {*Status, "derived"}


def test_every_text_is_used_and_every_used_text_exists() -> None:
    code = "".join(path.read_text("utf-8") for path in sorted(ASSETS.glob("*.js")))
    page = (ASSETS / "page.html").read_text("utf-8")
    used = set(re.findall(r'data-(?:text|label|placeholder)="(\w+)"', page)) | set(re.findall(r'say\(\s*"(\w+)"', code))
    used |= {"noscript", "introEmpty", "intro"}  # said by the template, or one of two
    used |= {"types", "predicates", "statuses", "all", "none"}  # section.name and the two choices
    used |= {"more", "atLeast", "less", "about"}  # BOUNDS
    assert used == set(LABELS["texts"])
    assert all(text["zh"] and text["en"] for text in LABELS["texts"].values())


def test_no_script_writes_markup() -> None:
    code = "".join(path.read_text("utf-8") for path in sorted(ASSETS.glob("*.js")))
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|fetch\(|XMLHttp|</", code)


# In the browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with start_chromium() as running:
        yield running


@pytest.fixture(scope="module")
def gold_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("view") / "gold.html"
    path.write_text(view.render_html(gold_network(), title="工会知识图谱"), "utf-8")
    return path


@pytest.fixture
def gold(browser: Any, gold_file: Path) -> Iterator[Opened]:
    with open_file(browser, gold_file) as opened:
        yield opened
        assert opened.requests == []
        assert opened.errors == []


@pytest.fixture
def small(browser: Any, tmp_path: Path) -> Iterator[Opened]:
    path = tmp_path / "small.html"
    path.write_text(view.render_html(small_network(), title="小图"), "utf-8")
    with open_file(browser, path) as opened:
        yield opened
        assert opened.requests == []
        assert opened.errors == []


def _box(opened: Opened, name: str) -> Any:
    return opened.page.locator(f"#filter-form input[value={name}]")


def test_opens_with_the_cable_pulled(gold: Opened) -> None:
    gold.page.wait_for_timeout(300)
    assert gold.page.title() == "工会知识图谱"
    assert gold.page.locator("#shown").inner_text() == "203 个实体 · 268 条事实"
    drawn = gold.page.evaluate("""() => {
        const canvas = document.querySelector("#graph canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const colours = new Set();
        for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) colours.add(data.slice(i, i + 3).join());
        return [...colours];
    }""")
    for kind in EntityType:
        red, green, blue = bytes.fromhex(LABELS["types"][kind]["light"][1:])
        assert f"{red},{green},{blue}" in drawn, kind


def test_whole_graph_is_in_view_at_the_start(gold: Opened) -> None:
    box = gold.page.locator("#graph").bounding_box()
    for place in gold.positions().values():
        x, y = gold.on_screen(place["x"], place["y"])
        assert box["x"] < x < box["x"] + box["width"]
        assert box["y"] < y < box["y"] + box["height"]


def test_nothing_wobbles(gold: Opened) -> None:
    before = gold.positions()
    gold.page.wait_for_timeout(1000)
    assert gold.positions() == before
    planned = page_data(gold.page.content())["vis"]["nodes"]
    assert {str(node["id"]): {"x": node["x"], "y": node["y"]} for node in planned} == before


@pytest.mark.parametrize("evil", EVIL, ids=["script", "img", "close", "comment", "odd"])
def test_hostile_texts_stay_texts(browser: Any, tmp_path: Path, evil: str) -> None:
    path = tmp_path / "evil.html"
    path.write_text(view.render_html(small_network(evil, f"{evil}举办大赛"), title=evil), "utf-8")
    with open_file(browser, path) as opened:
        opened.page.fill("#search", evil[:6])
        opened.page.keyboard.press("Enter")
        union = opened.entity(evil)
        assert opened.selection() == {"entity": union}
        at = opened.positions()[str(union)]
        opened.page.mouse.move(*opened.on_screen(at["x"], at["y"]))
        opened.page.wait_for_timeout(400)
        assert " ".join(evil.split()) in " ".join(opened.page.locator("#panel").inner_text().split())
        assert opened.page.locator("h1").text_content() == evil
        assert opened.page.locator("img, b, script:not([id]):nth-of-type(n + 4)").count() == 0
        opened.page.evaluate("graphView.select({ fact: 0 })")
        assert (opened.requests, opened.errors, opened.dialogs) == ([], [], [])


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        pytest.param("西城区工会", "西城区总工会", id="alias"),
        pytest.param("双助推", "双助推项目", id="part of a name"),
        pytest.param("大兴工会", "大兴区总工会", id="letters in order"),
        pytest.param("“双助推”", "双助推项目", id="quotation marks do not matter"),
    ],
)
def test_search_finds_and_selects(gold: Opened, typed: str, label: str) -> None:
    gold.page.keyboard.press("/")
    gold.page.keyboard.type(typed)
    names = gold.page.locator("#hits [role=option] .name").all_inner_texts()
    assert label in names
    for _ in range(names.index(label) + 1):
        gold.page.keyboard.press("ArrowDown")
    active = gold.page.get_attribute("#search", "aria-activedescendant")
    assert gold.page.locator(f"#{active} .name").inner_text() == label
    gold.page.keyboard.press("Enter")
    entity = gold.entity(label)
    assert gold.selection() == {"entity": entity}
    assert gold.page.locator("#panel h2").inner_text() == label
    at, box = gold.positions()[str(entity)], gold.page.locator("#graph").bounding_box()
    assert gold.on_screen(at["x"], at["y"]) == pytest.approx(
        (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2), abs=2
    )


def test_search_without_a_hit_says_so(gold: Opened) -> None:
    gold.page.fill("#search", "没有这个名字")
    assert gold.page.locator("#hits").inner_text() == "没有找到“没有这个名字”"
    gold.page.keyboard.press("Enter")
    assert gold.selection() is None


def test_filter_by_type_hides_nodes_and_their_lines(gold: Opened) -> None:
    programmes = int(gold.page.locator("li:has(> label > input[value=Programme]) .count").inner_text())
    _box(gold, "Programme").uncheck()
    assert gold.shown() == 203 - programmes
    assert 0 < gold.shown_facts() < 268
    assert (
        gold.page.locator("#shown").inner_text()
        == f"{203 - programmes} / 203 个实体 · {gold.shown_facts()} / 268 条事实"
    )
    _box(gold, "Programme").check()
    assert (gold.shown(), gold.shown_facts()) == (203, 268)


def test_filter_by_predicate_and_status(gold: Opened) -> None:
    runs = int(gold.page.locator("li:has(> label > input[value=runs]) .count").inner_text())
    _box(gold, "runs").uncheck()
    assert (gold.shown(), gold.shown_facts()) == (203, 268 - runs)
    gold.page.locator("fieldset[name=statuses] button").nth(1).click()
    assert gold.shown_facts() == 0
    gold.page.locator("input[name=hideIsolated]").check()
    assert gold.shown() == 0


def test_isolated_entities_can_be_hidden_and_search_brings_them_back(small: Opened) -> None:
    small.page.locator("input[name=hideIsolated]").check()
    assert small.shown() == 3
    small.page.fill("#search", "没有事实")
    small.page.keyboard.press("Enter")
    assert small.shown() == 4
    assert "没有事实的公司" in small.page.locator("#panel").inner_text()


def test_legend_shows_sign_and_count_of_every_type(gold: Opened) -> None:
    for kind in EntityType:
        row = gold.page.locator(f"li:has(> label > input[value={kind}])")
        assert row.locator(".name").inner_text() == LABELS["types"][kind]["zh"]
        assert row.locator("svg path").get_attribute("d") == LABELS["types"][kind]["path"]
        assert int(row.locator(".count").inner_text()) > 0


def test_click_on_a_node_shows_its_facts_and_outcomes(small: Opened) -> None:
    at = small.positions()[str(small.entity("海棠区总工会"))]
    small.page.mouse.click(*small.on_screen(at["x"], at["y"]))
    small.page.wait_for_function("graphView.view.selection !== null")
    panel = small.page.locator("#panel")
    text = panel.inner_text()
    for said in (
        "工会组织", "又名 海棠工会", "超过 1,200 名", "起点 300 名", "时期 2021年–2023年", "计划中", "推导得出",
        "海棠区总工会举办了技能大赛。", "《头条海棠区总工会》", "海棠区总工会.txt", "第 10–28 字", "规则 runs-agent", "可信度 85%",
    ):  # fmt: skip
        assert said in text, said
    assert panel.locator("li.fact").count() == 3
    assert panel.locator("mark").first.inner_text() == "海棠区总工会"
    panel.locator("button.entity", has_text="技能大赛").first.click()
    assert panel.locator("h2").inner_text() == "技能大赛"


def test_click_on_a_line_shows_its_sentence(small: Opened) -> None:
    fact = small.page.evaluate("graphView.facts.findIndex((f) => f.p === 'runs')")
    at = small.page.evaluate("(id) => graphView.network.body.edges[id].edgeType.getPoint(0.5)", fact)
    small.page.mouse.click(*small.on_screen(at["x"], at["y"]))
    small.page.wait_for_function("graphView.view.selection !== null")
    assert small.selection() == {"fact": fact}
    heading = small.page.locator("#panel h2").inner_text()
    assert re.sub(r"\s+", " ", heading) == "海棠区总工会 举办 技能大赛"
    text = small.page.locator("#panel").inner_text()
    assert "海棠区总工会举办了技能大赛。" in text
    assert "二者之间的其他事实" in text
    small.page.keyboard.press("Escape")
    assert small.selection() is None


def test_interface_speaks_english(gold: Opened) -> None:
    gold.page.fill("#search", "东城区总工会")
    gold.page.keyboard.press("Enter")
    gold.page.click("#language")
    assert gold.page.get_attribute("html", "lang") == "en"
    outside = gold.page.evaluate("""() => {
        const copy = document.body.cloneNode(true);
        copy.querySelectorAll("script, [lang=zh-CN], h1, .metric, .value, .details, noscript").forEach((e) => e.remove());
        const said = [...copy.querySelectorAll("[aria-label], [placeholder], [title]")].flatMap((e) =>
            ["aria-label", "placeholder", "title"].map((name) => e.getAttribute(name) ?? ""));
        return copy.textContent + said.join("");
    }""")
    assert re.findall(r"[\u4e00-\u9fff]+", outside) == []
    assert "Trade union" in outside
    gold.page.click("#language")
    assert gold.page.get_attribute("html", "lang") == "zh-CN"
    assert gold.page.locator("#panel .kicker").inner_text() == "工会组织"


def test_keys_move_zoom_and_fit(gold: Opened) -> None:
    gold.page.focus("#graph")
    start = gold.page.evaluate("[graphView.network.getScale(), graphView.network.getViewPosition()]")
    for key in ("+", "ArrowRight", "ArrowDown"):
        gold.page.keyboard.press(key)
    scale, middle = gold.page.evaluate("[graphView.network.getScale(), graphView.network.getViewPosition()]")
    assert scale > start[0]
    assert middle["x"] > start[1]["x"]
    assert middle["y"] > start[1]["y"]
    gold.page.keyboard.press("0")
    assert gold.page.evaluate("graphView.network.getScale()") == pytest.approx(start[0])


def test_every_control_has_a_name(gold: Opened) -> None:
    nameless = gold.page.evaluate("""() => [...document.querySelectorAll("button, input")].filter((e) =>
        !(e.getAttribute("aria-label") || e.textContent.trim() || e.closest("label")?.textContent.trim())).map((e) => e.outerHTML)""")
    assert nameless == []


def test_phone(browser: Any, gold_file: Path) -> None:
    with open_file(browser, gold_file, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True) as phone:
        assert phone.page.evaluate("document.documentElement.scrollWidth") == 360
        assert not phone.page.is_visible("#filters")
        phone.page.tap("#show-filters")
        assert _box(phone, "Union").is_visible()
        phone.page.keyboard.press("Escape")
        assert not phone.page.is_visible("#filters")
        phone.page.fill("#search", "大兴区总工会")
        phone.page.keyboard.press("Enter")
        assert phone.page.is_visible("#panel")
        at = phone.positions()[str(phone.entity("大兴区总工会"))]
        assert phone.on_screen(at["x"], at["y"])[1] < phone.page.locator("#panel").bounding_box()["y"]
        phone.page.tap("#panel .close")
        assert not phone.page.is_visible("#panel")
        assert (phone.requests, phone.errors) == ([], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_in_both_schemes(browser: Any, gold_file: Path, scheme: str) -> None:
    with open_file(browser, gold_file, color_scheme=scheme) as opened:
        colours = opened.page.evaluate("""() => Object.fromEntries(["paper", "panel", "wash", "mark", "ink", "muted", "accent"].map(
            (name) => [name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()]))""")
        pairs = [("ink", g) for g in ("paper", "panel", "wash", "mark")] + [("muted", g) for g in ("panel", "wash")]
        for front, ground in [*pairs, ("accent", "panel"), ("accent", "paper")]:
            assert _contrast(colours[front], colours[ground]) >= 4.5, (front, ground)
        for kind, look in LABELS["types"].items():
            assert _contrast(look[scheme], colours["paper"]) >= 3, kind


def _contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two #rrggbb colours."""

    def light(colour: str) -> float:
        parts = [byte / 255 for byte in bytes.fromhex(colour[1:])]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)
