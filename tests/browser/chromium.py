"""A Chromium from which no request gets out, and a page of it that remembers what went wrong."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_HINT = (
    "install Debian's chromium and fonts-noto-cjk (apt-get install chromium fonts-noto-cjk) and pip install playwright"
)


@contextmanager
def start_chromium() -> Iterator[Any]:
    """A running browser; skips the test where there is none."""
    api = pytest.importorskip("playwright.sync_api", reason=f"the browser tests need Playwright: {_HINT}")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        pytest.skip(f"the browser tests need Chromium: {_HINT}")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()


@dataclass
class Opened:
    """An open page with the requests that it tried, its console errors and its dialogs."""

    page: Any
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def entity(self, label: str) -> int:
        """The number of the entity with this label."""
        number = self.page.evaluate("name => graphView.entities.findIndex((e) => e.label === name)", label)
        assert number >= 0, label
        return int(number)

    def selection(self) -> Any:
        return self.page.evaluate("graphView.view.selection")

    def shown(self) -> int:
        """How many entities are drawn."""
        return int(self.page.evaluate("graphView.network.body.data.nodes.get({filter: (n) => !n.hidden}).length"))

    def shown_facts(self) -> int:
        return int(self.page.evaluate("graphView.network.body.data.edges.get({filter: (e) => !e.hidden}).length"))

    def on_screen(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the graph is in the window."""
        at = self.page.evaluate("([x, y]) => graphView.network.canvasToDOM({x, y})", [x, y])
        box = self.page.locator("#graph").bounding_box()
        return box["x"] + at["x"], box["y"] + at["y"]

    def positions(self) -> dict[str, dict[str, float]]:
        return dict(self.page.evaluate("graphView.network.getPositions()"))


@contextmanager
def open_file(browser: Any, path: Path, **context: Any) -> Iterator[Opened]:
    """Opens the file in a window of its own and refuses every other request."""
    window = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"} | context)
    opened = Opened(window.new_page())
    address = path.as_uri()

    def judge(route: Any) -> None:
        if route.request.url == address:
            route.continue_()
        else:
            opened.requests.append(route.request.url)
            route.abort()

    def answer(dialog: Any) -> None:
        opened.dialogs.append(dialog.message)
        dialog.dismiss()

    window.route("**/*", judge)
    opened.page.on("console", lambda message: opened.errors.append(message.text) if message.type == "error" else None)
    opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
    opened.page.on("dialog", answer)
    opened.page.goto(address)
    yield opened
    window.close()
