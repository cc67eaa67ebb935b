"""The title of a document whose source gives none.

A file's name may hold a patient's, and so may the first line of a letter: a title is the first line
that names a kind of document, else the format's own heading, else a neutral word.
"""

import re

UNTITLED = "Document sans titre"
_TOP_LINES = 15
_LONGEST = 120
_ORNAMENT = " \t#=*-_"
_GAP = re.compile(r"\s{3,}|\t")

_KINDS_OF_DOCUMENT = (
    r"compte[s]?[ -]rendus?",
    r"lettre de (?:liaison|sortie)",
    r"ordonnance",
    r"observation(?: m[ée]dicale)? d.entr[ée]e",
    r"observation m[ée]dicale",
    r"note d.[ée]volution",
    r"(?:avis|conciliation) (?:de |m[ée]dicamenteuse|pharmaceutique|sp[ée]cialis[ée])",
    r"(?:feuille|fiche) de (?:prescription|liaison|transmission)",
    r"fiche liaison",
    r"transmissions? (?:cibl[ée]e |ide|infirmi[èe]re)",
    r"bilan (?:social|kin[ée]sith[ée]rapie|orthophonique)",
    r"consultation d",
    r"imagerie m[ée]dicale",
    r"laboratoire de (?:biologie|microbiologie)",
    r"r[ée]sultats? (?:de|d.examens?|cumul[ée]s)",
    r"r[ée]union de concertation",
    r"certificat m[ée]dical",
)
_NAMES_A_DOCUMENT = re.compile(rf"\b(?:{'|'.join(_KINDS_OF_DOCUMENT)})", re.IGNORECASE)
_IDENTITY = re.compile(
    r"\bipp\b|\bins\b|\bné\(?e?\)?\s+le\b|\bnée?\b|\bddn\b|\b(?:mme|mlle|madame|monsieur|patiente?)\b|\bM\.\s|\d{6}",
    re.IGNORECASE,
)


def names_a_document(line: str) -> bool:
    """Say whether a line, which is no sentence, names a kind of clinical document and nobody's identity."""
    if len(line) > _LONGEST or line.endswith(".") or _IDENTITY.search(line):
        return False
    return bool(_NAMES_A_DOCUMENT.search(line))


def title_of(text: str, heading: str | None) -> str:
    """Return a title for ``text`` that shows no identity; ``heading`` is the one that its format declares."""
    columns = (_GAP.split(line.strip(_ORNAMENT))[0] for line in text[:4000].split("\n"))
    top = [column for column in columns if column][:_TOP_LINES]
    named = next((line for line in top if names_a_document(line)), None)
    if named is None and heading and not _IDENTITY.search(heading):
        named = heading[:_LONGEST]
    return named or UNTITLED
