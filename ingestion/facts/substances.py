"""Which substance holds which: a class of medicines holds its members."""

from functools import cache

from ingestion.lexicon.folding import fold
from ingestion.lexicon.medicines import medicine_by_name
from ingestion.lexicon.tables import medicine_classes


def covers(general: str, specific: str) -> bool:
    """Say whether a folded substance is the other one, or a class that holds it; a member never covers its class."""
    return general == specific or specific in _members().get(general, frozenset())


def is_medicine(name: str) -> bool:
    """Say whether a folded substance is a medicine or a class of medicines."""
    return name in _generics() or name in medicine_by_name() or name in _members()


@cache
def _members() -> dict[str, frozenset[str]]:
    """Return the generics of each class, by each of the class's folded names."""
    atc = {medicine.generic: medicine.atc for medicine in medicine_by_name().values() if medicine.atc}
    found: dict[str, frozenset[str]] = {}
    for group in medicine_classes():
        branches = tuple(member.removeprefix("ATC:") for member in group.members if member.startswith("ATC:"))
        members = frozenset(fold(member) for member in group.members if not member.startswith("ATC:"))
        members |= {generic for generic, code in atc.items() if branches and code.startswith(branches)}
        for name in group.names:
            found[fold(name)] = found.get(fold(name), frozenset()) | members
    return found


@cache
def _generics() -> frozenset[str]:
    return frozenset(medicine.generic for medicine in medicine_by_name().values())
