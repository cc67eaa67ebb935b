"""What a user does on the page, for the tests to read as sentences."""

from playwright.sync_api import Page, expect

QUESTION = "Le patient a-t-il des allergies ?"


def choose(page: Page, ipp: str) -> None:
    """Search a patient by IPP and open the record, confirming if asked."""
    page.get_by_label("Rechercher un patient").fill(ipp)
    result = page.locator("#results li:only-child .patient", has_text=ipp)
    expect(result).to_have_count(1)
    homonym = result.get_attribute("data-homonym")
    result.click()
    if homonym:
        page.locator("dialog[open] [data-action=confirm]").click()
    expect(page.locator("#band")).to_contain_text(ipp)


def ask(page: Page, question: str = QUESTION) -> None:
    """Ask a question and wait for the end of the answer."""
    before = page.locator(".turn").count()
    send(page, question)
    expect(page.locator(".turn")).to_have_count(before + 1)
    expect(page.locator(".turn").last.locator(".ending")).to_be_visible(timeout=15_000)


def send(page: Page, question: str) -> None:
    """Type a question and send it with Enter."""
    field = page.get_by_label("Question sur ce dossier")
    field.fill(question)
    field.press("Enter")


def highlighted(page: Page) -> str:
    """Return the text highlighted in the document pane."""
    expect(page.locator("#reader mark").first).to_be_visible()
    return "".join(page.locator("#reader mark").all_text_contents())
