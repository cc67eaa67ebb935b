"""Cut a document into passages: the spans that are indexed, found and quoted.

A passage never crosses a section. A table stays whole with its header while it is not too long, and
is cut between rows otherwise. Long prose is cut at sentence ends by langchain-text-splitters.
Paragraphs copied forward start passages of their own, so that the same words are the same passage.
Short passages serve a doctor better than long ones: they are read, and the budget of a screen is spent
on what answers.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from ingestion.types import Cut, Offsets, Section

MAXIMUM = 400
"""Longest passage, in characters, unless a single table row or sentence is longer."""

MINIMUM = 60
"""A shorter block joins the next one of its section."""

_TABULAR = re.compile(r"\S {3,}\S.* {3,}\S|\|.*\||\t.*\t|^ {2,}\S.* {3,}\S")
_SENTENCE_ENDS = ["\n", r"(?<=[.!?]) ", r"(?<=;) ", r"(?<=,) ", " "]


def cut_passages(text: str, sections: Sequence[Section]) -> tuple[Cut, ...]:
    """Return the passages of a document in order, non-overlapping, each within one section.

    Offsets are code points of ``text``; ``cut.text == text[cut.start:cut.end]``, never blank.
    """
    cuts = []
    for start, end, section in _regions(text, sections):
        for first, last in _pack(text, list(_blocks(text, start, end))):
            if span := _trimmed(text, first, last):
                cuts.append(
                    Cut(
                        start=span[0],
                        end=span[1],
                        text=text[span[0] : span[1]],
                        section=section.title if section else None,
                        section_name=section.name if section else None,
                    )
                )
    return tuple(cuts)


def _regions(text: str, sections: Sequence[Section]) -> Iterator[tuple[int, int, Section | None]]:
    first = sections[0].start if sections else len(text)
    if first:
        yield 0, first, None
    for section in sections:
        yield section.start, section.end, section


def _blocks(text: str, start: int, end: int) -> Iterator[Offsets]:
    """Split a region into paragraphs, tables and lines, none longer than a passage."""
    for tabular, group in groupby(_lines(text, start, end), key=lambda line: _is_row(text[line[0] : line[1]])):
        lines = list(group)
        if tabular:
            yield from _table_blocks(lines)
            continue
        for first, last in lines:
            if last - first <= MAXIMUM:
                yield first, last
            else:
                yield from _split_prose(text, first, last)


def _lines(text: str, start: int, end: int) -> Iterator[Offsets]:
    position = start
    while position < end:
        newline = text.find("\n", position, end)
        stop = end if newline < 0 else newline + 1
        yield position, stop
        position = stop


def _is_row(line: str) -> bool:
    return bool(_TABULAR.search(line))


def _table_blocks(lines: list[Offsets]) -> Iterator[Offsets]:
    """Keep a table whole while it fits twice a passage; else cut it between rows."""
    if lines[-1][1] - lines[0][0] <= 2 * MAXIMUM:
        yield lines[0][0], lines[-1][1]
        return
    start = lines[0][0]
    for first, last in lines:
        if last - start > MAXIMUM and first > start:
            yield start, first
            start = first
    yield start, lines[-1][1]


def _split_prose(text: str, start: int, end: int) -> Iterator[Offsets]:
    position = start
    for piece in _splitter().split_text(text[start:end]):
        found = text.find(piece, position, end)
        yield found, found + len(piece)
        position = found + len(piece)


@functools.cache
def _splitter() -> Any:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    return RecursiveCharacterTextSplitter(
        separators=_SENTENCE_ENDS, is_separator_regex=True, keep_separator="end", chunk_size=MAXIMUM, chunk_overlap=0
    )


def _pack(text: str, blocks: list[Offsets]) -> Iterator[Offsets]:
    """Join neighbouring blocks while the passage stays short; a blank line is a border for long enough ones."""
    start = end = None
    for first, last in blocks:
        if not text[first:last].strip():
            if start is not None and end is not None and end - start >= MINIMUM:
                yield start, end
                start = end = None
            continue
        if start is not None and end is not None and last - start > MAXIMUM:
            yield start, end
            start = None
        if start is None:
            start = first
        end = last
    if start is not None and end is not None:
        yield start, end


def _trimmed(text: str, start: int, end: int) -> Offsets | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
