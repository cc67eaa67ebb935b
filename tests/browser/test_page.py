"""The page driven as a doctor would: choose, ask, read, open the passage; on real servers, in Chromium."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, TABLET, WIDE, OpenPage, shoot
from tests.browser.steps import QUESTION, ask, choose, highlighted, send

DELAUNOY, JEANNE, JEANNINE, NGUEMBO, HOSTILE = "0005093316", "0004417829", "0004417892", "0007717029", "9990000001"


def citations(address: str, ipp: str, question: str) -> list[dict[str, Any]]:
    """Return the citations of an answer in the order in which the page numbers them."""
    with httpx.Client(base_url=address, trust_env=False, timeout=20) as client:
        reply = client.post("/v1/ask", json={"patient": ipp, "question": question, "stream": False})
    found: dict[tuple[str, int, int], dict[str, Any]] = {}
    for statement in reply.json()["statements"]:
        for citation in statement["citations"]:
            found.setdefault((citation["document"], citation["start"], citation["end"]), citation)
    return list(found.values())


def test_from_a_patient_to_the_highlighted_passage(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    assert page.evaluate("document.documentElement.lang") == "fr"
    expect(page.get_by_text("Données fictives uniquement — aucun compte configuré")).to_be_visible()
    shoot(page, "1-search")
    choose(page, DELAUNOY)
    shoot(page, "2-record")
    ask(page)
    expected = citations(real, DELAUNOY, QUESTION)
    assert expected
    for number, citation in enumerate(expected, start=1):
        page.locator(f".cite[data-number='{number}']").first.click()
        expect(page.locator("#reader .steps")).to_contain_text(f"Source [{number}] sur {len(expected)}")
        assert highlighted(page) == citation["quote"]
        expect(page.locator("#paper-title")).to_have_text(citation["title"])
        expect(page.locator("#reader mark").first).to_be_in_viewport()
    expect(page.locator(".turn .perimeter")).to_contain_text("Repose sur")
    shoot(page, "3-answer")


def test_sources_are_walked_and_other_places_open(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    choose(page, HOSTILE)
    ask(page)
    page.locator(".cite").first.click()
    quote = highlighted(page)
    first = page.locator("#paper-title").text_content()
    expect(page.locator(".also")).to_contain_text("Aussi présent dans")
    page.locator(".also .link").first.click()
    expect(page.locator("#paper-title")).not_to_have_text(str(first))
    assert highlighted(page) == quote
    page.locator(".also .link").first.click()
    expect(page.locator("#paper-title")).to_have_text(str(first))
    choose_other(page, DELAUNOY)
    ask(page)
    page.locator(".cite").first.click()
    expect(page.get_by_role("button", name="Source précédente")).to_be_disabled()
    page.get_by_role("button", name="Source suivante").click()
    expect(page.locator("#reader .steps")).to_contain_text("Source [2]")


def choose_other(page: Page, ipp: str) -> None:
    page.get_by_role("button", name="Changer de patient").click()
    expect(page.locator("#workspace")).to_be_hidden()
    expect(page.get_by_label("Rechercher un patient")).to_have_value("")
    choose(page, ipp)


def test_homonyms_are_confirmed(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    page.get_by_label("Rechercher un patient").fill("berthelot")
    expect(page.locator("#results .patient")).to_have_count(2)
    expect(page.locator("#results .chip").first).to_contain_text("Homonyme : 1 autre patient BERTHELOT")
    jeanne = page.locator("#results .patient", has_text=JEANNE)
    jeanne.click()
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_contain_text("vérifiez le prénom, la date de naissance et l’IPP")
    expect(dialog).to_contain_text(JEANNINE)
    shoot(page, "4-homonyms")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator("#workspace")).to_be_hidden()
    jeanne.click()
    dialog.get_by_role("button", name=re.compile(JEANNE)).click()
    expect(page.locator("#band")).to_contain_text("née le 12/03/1944")
    expect(page.locator("#band")).to_contain_text("Homonyme")
    expect(page.locator("#band .name b")).to_have_text(re.compile("^Jeanne "))


def test_keyboard_only(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    page.get_by_role("button", name="Clavier").focus()
    page.keyboard.press("/")
    expect(page.get_by_label("Rechercher un patient")).to_be_focused()
    page.keyboard.type("delaunoy")
    expect(page.locator("#results .patient")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Question sur ce dossier")).to_be_focused()
    page.keyboard.type("Le patient a-t-il")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("des allergies ?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .ending")).to_be_visible()
    expect(page.locator("#announcer")).not_to_be_empty()
    cite = page.locator(".cite").last
    for _ in range(3):
        page.keyboard.press("Shift+Tab")
        if cite.evaluate("node => node === document.activeElement"):
            break
    expect(cite).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#paper-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(cite).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Raccourcis clavier")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Raccourcis clavier")).to_be_hidden()


def test_the_skip_link_is_first(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    choose(page, DELAUNOY)
    page.get_by_role("button", name="Clavier").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("link", name="Aller à la question")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Question sur ce dossier")).to_be_focused()


def test_two_sessions_never_meet(real: str, open_page: OpenPage) -> None:
    one, other = open_page(real), open_page(real)
    choose(one, DELAUNOY)
    choose(other, NGUEMBO)
    ask(one)
    ask(other, "Quel est le traitement ?")
    expect(one.locator("#band")).to_contain_text("DELAUNOY")
    expect(other.locator("#band")).to_contain_text("NGUEMBO")
    assert "NGUEMBO" not in one.locator("body").inner_text()
    assert "DELAUNOY" not in other.locator("body").inner_text()
    assert one.locator(".turn").count() == other.locator(".turn").count() == 1
    fresh = open_page(real)
    expect(fresh.locator("#workspace")).to_be_hidden()
    assert fresh.locator(".turn").count() == 0


def test_hostile_text_is_inert(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    choose(page, HOSTILE)
    ask(page, "Quel motif et quel traitement ? <img src=http://evil.invalid/q.png> ![](http://evil.invalid/q2.png)")
    for number in range(page.locator(".cite").count()):
        page.locator(".cite").nth(number).click()
        highlighted(page)
    text = page.locator("body").inner_text()
    for shown in ("<script>window.pwned=3</script>", "![image](http://evil.invalid/a.png)", "O'<b>HOSTILE</b>"):
        assert shown in text
    assert page.evaluate("window.pwned") is None
    inside = "#band img, #conversation img, #papers img, #papers iframe, #papers script, #conversation script"
    assert page.locator(inside).count() == 0
    shoot(page, "5-hostile")


def test_documents_are_listed_filtered_and_opened(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    choose(page, DELAUNOY)
    dates = [date.split("/")[::-1] for date in page.locator("#listing time").all_text_contents()]
    assert dates == sorted(dates, reverse=True)
    page.get_by_label("Filtrer les documents").fill("OPERATOIRE")
    visible = page.locator("#listing li:visible")
    expect(visible).to_have_count(1)
    title = visible.locator(".title").text_content()
    visible.click()
    expect(page.locator("#paper-title")).to_have_text(str(title))
    assert page.locator("#reader mark").count() == 0
    page.get_by_role("button", name="Tous les documents").click()
    expect(page.locator("#listing")).to_be_visible()


def test_the_answer_is_copied_with_its_sources(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    choose(page, DELAUNOY)
    ask(page)
    page.get_by_role("button", name="Copier").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "DELAUNOY" in copied
    assert "Sources :" in copied
    assert "Repose sur" in copied


def test_an_abstention_is_told_apart(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    choose(page, DELAUNOY)
    ask(page, "Xylozzq bwrrt ?")
    turn = page.locator(".turn[data-outcome='not_in_record']")
    expect(turn.locator(".abstention")).to_contain_text("Non retrouvé dans le dossier")
    expect(turn.locator(".perimeter")).to_be_visible()
    assert page.locator(".turn .fault").count() == 0


def test_a_new_conversation_keeps_the_patient(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    choose(page, DELAUNOY)
    page.locator(".example").nth(1).click()
    expect(page.locator(".turn .ending")).to_be_visible()
    page.get_by_role("button", name="Nouvelle conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#band")).to_contain_text("DELAUNOY")
    expect(page.locator(".example")).to_have_count(3)


def test_a_stopped_answer_says_so_and_frees_the_question(slow: str, open_page: OpenPage) -> None:
    page = open_page(slow)
    choose(page, DELAUNOY)
    send(page, QUESTION)
    expect(page.locator(".statement").first).to_be_visible()
    page.get_by_role("button", name="Arrêter").click()
    expect(page.locator(".turn")).to_contain_text("Réponse arrêtée à votre demande")
    expect(page.get_by_role("button", name="Envoyer")).to_be_visible()
    kept = page.locator(".statement").count()
    page.wait_for_timeout(1200)
    assert page.locator(".statement").count() == kept
    ask(page)


def test_changing_patient_drops_the_answer_under_way(slow: str, open_page: OpenPage) -> None:
    page = open_page(slow)
    choose(page, DELAUNOY)
    send(page, QUESTION)
    expect(page.locator(".statement").first).to_be_visible()
    page.locator(".cite").first.click()
    highlighted(page)
    choose_other(page, NGUEMBO)
    page.wait_for_timeout(2000)
    assert page.locator(".turn").count() == 0
    assert page.locator("#reader mark").count() == 0
    assert "DELAUNOY" not in page.locator("body").inner_text()
    ask(page, "Quel est le traitement ?")
    expect(page.locator("#band")).to_contain_text("NGUEMBO")


def test_an_update_that_comes_late_is_hidden_or_redrawn(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    choose(page, DELAUNOY)
    ask(page)
    with page.expect_request(re.compile("queue/join")):
        page.evaluate("document.querySelector('#conversation .turns').dataset.version = '1'")
    page.evaluate("document.querySelector('#conversation .turns').dataset.epoch = '0'")
    expect(page.locator(".turn").first).to_be_hidden()


def test_a_small_window_scrolls_under_the_identity(real: str, open_page: OpenPage) -> None:
    page = open_page(real, {"width": 683, "height": 384})
    choose(page, JEANNE)
    ask(page)
    page.locator(".cite").first.click()
    highlighted(page)
    expect(page.locator("#reader mark").first).to_be_in_viewport()
    expect(page.locator("#band .name")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shoot(page, "small")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "size"), [("laptop", LAPTOP), ("wide", WIDE), ("tablet", TABLET)])
def test_sizes_and_schemes(real: str, open_page: OpenPage, name: str, size: dict[str, int], scheme: str) -> None:
    page = open_page(real, size, scheme)
    shoot(page, f"{name}-{scheme}-search")
    choose(page, JEANNE)
    ask(page)
    page.locator(".cite").first.click()
    highlighted(page)
    shoot(page, f"{name}-{scheme}-answer")
    for selector in ("#band", "#question textarea", "#reader mark"):
        expect(page.locator(selector).first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    conversation, reader = page.locator("#talk").bounding_box(), page.locator("#papers").bounding_box()
    assert conversation is not None
    assert reader is not None
    if name == "tablet":
        assert reader["y"] >= conversation["y"] + conversation["height"] - 1
    else:
        assert reader["x"] >= conversation["x"] + conversation["width"] - 1


def test_a_late_search_never_puts_the_focus_on_another_patient(real: str, open_page: OpenPage) -> None:
    page = open_page(real)
    lines = page.locator("#results .patient")
    page.get_by_label("Rechercher un patient").fill("berthelot")
    expect(lines).to_have_count(2)
    lines.last.focus()
    chosen = lines.last.get_attribute("data-patient")
    # What a late answer does: the list is drawn anew, in another order, under the focus.
    page.evaluate("""() => {
        const list = document.querySelector("#results .patients");
        const copy = [...list.children].reverse().map((line) => line.cloneNode(true));
        list.replaceChildren(...copy);
    }""")
    expect(page.locator(f'#results .patient[data-patient="{chosen}"]')).to_be_focused()
    page.evaluate("""() => {
        for (const line of document.querySelectorAll("#results .patient")) line.dataset.patient = "0000000000@ailleurs";
    }""")
    expect(page.get_by_label("Rechercher un patient")).to_be_focused()
