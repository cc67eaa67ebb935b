"""Complete a question that leans on the ones before it: "et en 2023 ?", "pourquoi ?", "et la créatinine ?".

A follow-up replaces one thing of the question before: its time, its person, its topic, or what is asked of it. A
question that stands alone is never mixed with another. The patterns are those of ``conversation.tsv``.
"""

import functools
import re
from collections.abc import Sequence
from importlib import resources

from assistant.service import REMEMBERED
from assistant.topics import Topic, topics_of
from ingestion.normalise import fold, fold_with_offsets

_LONGEST_NOUN = 6
"""Words of what is named in place of the topic ("et la fonction rénale ?")."""

_LONGEST_QUALIFIER = 2

_ALIKE = (frozenset({"imaging", "procedure"}), frozenset({"problem", "allergy"}))
_DETERMINER = re.compile(
    r"(?:\b(?:de la|de l'|à la|à l'|du|des|de|d'|la|les?|l'|une?|son|sa|ses|aux?|à) ?)$", re.IGNORECASE
)
_LEADING = re.compile(
    r"^(?:(?:de la|à la|du|des|de|la|les?|une?|son|sa|ses|aux?|à|pour) |(?:de |à )?l'|d')\s*", re.IGNORECASE
)
_VOWEL = re.compile(r"[aeiouyhâàéèêëîïôöûüœ]", re.IGNORECASE)
_END = re.compile(r"[\s?.!;:]+$")


def in_context(question: str, previous: Sequence[str]) -> str:
    """Return a question complete in itself, given the questions asked before it, oldest first.

    It is returned as it was asked when it stands alone, or when nothing was asked before.
    """
    context = ""
    for asked in (*previous[-REMEMBERED:], question):
        context = _completed(asked.strip().replace("’", "'"), context) if context else asked
    return context if context != question.strip().replace("’", "'") else question


def _completed(question: str, context: str) -> str:
    """Return a question completed from one that is complete, or as it is when it stands alone."""
    bare = _END.sub("", question)
    lead = _search("lead", bare)
    core = bare[lead[1] :].strip() if lead else bare
    subject = _END.sub("", context)
    if not core or not subject:
        return question
    if _fills("asking", core) or _fills("attribute", core):
        return _asked_anew(core, subject)
    if _fills("relative", core):
        return _sentence(_of_person(core, subject))
    if _is_time(core):
        return _sentence(_at_time(core, subject))
    if lead and (named := _of_topic(core, subject)):
        return _sentence(named)
    if lead and _is_qualifier(core):
        return _sentence(f"{subject} ({core})")
    if not topics_of(core) and _search("anaphora", core) and (topics := _topics_in_order(subject)):
        return _sentence(f"{core} ({subject[slice(*topics[0].span)]})")
    return question


def _asked_anew(core: str, subject: str) -> str:
    """Ask something else of what the question before was about."""
    rest = subject
    for part in ("opening", "framing"):
        found = _search(part, rest)
        rest = rest[found[1] :].strip() if found else rest
    rest = rest or subject
    first, _, others = rest.partition(" ")
    if _fills("small", first):
        rest = f"{first[0].lower()}{first[1:]} {others}".strip()
    apart = _fills("attribute", core) or any(re.match("quel|l[ae]quel", fold(part)) for part in (core, rest))
    link = " : " if apart else " "
    return _sentence(f"{core}{link}{rest}")


def _of_person(core: str, subject: str) -> str:
    for name in ("relative", "patient"):
        if found := _search(name, subject):
            return f"{subject[: found[0]]}{core}{subject[found[1] :]}"
    return f"{subject} ({core})"


def _is_time(core: str) -> bool:
    left = core
    for name in ("date", "moment"):
        while found := _search(name, left):
            left = f"{left[: found[0]]} {left[found[1] :]}"
    return left != core and not re.search(r"\w", _pattern("alone").sub(" ", fold(left)))


def _at_time(core: str, subject: str) -> str:
    """Put a time in place of the one that the question before named, or after it."""
    for name in ("date", "moment"):
        if found := _search(name, subject):
            before, after = subject[: found[0]].rstrip(), subject[found[1] :].strip()
            return " ".join(filter(None, (before, core, after)))
    return f"{subject} {core}"


def _of_topic(core: str, subject: str) -> str | None:
    """Put what is named in place of a topic of the same kind; alone when the question before has none.

    None when what is named is more than a name, or no name at all.
    """
    time = next((found for name in ("date", "moment") if (found := _search(name, core))), None)
    name = (core[: time[0]] + core[time[1] :]).strip() if time else core
    leading = _LEADING.match(name)
    noun = name[leading.end() :] if leading else name
    if not noun or len(noun.split()) > _LONGEST_NOUN or _is_more_than_a_name(noun):
        return None
    old = _replaced(topics_of(name), _topics_in_order(subject), bool(leading and leading[0].lower()[:1] in "aàp"))
    if old is None:
        return core if leading or topics_of(name) else None
    told = _put(subject, old, leading[0] if leading else "", noun)
    return _at_time(core[slice(*time)].strip(), told) if time else told


def _is_more_than_a_name(noun: str) -> bool:
    """Say whether words ask something by themselves: a framing word, a verb."""
    return bool(
        _search("framing", noun)
        or _search("opening", noun)
        or re.search(r"-t-|-(?:il|elle|on)\b|\bdernier", fold(noun))
    )


def _is_qualifier(core: str) -> bool:
    """Say whether words only narrow what was asked ("et familiaux ?"): few, without an article, not a known topic."""
    return len(core.split()) <= _LONGEST_QUALIFIER and not _LEADING.match(core) and not topics_of(core)


def _replaced(new: Sequence[Topic], old: Sequence[Topic], attached: bool) -> Topic | None:
    """Return the topic whose place the new one takes; what no table knows takes one only after a preposition."""
    if not new:
        return old[0] if attached and old else None
    named = {topic.kind for topic in new}
    kinds = named.union(*(alike for alike in _ALIKE if alike & named))
    return next((topic for topic in old if topic.kind in kinds), None)


def _put(subject: str, old: Topic, determiner: str, noun: str) -> str:
    """Write a noun in the place of a topic, with the article that suits it."""
    start, end = old.span
    before, after = subject[:start], subject[end:]
    article = _DETERMINER.search(before)
    written = article[0].strip().lower() if article else ""
    if article:
        before = before[: article.start()]
    if written in ("de", "d'"):
        determiner = "d'" if _VOWEL.match(noun) else "de "
    elif written in ("du", "de la", "de l'", "des"):
        determiner = {"le ": "du ", "la ": "de la ", "l'": "de l'", "les ": "des "}.get(determiner.lower(), determiner)
    elif not written:
        determiner = ""
    return f"{before}{determiner or (written + ' ' if written and written[-1] != chr(39) else written)}{noun}{after}"


def _topics_in_order(text: str) -> list[Topic]:
    return sorted(topics_of(text), key=lambda topic: topic.span)


def _sentence(text: str) -> str:
    text = _END.sub("", " ".join(text.split()))
    return f"{text[:1].upper()}{text[1:]} ?"


def _fills(name: str, text: str) -> bool:
    return _pattern(name).fullmatch(" ".join(fold(text).split())) is not None


def _search(name: str, text: str) -> tuple[int, int] | None:
    """Return the span in a text of the first place that a pattern finds in its folded form."""
    folded = fold_with_offsets(text)
    found = _pattern(name).search(folded.text)
    return folded.span(found.start(), found.end()) if found and found.end() > found.start() else None


def _pattern(name: str) -> re.Pattern[str]:
    return _patterns()[name]


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lines = resources.files("assistant").joinpath("conversation.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {name: re.compile(pattern) for name, pattern in rows}
