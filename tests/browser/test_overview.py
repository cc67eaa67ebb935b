"""Summary, timeline and plots in the page, driven as a doctor would, on a real server, in Chromium."""

import re
from typing import Any

import httpx
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, OpenPage, shoot
from tests.browser.steps import ask, choose, highlighted
from tests.browser.test_audit import faults

DELAUNOY, JEANNE, GIANT_CELL = "0005093316", "0004417829", "0007716086"


def summary_of(address: str, ipp: str, **parameters: str) -> Any:
    with httpx.Client(base_url=address, trust_env=False, timeout=20) as client:
        return client.get(f"/v1/patients/{ipp}/summary", params=parameters).json()


def open_tab(page: Page, name: str, ready: str) -> None:
    page.get_by_role("tab", name=name).click()
    expect(page.locator(f"{ready} [data-state=ready]")).to_be_visible(timeout=15_000)


def test_read_the_summary_and_follow_its_citations(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    choose(page, DELAUNOY)
    open_tab(page, "Synthèse", "#summary")
    expect(page.locator("#composer")).to_be_hidden()
    shown = summary_of(real, DELAUNOY)
    titles = page.locator("#summary h3").all_text_contents()
    assert titles == [section["title"] for section in shown["sections"]]
    texts = page.locator("#summary .text").all_text_contents()
    assert texts == [each["text"] for section in shown["sections"] for each in section["statements"]]
    cites = page.locator("#summary .cite:not([title*='administratif'])")
    for number in range(3):
        cites.nth(number).click()
        quote = highlighted(page)
        assert any(
            citation["quote"] == quote
            for section in shown["sections"]
            for statement in section["statements"]
            for citation in statement["citations"]
        )
    shoot(page, "10-summary")
    assert faults(page) == []


def test_a_specialty_comes_first(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    choose(page, JEANNE)
    open_tab(page, "Synthèse", "#summary")
    page.get_by_label("Spécialité mise en avant").select_option("cardiologie")
    expect(page.locator("#summary h3", has_text="Pour la spécialité : cardiologie")).to_be_visible(timeout=15_000)
    expect(page.get_by_label("Spécialité mise en avant")).to_have_value("cardiologie")


def test_filter_the_timeline(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    choose(page, DELAUNOY)
    open_tab(page, "Chronologie", "#timeline")
    shoot(page, "11-timeline")
    stays, values = (page.locator(f"#timeline .event[data-kind={kind}]") for kind in ("stay", "measurement"))
    expect(stays.first).to_be_visible()
    expect(values.first).to_be_hidden()
    page.locator("[data-event-kind=measurement]").check()
    expect(values.first).to_be_visible()
    page.locator("[data-event-kind=stay]").uncheck()
    expect(stays.first).to_be_hidden()
    page.locator("#timeline .event:not([hidden]) .cite").first.click()
    assert highlighted(page)
    expect(stays.first).to_be_hidden()  # what was unticked stays so
    assert faults(page) == []


def test_each_point_of_a_plot_opens_its_source(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    choose(page, DELAUNOY)
    open_tab(page, "Chronologie", "#timeline")
    measure = page.locator("#timeline .measure").first
    measure.locator("summary").click()
    expect(measure.locator("svg[role=img]")).to_be_visible()
    points = measure.locator(".point")
    assert points.count() > 1
    for number in range(2):
        value = str(points.nth(number).get_attribute("aria-label")).split()[0]
        points.nth(number).click()
        source = points.nth(number).get_attribute("data-number")
        expect(page.locator("#reader .steps")).to_contain_text(f"Source [{source}] sur")
        assert value.lstrip("<>") in highlighted(page)
        expect(points.nth(number)).to_have_class(re.compile("here"))
    shoot(page, "12-plot")
    points.first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#paper-title")).to_be_focused()


def test_an_evolution_is_answered_with_a_plot(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    choose(page, JEANNE)
    ask(page, "Comment a évolué la créatinine ?")
    figure = page.locator(".turn .evolution")
    expect(figure.locator("svg[role=img]")).to_be_visible()
    expect(figure.locator("tbody tr").first).to_be_visible()
    figure.locator(".point").last.click()
    assert highlighted(page)
    shoot(page, "13-evolution")
    assert faults(page) == []


def test_a_contradiction_shows_both_sides_and_both_sources(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    choose(page, GIANT_CELL)
    ask(page, "Quelle dose d'insuline à la sortie ?")
    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("Aucun document ne tranche.")
    sides = conflict.locator(".side")
    expect(sides).to_have_count(2)
    left, right = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
    assert left is not None
    assert right is not None
    assert left["y"] == right["y"]
    for number in range(2):
        cite = sides.nth(number).locator(".cite").first
        cite.click()
        expect(page.locator("#reader .steps")).to_contain_text(f"Source [{cite.get_attribute('data-number')}] sur")
        assert "INSULATARD" in highlighted(page)
    shoot(page, "15-contradiction")
    assert faults(page) == []


def test_advice_is_declined_politely(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    choose(page, JEANNE)
    ask(page, "Faut-il augmenter le bisoprolol ?")
    expect(page.locator(".turn").last).to_have_attribute("data-outcome", "advice_declined")
    expect(page.locator(".turn .abstention")).to_contain_text("Pas d’avis médical")
    shoot(page, "14-declined")


def test_tabs_by_keyboard_and_nothing_of_the_patient_before(real: str, open_page: OpenPage) -> None:
    page = open_page(real, LAPTOP, "dark")
    choose(page, DELAUNOY)
    open_tab(page, "Synthèse", "#summary")
    first = page.locator("#summary").text_content()
    assert faults(page) == []
    page.get_by_role("button", name="Changer de patient").click()
    choose(page, JEANNE)
    expect(page.get_by_role("tab", name="Questions")).to_have_attribute("aria-selected", "true")
    assert page.locator("#summary .statement").count() == 0
    page.get_by_role("tab", name="Questions").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Synthèse")).to_be_focused()
    expect(page.locator("#summary [data-state=ready]")).to_be_visible(timeout=15_000)
    assert page.locator("#summary").text_content() != first
    page.keyboard.press("ArrowRight")
    expect(page.locator("#timeline [data-state=ready]")).to_be_visible(timeout=15_000)
    assert faults(page) == []
