"""Of whom an item is said: the patient, a relative, or somebody else. The words are rows of ``kinship.tsv``."""

import re
from functools import cache

from ingestion.facts.cue_tables import expression
from ingestion.facts.types import Subject

Named = tuple[int, int] | None
"""Where the person is named in the folded line."""

_FAR = 90
"""How many characters may part an item from the person named before it."""
_LABEL_ENDS = re.compile(r"\.\s|\n|\b(?:atcds?|antecedents?) (?:perso|med|chir)")


def kin_in(folded: str, start: int, end: int, family_section: bool) -> tuple[Subject, Named]:
    """Return of whom the item at ``start:end`` of a folded line is said, and where that person is named."""
    behind = _behind().match(folded, end, min(len(folded), end + 60))
    if behind and _bears(folded, behind):
        named = behind.span("kin") if behind["kin"] else None
        return ("other" if named and _word("other").match(folded, *named) else "family"), named
    labelled = family_section or _labelled(folded, start)
    if named := _nearest("other", folded, start, labelled):
        return "other", named
    if named := _nearest("relative", folded, start, labelled):
        return "family", named
    return ("family" if labelled else "patient"), None


def _bears(folded: str, behind: re.Match[str]) -> bool:
    """Say whether the person named behind the item bears it: "(fils présent)", "(épouse : …)" only speak of it."""
    rest = folded[behind.end() :]
    return not behind["kin"] or not (_after("speaks").match(rest) or re.match(r"\s*[:,]", rest))


def _labelled(folded: str, start: int) -> bool:
    """Say whether family history is announced before the item, and not ended since."""
    labels = list(_word("label").finditer(folded, 0, start))
    return bool(labels) and not _LABEL_ENDS.search(folded[labels[-1].end() + 1 : start])


def _nearest(kind: str, folded: str, start: int, labelled: bool) -> Named:
    """Return the last person named before the item whom the words make its bearer."""
    for match in reversed(list(_word(kind).finditer(folded, 0, start))):
        gap = folded[match.end() : start]
        if labelled:
            return None if re.search(r"\.\s|\n", gap) else match.span()
        if len(gap) > _FAR or _word("break").search(gap):
            return None
        if gap.count(")") > gap.count("("):  # named in brackets that are closed: "(dit l'épouse)"
            continue
        if _after("speaks").match(gap) or _before("spoken").search(folded[: match.start()]):
            continue
        appositions = gap.split(",")[1:]
        told = re.match(r"\s*[:=]", gap) or all(_after("appears").match(part) for part in appositions)
        return match.span() if told else None
    return None


@cache
def _word(kind: str) -> re.Pattern[str]:
    """Return the expression of a kind, as words; a relative takes his side ("grand-mère maternelle")."""
    if kind == "break":
        return re.compile(expression("kinship", kind))
    side = r"(?: (?:\w+ )?(?:maternel|paternel|mat\b|pat\b|cadet|aine)\w*)?" if kind == "relative" else ""
    return re.compile(rf"(?<![\w-])(?:{expression('kinship', kind)})(?![\w-]){side}")


@cache
def _after(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:\(?[a-z-]+\)? ){{0,2}}?(?:{expression('kinship', kind)})")


@cache
def _before(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{expression('kinship', kind)})\s*(?:sa|son|ses|la|le|les|l'|une?)?\s*$")


@cache
def _behind() -> re.Pattern[str]:
    """Return what follows an item that another person bears: "(soeur)", "chez la mère", "de son père", "maternel"."""
    kin = rf"(?P<kin>{expression('kinship', 'relative')}|{expression('kinship', 'other')})(?![\w-])"
    bracket = r"\(\s*(?!selon|dixit|d.apres|par|vu|dit|avec)(?:\w+ )?"
    about = rf"[\w' ]{{0,24}}\b(?:{expression('kinship', 'about')})\b"
    return re.compile(
        rf"(?!{about})[\w' ]{{0,24}}?\s*(?:{bracket}|(?:chez|du cote de|de|celle de|celui de)\s+)"
        rf"(?:(?:sa|son|ses|la|le|l'|les|une?|deux|leur)\s*)*{kin}|\s+(?:maternel|paternel)\w*"
    )
