"""Accessibility by hand: every control has a name, ids are unique, contrast is AA, in each state and scheme."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, OpenPage
from tests.browser.steps import ask, choose, highlighted

AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    found: list[str] = page.evaluate(AUDIT)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_is_accessible(real: str, open_page: OpenPage, scheme: str) -> None:
    page = open_page(real, LAPTOP, scheme)
    assert faults(page) == []
    page.get_by_label("Rechercher un patient").fill("berthelot")
    expect(page.locator("#results .patient")).to_have_count(2)
    page.locator("#results .patient").first.click()
    expect(page.get_by_role("alertdialog")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    choose(page, "0005093316")
    assert faults(page) == []
    ask(page)
    ask(page, "Xylozzq bwrrt ?")
    page.locator(".cite").first.click()
    highlighted(page)
    assert faults(page) == []


def test_the_audit_sees_faults(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    page.evaluate(
        """document.querySelector('.brand').insertAdjacentHTML('beforeend',
        '<button style="width:40px"></button><input><p id="top" style="color:#bbb">pâle</p>')"""
    )
    found = " ".join(faults(page))
    for expected in ("no name", "no label", "duplicate id: top", "contrast"):
        assert expected in found
