"""Find the titled parts of a clinical document.

Two sources of headings are merged: the shape of a line (underlined, in capitals, ended by a colon)
with our table of headings, and edsnlp's section rules, which know headings from Paris hospitals.
edsnlp is imported on first use only: it takes seconds, and only workers need it.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from importlib import resources
from itertools import pairwise
from typing import Any

from ingestion.types import Section

_BULLET = re.compile(r"\s*(?:[-•*·#]+|\d{1,2}[.)/]|[IVX]{1,4}[.)])?\s*")
_UNDERLINE = re.compile(r"\s*(={4,}|-{4,}|_{4,}|\*{4,})\s*$")
_LABEL = re.compile(r"([^\W\d_][\w’'./() -]{1,48}?)\s*:(?=\s|$)")
_CAPITALS = re.compile(r"[^a-zà-ÿ]*[A-ZÀ-Ý]{3}[^a-zà-ÿ]*$")
# edsnlp's labels, in our words; a label that is absent is of no use to retrieval.
_EDSNLP_NAMES = {
    "allergies": "allergies",
    "antécédents": "antecedents",
    "antécédents familiaux": "antecedents_familiaux",
    "traitements entrée": "traitement_entree",
    "traitements sortie": "traitement_sortie",
    "conclusion": "conclusion",
    "conclusion entrée": "conclusion",
    "habitus": "mode_de_vie",
    "diagnostic": "hypotheses",
    "données biométriques entrée": "constantes",
    "examens": "resultats",
    "examens complémentaires": "resultats",
    "histoire de la maladie": "histoire",
    "motif": "motif",
    "prescriptions": "traitement",
    "evolution": "evolution",
    "modalites sortie": "destination",
    "vaccinations": "vaccinations",
}


def find_sections(text: str) -> tuple[Section, ...]:
    """Return the sections of a document, in order; what stands before the first heading belongs to none.

    A section runs from its heading to the next one. Offsets are code points of ``text``.
    """
    headings = _merge([*_shaped_headings(text), *_edsnlp_headings(text)])
    if not headings:
        return ()
    ends = [start for start, *_ in headings[1:]] + [len(text)]
    return tuple(
        Section(title=title, name=name, start=start, body=body, end=end)
        for (start, body, title, name), end in zip(headings, ends, strict=True)
    )


def heading_name(title: str) -> str | None:
    """Return the kind of section that a heading opens, or None when the table does not know it."""
    folded = _fold(title).strip(" .:=-")
    return next((name for name, pattern in _table() if pattern.fullmatch(folded)), None)


_Heading = tuple[int, int, str, str | None]


def _merge(headings: list[_Heading]) -> list[_Heading]:
    """Keep one heading per line start; ours comes first and wins."""
    kept: dict[int, _Heading] = {}
    for heading in headings:
        kept.setdefault(heading[0], heading)
    return [kept[start] for start in sorted(kept)]


def _shaped_headings(text: str) -> Iterator[_Heading]:
    # Lines end at "\n" only, here as in passages: str.splitlines also cuts at characters that a text may hold.
    start = 0
    for line, following in pairwise([*text.split("\n"), ""]):
        if heading := _heading(line, start, following):
            yield heading
        start += len(line) + 1


def _heading(line: str, start: int, following: str) -> _Heading | None:
    """Decide from one line, and the one below it, whether a section opens here."""
    bullet = _BULLET.match(line)
    offset = bullet.end() if bullet else 0
    rest = line[offset:].rstrip()
    if not rest:
        return None
    if _UNDERLINE.match(following) and len(rest) <= 80:
        body = start + len(line) + 1 + len(following)
        return start, body, rest.rstrip(" :"), heading_name(rest)
    if label := _LABEL.match(rest):
        title = label.group(1)
        alone = label.end() == len(rest)
        if (name := heading_name(title)) or alone:
            return start, start + offset + label.end(), title, name
        return None
    if len(rest) <= 60 and (name := heading_name(rest)):
        return start, start + len(line), rest, name
    if not line[:offset].strip() and _is_title(rest):
        return start, start + len(line), rest, None
    return None


def _is_title(line: str) -> bool:
    """Say whether a line in capitals is a title.

    No table row, no identifier, no signature ("C. DUPONT", "DR DUPONT"), no disease of a list ("HTA", "BPCO").
    """
    return (
        5 <= len(line) <= 60
        and "|" not in line
        and _CAPITALS.match(line) is not None
        and not re.search(r"\d{3,}|^(?:[A-Z]\.[- ]?)+ ?[A-Z]|^(?:DR|PR|DOCTEUR|PROFESSEUR|MME|M\.) ", line)
    )


def _edsnlp_headings(text: str) -> Iterator[_Heading]:
    for title in _sectioniser()(text).spans["section_titles"]:
        line_start = text.rfind("\n", 0, title.start_char) + 1
        if not _BULLET.fullmatch(text, line_start, title.start_char):
            continue  # edsnlp also matches its titles inside sentences
        if (name := _EDSNLP_NAMES.get(title.label_)) is not None:
            yield line_start, title.end_char, title.text, name


@functools.cache
def _sectioniser() -> Any:
    import edsnlp
    from loguru import logger

    logger.disable("edsnlp")
    pipeline = edsnlp.blank("eds")
    pipeline.add_pipe("eds.normalizer")
    pipeline.add_pipe("eds.sections")
    return pipeline


@functools.cache
def _table() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lines = resources.files("ingestion").joinpath("headings.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return tuple((name, re.compile(pattern)) for name, pattern in rows)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").lower())
    return re.sub(r"\s+", " ", "".join(c for c in decomposed if not unicodedata.combining(c)))
