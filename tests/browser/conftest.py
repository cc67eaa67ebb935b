"""Chromium driven by Playwright; every page is watched: requests to its own origin only, no script error."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.serving import serving

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
LAPTOP = {"width": 1366, "height": 768}
TABLET = {"width": 820, "height": 1180}
WIDE = {"width": 1920, "height": 1080}
SCREENS = Path(__file__).parents[2] / "artifacts" / "screens"
OpenPage = Callable[..., Page]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Open Chromium for the tests of this folder; closed after them, since Playwright's loop keeps others out."""
    if not CHROMIUM.exists():
        message = f"{CHROMIUM} is missing: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving("real", tmp_path_factory.mktemp("real") / "home") as address:
        yield address


@pytest.fixture(scope="session")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving("slow", tmp_path_factory.mktemp("slow") / "home") as address:
        yield address


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open pages, each in a browser context of its own; afterwards nothing may have been asked elsewhere."""
    contexts: list[Any] = []
    foreign: list[str] = []
    errors: list[str] = []

    def opening(address: str, size: dict[str, int] = LAPTOP, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            locale="fr-FR",
            color_scheme=scheme,  # type: ignore[arg-type]
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        context.on("request", lambda request: watch(request.url, address))
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(address)
        expect(page.locator("#results .patient").first).to_be_visible(timeout=20_000)
        return page

    def watch(url: str, address: str) -> None:
        if not url.startswith((address + "/", "data:", "blob:")):
            foreign.append(url)

    yield opening
    for context in contexts:
        context.close()
    assert foreign == []
    assert errors == []


def shoot(page: Page, name: str) -> None:
    """Keep a screenshot among the artefacts."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png")
