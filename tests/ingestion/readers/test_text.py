"""Texts: encodings, canonical form, Markdown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.readers.canonical import canonical
from ingestion.readers.markdown import looks_like_markdown, read_markdown
from ingestion.readers.text import decode, read_text

ACCENTS = "Fièvre élevée, œdème, 38,5 °C, 12 µg"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_give_the_same_text(encoding: str) -> None:
    assert read_text(ACCENTS.encode(encoding)).text == ACCENTS


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\xff\xfe"])
def test_utf_16_both_ways(mark: bytes) -> None:
    encoding = "utf-16-be" if mark == b"\xfe\xff" else "utf-16-le"
    assert read_text(mark + ACCENTS.encode(encoding)).text == ACCENTS


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03", bytes(range(256)), b"\x81\x8d\x8f"])
def test_binary_is_no_text(data: bytes) -> None:
    assert decode(data) is None


CANONICAL = [
    ("a\r\nb\rc\u2028d\fe", "a\nb\nc\nd\ne"),
    ("e\u0301te\u0301", "été"),
    ("cardio\u00adlogie", "cardiologie"),
    ("a\x00b\ufeffc\ufffe", "abc"),
    ("a\tb  c\u00a0d", "a\tb  c\u00a0d"),
]


@pytest.mark.parametrize(("source", "expected"), CANONICAL)
def test_canonical(source: str, expected: str) -> None:
    assert canonical(source) == expected


@given(st.text())
def test_canonical_is_stable_and_nfc(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once == unicodedata.normalize("NFC", once)
    assert "\r" not in once


MARKDOWN = [
    ("# Compte rendu\nRAS", True),
    ("RAS\n\n## Examens\n\n## Conclusion", True),
    ("Hb | g/dL\n---|---\n11 | 12", True),
    ("MOTIF\n=====\nAEG", False),
    ("Param. | Valeur\nHb | 11", False),
    ("-------\nRAS\n# 2 fractures", False),
]


@pytest.mark.parametrize(("text", "expected"), MARKDOWN)
def test_markdown_is_known_by_its_marks(text: str, expected: bool) -> None:
    assert looks_like_markdown(text) is expected


def test_markdown_keeps_its_markers() -> None:
    content = read_markdown(b"\n# **Compte** rendu #\r\n- RAS")
    assert content.text == "\n# **Compte** rendu #\n- RAS"
    assert content.heading == "**Compte** rendu"
