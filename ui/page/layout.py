"""The page's components and what triggers what.

Gradio carries state, queue and transport; the HTML is ours (``patients``, ``answers``,
``documents``), so that no record text ever goes through a Markdown or LaTeX renderer. Gradio's HTML
component changes the page in place, node by node: focus and scroll survive a streamed update.
"""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read by Gradio when imported: without it the server calls home

from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI
from markupsafe import Markup

from assistant.service import Service
from assistant.types import LOCAL, Principal
from ui.page.desk import Desk, Scene
from ui.page.events import PANES, Events, record_panes
from ui.page.wording import FICTITIOUS

FOLDER = Path(__file__).parent
STREAMS = 16
"""Answers streamed at once, all sessions together; further questions wait in the queue."""
SHORT_REQUESTS = 8
"""Short events (search, open, list) handled at once, apart from the streams."""
QUEUE_LENGTH = 256
QUESTION_LENGTH = 1000
_SHOWN_EPOCH = "(desk, question, shown) => [desk, question, window.liaison.epoch()]"


def build_page(service: Service, principal: Principal = LOCAL) -> gr.Blocks:
    """Build the page over a service; every session has its own desk.

    ``mount_page`` mounts it with its style sheet, script and privacy options.
    """
    events = Events(service, principal)
    page: gr.Blocks
    with gr.Blocks(title="Liaison", analytics_enabled=False, fill_width=True) as page:
        desk = gr.State(Desk())
        panes = _record_panes()
        search, results = _search_view()
        question, shown, buttons = _workspace(panes)
        _wire_patients(events, desk, panes, (search, results))
        _wire_talk(events, desk, panes, (question, shown, *buttons))
        _wire_papers(events, desk, panes)
        page.load(events.search, search, results, **_short())
    page.queue(default_concurrency_limit=SHORT_REQUESTS, max_size=QUEUE_LENGTH, api_open=False)
    return page


def mount_page(app: FastAPI, service: Service, path: str = "/") -> FastAPI:
    """Mount the page on an application, with system fonts, no footer, no API pages, no browser history of runs."""
    fonts = ["system-ui", "Segoe UI", "Roboto", "Liberation Sans", "sans-serif"]
    theme = gr.themes.Base(font=fonts, font_mono=["ui-monospace", "DejaVu Sans Mono", "monospace"])
    gr.mount_gradio_app(
        app,
        build_page(service),
        path,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        enable_monitoring=False,
        favicon_path=str(FOLDER / "favicon.svg"),
        footer_links=[],
        head=f"<style>{(FOLDER / 'page.css').read_text(encoding='utf-8')}</style>",  # `css=` would rewrite selectors
        mcp_server=False,
        pwa=False,
        run_history=False,
        show_error=False,
        ssr_mode=False,
        theme=theme,
    )
    return app


def _record_panes() -> dict[str, gr.HTML]:
    """Create the panes in the order of ``record_panes``; band and dialog stand first, the others are placed later."""
    empty = record_panes(Scene())
    gr.HTML(_top(), elem_id="top", apply_default_css=False, js_on_load=(FOLDER / "page.js").read_text(encoding="utf-8"))
    return {
        name: gr.HTML(
            value,
            elem_id=name,
            apply_default_css=False,
            js_on_load=f"(window.liaisonPanes ??= []).push([element, trigger]); window.liaison?.bind();  // {name}",
            render=name in ("band", "dialog"),
        )
        for name, value in zip(PANES, empty, strict=True)
    }


def _search_view() -> tuple[gr.Textbox, gr.HTML]:
    with gr.Column(elem_id="search"):
        gr.HTML(
            '<h1 class="view-title">Choisir un patient</h1>', elem_id="search-title", apply_default_css=False,
            js_on_load=None,
        )  # fmt: skip
        search = gr.Textbox(
            label="Rechercher un patient",
            placeholder="Nom, prénom, IPP ou date de naissance",
            elem_id="search-box",
            max_length=100,
            autofocus=True,
        )
        results = gr.HTML(
            "",
            elem_id="results",
            apply_default_css=False,
            js_on_load="(window.liaisonPanes ??= []).push([element, trigger]); window.liaison?.bind();",
        )
    return search, results


def _workspace(panes: dict[str, gr.HTML]) -> tuple[gr.Textbox, gr.Textbox, tuple[gr.Button, gr.Button, gr.Button]]:
    with gr.Row(elem_id="workspace"):
        with gr.Column(elem_id="talk"):
            gr.HTML(_TABS, elem_id="tabs", apply_default_css=False, js_on_load=None)
            _place(panes["conversation"])
            _place(panes["summary"])
            _place(panes["timeline"])
            with gr.Row(elem_id="composer"):
                question = gr.Textbox(
                    label="Question sur ce dossier",
                    placeholder="Poser une question sur ce dossier…",
                    elem_id="question",
                    lines=1,
                    max_lines=6,
                    max_length=QUESTION_LENGTH,
                )
                send = gr.Button("Envoyer", elem_id="send")
                stop = gr.Button("Arrêter", elem_id="stop")
                restart = gr.Button("Nouvelle conversation", elem_id="restart")
        with gr.Column(elem_id="papers"):
            _place(panes["listing"])
            _place(panes["reader"])
    shown = gr.Textbox(visible=False)
    return question, shown, (send, stop, restart)


def _place(pane: gr.HTML) -> None:
    pane.render()  # type: ignore[no-untyped-call]


def _wire_patients(events: Events, desk: gr.State, panes: dict[str, gr.HTML], view: tuple[gr.Textbox, gr.HTML]) -> None:
    search, results = view
    record = list(panes.values())
    # Gradio sends `input` on key presses only: neither when pasting nor when deleting
    search.change(events.search, search, results, trigger_mode="always_last", **_short())
    search.submit(events.search, search, results, **_short())
    for trigger, handler in (
        (results.click, events.choose),
        (panes["dialog"].click, events.confirm),
    ):
        trigger(handler, desk, record, **_short())
    panes["band"].click(events.leave, desk, [*record, search], **_short())
    panes["band"].select(events.refresh, desk, record, **_short())


def _wire_talk(
    events: Events, desk: gr.State, panes: dict[str, gr.HTML], controls: tuple[Any, Any, Any, Any, Any]
) -> None:
    question, shown, send, stop, restart = controls
    talk = panes["conversation"]
    for trigger in (question.submit, send.click):
        trigger(events.ask, [desk, question, shown], [talk, question], js=_SHOWN_EPOCH, **_streamed())
    talk.select(events.ask_example, desk, [talk, question], **_streamed())
    talk.click(events.cite, desk, [panes["listing"], panes["reader"]], **_short())
    papers = [panes["listing"], panes["reader"]]
    for name in ("summary", "timeline"):
        panes[name].click(events.cite, desk, papers, **_short())
    panes["summary"].select(events.summarise, desk, [panes["summary"], *papers], **_short())
    panes["timeline"].select(events.tell, desk, panes["timeline"], **_short())
    stop.click(events.stop, desk, talk, **_short())
    restart.click(events.restart, desk, list(panes.values()), **_short())


def _wire_papers(events: Events, desk: gr.State, panes: dict[str, gr.HTML]) -> None:
    for name in ("listing", "reader"):
        panes[name].click(events.read, desk, [panes["listing"], panes["reader"]], **_short())


def _short() -> dict[str, Any]:
    """Return the options of an event that answers at once."""
    return {
        "show_progress": "hidden",
        "api_visibility": "private",
        "concurrency_limit": SHORT_REQUESTS,
        "concurrency_id": "short",
    }


def _streamed() -> dict[str, Any]:
    """Return the options of an event that streams an answer; a stopped one must not hold back the next."""
    return {
        "show_progress": "hidden",
        "api_visibility": "private",
        "trigger_mode": "multiple",
        "concurrency_limit": STREAMS,
        "concurrency_id": "streams",
    }


def _top() -> str:
    """Return what stands above everything: skip links, the warning, the product's name, the help."""
    keys = (
        ("/", "aller à la question (ou à la recherche)"),
        ("Entrée", "envoyer ; Maj + Entrée pour aller à la ligne"),
        ("Tab puis Entrée", "sur une source [1] : ouvrir le passage"),
        ("Échap", "fermer une fenêtre, ou revenir du document à la source"),
        ("Alt + ↑ / ↓", "source précédente ou suivante"),
        ("?", "afficher cette aide"),
    )
    rows = Markup("").join(Markup("<dt><kbd>{}</kbd></dt><dd>{}</dd>").format(key, text) for key, text in keys)
    return str(_TOP.format(FICTITIOUS, rows))


_TABS = """
<div class="tabs" role="tablist" aria-label="Vue du dossier">
<button type="button" role="tab" data-tab="ask" aria-selected="true">Questions</button>
<button type="button" role="tab" data-tab="summary" aria-selected="false" tabindex="-1">Synthèse</button>
<button type="button" role="tab" data-tab="timeline" aria-selected="false" tabindex="-1">Chronologie</button>
</div>
"""
_TOP = Markup("""
<nav class="skips" aria-label="Accès direct">
<a href="#question" data-skip="question">Aller à la question</a>
<a href="#reader" data-skip="reader">Aller au document</a>
</nav>
<div class="banner" role="note">{}</div>
<header class="brand">
<span class="logo" aria-hidden="true"></span><strong>Liaison</strong><span>Chaque phrase renvoie à sa source</span>
<button type="button" class="plain small" data-action="help">Clavier<kbd aria-hidden="true">?</kbd></button>
</header>
<dialog class="help" aria-labelledby="help-title">
<h2 id="help-title">Raccourcis clavier</h2><dl>{}</dl>
<button type="button" class="strong" data-action="close-help">Fermer</button>
</dialog>
<div id="announcer" class="sr" aria-live="polite"></div>
""")
