"""The tables of a summary: its parts, the course of problems, specialties, high-alert medicines."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.errors import UsageError
from ingestion.facts.types import Fact
from ingestion.normalise import fold, medicine_names


@dataclass(frozen=True)
class Part:
    """A part of a summary; ``most`` is 0 for one that is never shortened, ``silence`` empty for one left out."""

    name: str
    title: str
    silence: str
    most: int
    rank: int


@dataclass(frozen=True)
class Specialty:
    """What comes first for a specialty: measures, beginnings of ATC codes, beginnings of words in names."""

    label: str
    measures: tuple[str, ...]
    medicines: tuple[str, ...]
    items: tuple[str, ...]


@cache
def parts() -> tuple[Part, ...]:
    """Return the parts in the order in which they are read."""
    return tuple(
        Part(name, title, silence, int(most), int(rank)) for name, title, silence, most, rank in rows("sections")
    )


def silence(title: str) -> str:
    """Return the sentence of a part of which the record says nothing, by its title."""
    return next((part.silence for part in parts() if part.title == title), "")


def specialty_named(name: str) -> Specialty | None:
    """Return a specialty by its label or another way to write it, None for an empty name.

    Raises UsageError when it is not known.
    """
    wanted = fold(name).strip()
    if not wanted:
        return None
    for found, names in _specialties():
        if wanted in names:
            return found
    raise UsageError("Cette spécialité n'est pas connue.", f"Spécialités : {', '.join(specialty_labels())}.")


def specialty_labels() -> tuple[str, ...]:
    """Return the specialties that may be named."""
    return tuple(found.label for found, _ in _specialties())


def measures_of(problem: str) -> tuple[str, ...]:
    """Return the codes of the measures that tell the course of a problem, the most telling first."""
    return next((measures for names, measures, _ in _problems() if _begins(problem, names)), ())


def problem_label(name: str) -> str:
    """Return the French label of a problem, empty when its name is the words of the record."""
    return _concepts("problems").get(name, "")


def is_symptom(name: str) -> bool:
    """Say whether a problem is a symptom: a disease is told before it."""
    return name in _concepts("symptoms")


def specialties_of(problem: str) -> frozenset[str]:
    """Return the labels of the specialties that follow a problem."""
    return next((followed for names, _, followed in _problems() if _begins(problem, names)), frozenset())


def alert_rank(fact: Fact) -> int | None:
    """Return the place of a medicine among the high-alert classes, None when it is in none."""
    code = atc(fact)
    return next((rank for rank, (prefix, _) in enumerate(rows("medicines")) if code.startswith(prefix)), None)


def is_passing(device: str) -> bool:
    """Say whether a device is taken out without anybody writing so."""
    return device in _passing()


def atc(fact: Fact) -> str:
    """Return the ATC code of a medicine: the fact's own, else that of its name; empty when unknown."""
    return fact.detail("atc") or next((found.atc for found in medicine_names(fact.name) if found.atc), "")


def _begins(problem: str, names: tuple[str, ...]) -> bool:
    return any(problem == name or problem.startswith(f"{name} ") for name in names)


@cache
def _problems() -> tuple[tuple[tuple[str, ...], tuple[str, ...], frozenset[str]], ...]:
    followed_up = (
        (tuple(map(fold, _list(names))), _list(measures), frozenset(_list(followed)))
        for names, measures, followed in rows("problems")
    )
    # "hypertension arterielle pulmonaire" before "hypertension arterielle": the longest name that fits wins.
    return tuple(sorted(followed_up, key=lambda row: -max(len(name) for name in row[0])))


@cache
def _passing() -> frozenset[str]:
    return frozenset(fold(name) for (name,) in rows("passing"))


@cache
def _concepts(table: str) -> dict[str, str]:
    """Return the French labels of a table of concepts by their folded names."""
    lines = resources.files("ingestion.facts").joinpath(f"{table}.tsv").read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {fold(row[1]): row[1] for row in cells if not row[1].endswith("…")}


@cache
def _specialties() -> tuple[tuple[Specialty, frozenset[str]], ...]:
    return tuple(
        (
            Specialty(label, _list(measures), _list(medicines), tuple(map(fold, _list(items)))),
            frozenset(map(fold, (label, *_list(aliases)))),
        )
        for label, aliases, measures, medicines, items in rows("specialties")
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table of this folder, without its column names."""
    lines = resources.files("assistant.summary").joinpath(f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))[1:]
