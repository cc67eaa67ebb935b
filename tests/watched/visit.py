"""A newcomer's first visit: ``python -m tests.watched.visit HOME FOLDER IPP``.

Ingests a folder, asks on the command line, serves, asks over HTTP, opens the page in Chromium when there is one.
Prints one JSON object of what came back. Meant to be run where nothing can leave the machine.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import httpx

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.steps import ask, choose
from tests.watched.product import Product

QUESTION = "Le patient a-t-il des allergies ?"


def main(home: Path, folder: Path, ipp: str) -> dict[str, Any]:
    """Make the visit."""
    product = Product(home, dict(os.environ))
    seen: dict[str, Any] = {
        "ingest": product.read("ingest", str(folder)),
        "ask": product.read("ask", "--patient", ipp, QUESTION),
    }
    with product.serving(home.with_name("server.log")) as address:
        seen["beside"] = product.read("ask", "--patient", ipp, QUESTION)
        seen["http"] = over_http(address, ipp)
        seen["page"] = on_the_page(address, ipp) if CHROMIUM.exists() else None
    seen["doctor"] = product.read("doctor")
    return seen


def over_http(address: str, ipp: str) -> dict[str, int]:
    """Return the status of each address that a browser or a program would ask for."""
    body = {"patient": ipp, "question": QUESTION}
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        gets = ["/", "/config", "/theme.css", "/health", "/ready", "/v1/patients", f"/v1/patients/{ipp}/documents"]
        statuses = {path: client.get(path).status_code for path in gets}
        for name, extra in (("ask", {}), ("stream", {"stream": True})):
            statuses[name] = client.post("/v1/ask", json=body | extra).status_code
        statuses["search"] = client.post("/v1/search", json={"patient": ipp, "query": "INR"}).status_code
    return statuses


def on_the_page(address: str, ipp: str) -> dict[str, Any]:
    """Choose the patient and ask; return what was read, and every address that Chromium asked for elsewhere."""
    from playwright.sync_api import expect, sync_playwright

    foreign: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        page = chromium.new_page(locale="fr-FR")
        page.on("request", lambda request: foreign.append(request.url))
        page.goto(address)
        expect(page.locator("#results .patient").first).to_be_visible(timeout=30_000)
        choose(page, ipp)
        ask(page, QUESTION)
        citations = page.locator(".cite").count()
        chromium.close()
    own = (address + "/", "data:", "blob:")
    return {"citations": citations, "foreign": [url for url in foreign if not url.startswith(own)]}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])) + "\n")
