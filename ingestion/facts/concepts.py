"""Find the concepts of a table in a document: one pass over the folded text.

A table is a TSV beside this module: ``code<TAB>label<TAB>aliases``, the aliases separated by ";".

- The label, folded, is an alias of its own, unless "=" stands among the aliases.
- "(word )" is optional; a space also matches a hyphen; a word of four letters or more takes its plural and feminine.
- An alias in capitals is a short form: from three letters on it is also matched in small letters ("hta"), unless "!"
  precedes it because these are a word, a name or another short form ("!SAS"). Of two letters, in capitals only.
- "re:" opens a regular expression over folded text.
- A label that ends with "…" is named by the words as written.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from ingestion.facts.context import certainty_of, effective_of, polarity_of, subject_of
from ingestion.facts.types import Fact, Kind, Line, Source
from ingestion.normalise import Folded, fold, fold_with_offsets

_EMPTY_BOX = re.compile(r"(?:\[ ?\]|☐|□)\s*$")  # just before a mention
_PREFIX = 3  # letters of the first word of an alias, which no inflection changes
_WORD = re.compile(r"(?<![a-z])(?<!anti-)[a-z][a-z0-9]*")


@dataclass(frozen=True, repr=False)
class Mention:
    """A concept of a table where the text names it: ``start:end`` are offsets of the document."""

    code: str
    name: str
    label: str
    start: int
    end: int

    def __repr__(self) -> str:
        return f"Mention({self.code!r}, {self.start}:{self.end})"


@lru_cache(maxsize=32)
def concepts_in(text: str, table: str) -> tuple[Mention, ...]:
    """Return what a text names of a table, in order, without overlap; ``table`` is the name of its file.

    ``name`` is the folded label of the concept, ``label`` the words as written. Also of use on a question.
    """
    folded, branches, found = _folded(text), _table(table), []
    end = 0
    for word in _WORD.finditer(folded.text):
        if word.start() < end or not (branch := branches.get(word[0][:_PREFIX])):
            continue
        match = branch.regex.match(folded.text, word.start())
        if match and (mention := _mention(text, folded, branch.concepts[(match.lastindex or 1) - 1], match)):
            found.append(mention)
            end = match.end()
    return tuple(found)


def mentions(source: Source, table: str) -> Iterator[tuple[Line, Mention]]:
    """Yield what a document names of a table, with the line it stands in; what an empty box offers is not said."""
    starts = [line.start for line in source.lines]
    for mention in concepts_in(source.text, table):
        position = bisect_right(starts, mention.start) - 1
        if position < 0 or mention.end > source.lines[position].end:
            continue
        if not _EMPTY_BOX.search(source.text, source.lines[position].start, mention.start):
            yield source.lines[position], mention


def mentions_on(source: Source, line: Line, table: str) -> tuple[Mention, ...]:
    """Return what one line names of a table."""
    return tuple(m for m in concepts_in(source.text, table) if line.start <= m.start and m.end <= line.end)


def fact_of(kind: Kind, source: Source, line: Line, mention: Mention, details: dict[str, str]) -> Fact:
    """Return the fact that a line states of a concept, with its context; slots without value are left out."""
    place = (source, line, mention.start, mention.end)
    return Fact(
        kind=kind,
        name=mention.name,
        label=mention.label,
        start=line.start,
        end=line.end,
        polarity=polarity_of(*place),
        subject=subject_of(*place),
        certainty=certainty_of(*place),
        effective=effective_of(*place),
        header=line.header,
        details=tuple((slot, value) for slot, value in details.items() if value),
    )


def aliases_of(table: str) -> Iterator[tuple[str, str, str]]:
    """Yield the code, the alias as written and the regular expression of each row of a table, for its checks."""
    for alias, concept, expression in _rows(table):
        yield concept.code, alias, expression


@dataclass(frozen=True)
class _Concept:
    code: str
    name: str
    short: str = ""  # a short form: matched in capitals ("cased"), or in small letters too ("any")


@dataclass(frozen=True)
class _Branch:
    """The aliases that open with the same letters, the longest first: the n-th group is that of the n-th concept."""

    regex: re.Pattern[str]
    concepts: tuple[_Concept, ...]


def _mention(text: str, folded: Folded, concept: _Concept, match: re.Match[str]) -> Mention | None:
    start, end = folded.span(*match.span())
    words = text[start:end]
    if concept.short and not (words.isupper() or (concept.short == "any" and words.islower())):
        return None
    if concept.short and text[max(0, start - 1) : start] == "-":
        return None
    return Mention(concept.code, concept.name or match[0].replace("-", " "), words, start, end)


@lru_cache(maxsize=2)
def _folded(text: str) -> Folded:
    """Fold a document once for all its extractors."""
    return fold_with_offsets(text)


@cache
def _table(name: str) -> dict[str, _Branch]:
    """Compile a table by the first letters of its aliases, so that most words of a text cost one look-up."""
    groups: dict[str, list[tuple[str, _Concept]]] = {}
    for _, concept, expression in _rows(name):
        groups.setdefault(re.split(r"[^a-z0-9]", expression, maxsplit=1)[0][:_PREFIX], []).append((expression, concept))
    return {prefix: _branch(sorted(group, key=_specific)) for prefix, group in groups.items()}


def _specific(row: tuple[str, _Concept]) -> tuple[bool, int]:
    """Order aliases: plain words before expressions, which are longer than what they match, then the longest."""
    return "(?" in row[0], -len(row[0])


def _branch(group: list[tuple[str, _Concept]]) -> _Branch:
    alternatives = "|".join(f"({alias})" for alias, _ in group)
    return _Branch(re.compile(rf"(?:{alternatives})(?!-?[a-z0-9])"), tuple(concept for _, concept in group))


def _rows(table: str) -> Iterator[tuple[str, _Concept, str]]:
    """Yield each alias of a table as written, with its concept and its regular expression."""
    lines = resources.files("ingestion.facts").joinpath(f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    for code, label, aliases in (line.split("\t") for line in lines if line and not line.startswith("#")):
        forms = list(filter(None, aliases.split(";")))
        name = "" if label.endswith("…") else fold(label)
        if name and "=" not in forms:
            yield label, _Concept(code, name), _expression(name)
        for alias in forms:
            if alias != "=":
                yield alias, _Concept(code, name, _short(alias)), _expression(alias)


def _short(alias: str) -> str:
    """Say how the case of an alias counts: not at all, unless it is a short form in capitals."""
    if not alias.isupper():
        return ""
    return "cased" if alias.startswith("!") or len(alias) < 3 else "any"


def _expression(alias: str) -> str:
    """Turn an alias into a regular expression over folded text, without capturing group."""
    if alias.startswith("re:"):
        return alias.removeprefix("re:")
    escaped = re.escape(fold(alias.removeprefix("!"))).replace(r"\(", "(?:").replace(r"\)", ")?").replace(r"\-", "-")
    inflected = escaped if alias.isupper() else re.sub(r"[a-z]{3,}[a-rt-wyz](?![a-z'])", r"\g<0>e?s?", escaped)
    return inflected.replace("\\ ", "[ -]")
