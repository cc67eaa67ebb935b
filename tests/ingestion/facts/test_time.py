"""Dates written or told, resolved from the day of the document (Saturday 15 February 2025)."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.facts.day_zero import day_zero_of
from ingestion.facts.time import dates_in

TODAY = date(2025, 2, 15)
TOLD = [
    # Days told.
    ("chute hier", ["2025-02-14"]),
    ("avant-hier puis ce jour", ["2025-02-13", "2025-02-15"]),
    ("aujourd’hui, ce matin à 8h", ["2025-02-15", "2025-02-15T08:00"]),
    ("scanner demain à 14 h 30", ["2025-02-16T14:30"]),
    ("il y a 10 jours", ["2025-02-05"]),
    ("depuis 3 semaines", ["2025-01-25"]),
    ("depuis une dizaine de jours", ["2025-02-05"]),
    ("IL Y A ENVIRON DEUX MOIS", ["2024-12"]),
    ("il y a 5 ans", ["2020"]),
    ("depuis quelques jours", []),
    ("apyrexie depuis 48 h", ["2025-02-13"]),
    ("contrôle dans 3 semaines", ["2025-03-08"]),
    ("lundi", ["2025-02-10"]),
    ("samedi", ["2025-02-15"]),
    ("RDV mardi prochain", ["2025-02-18"]),
    ("samedi 15/02/25", ["2025-02-15"]),
    # Days written.
    ("le 12/02 à 10h30", ["2025-02-12T10:30"]),
    ("12/02/2025 08:05", ["2025-02-12T08:05"]),
    ("le 1er février 2025", ["2025-02-01"]),
    ("12 févr. 25", ["2025-02-12"]),
    ("2025-02-12", ["2025-02-12"]),
    ("posé le 18.06.24, ôté le 20.06", ["2024-06-18", "2024-06-20"]),
    ("24.12 -> 03.01", ["2024-12-24", "2025-01-03"]),
    ("nov. 2023", ["2023-11"]),
    ("en nov. 2023", ["2023-11"]),
    ("11/2023", ["2023-11"]),
    ("en 2015, puis 2018", ["2015", "2018"]),
    ("depuis mi-janvier", ["2025-01"]),
    ("en novembre", ["2024-11"]),
    ("12.10.24", ["2024-10-12"]),
    # The year that is not told: never ahead for a past event.
    ("opéré le 12/03", ["2024-03-12"]),
    ("RDV le 12/03", ["2025-03-12"]),
    ("ablation des fils 28/02", ["2025-02-28"]),
    ("prélevé le 10/12", ["2024-12-10"]),
    ("prochaine consultation le 3 juin", ["2025-06-03"]),
    ("le 5/3", ["2025-03-05"]),
    # What is no date.
    ("TA 13/08", []),
    ("PA 12/07 au repos", []),
    ("EVA 05/10", []),
    ("Glasgow 13/15", []),
    ("AV 10/10 OD", []),
    ("CRP 12.10 mg/L", []),
    ("2000 UI, 2015 mL, 2020/mm3", []),
    ("1/2 cp x 2", []),
    ("le 31/02", []),
    ("à l’âge de 12 ans", []),
    ("vitamine B12, 1500 kcal", []),
]
RANKED = [
    ("NOTE D'EVOLUTION - J5 - samedi 15/02/25", "2025-02-10"),
    ("Date : 2025-02-15 (J4)", "2025-02-11"),
    ("CE JOUR (J49)", "2024-12-28"),
    ("VISITE J3 (14/02)", "2025-02-11"),
    ("J4 d'une PTH droite", "2025-02-11"),
    ("Séjour du 09/02 au 15/02/2025 (J0 à J6). Bili J3 (12/02)", "2025-02-09"),
    ("Patient opéré le 12/02, suites simples", "2025-02-12"),
    ("Entrée le 11/02/2025 pour dyspnée", "2025-02-11"),
    ("Opéré le 12/02/2019", None),
    ("prednisone 40 mg (J4/5)", None),
    ("Note du jour", None),
]


@pytest.mark.parametrize(("words", "dates"), TOLD)
def test_dates(words: str, dates: list[str]) -> None:
    assert [iso for _, _, iso in dates_in(words, TODAY)] == dates


@pytest.mark.parametrize(("words", "day"), RANKED)
def test_day_zero(words: str, day: str | None) -> None:
    found = day_zero_of(words, TODAY)
    assert (found.isoformat() if found else None) == day


def test_ranked_day_counts_from_day_zero() -> None:
    assert [iso for _, _, iso in dates_in("fièvre J2, ablation à J14, C1J8", TODAY, date(2025, 2, 10))] == [
        "2025-02-12"
    ]


def test_without_reference_only_full_dates_are_told() -> None:
    assert [iso for _, _, iso in dates_in("hier, le 12/02, le 12/02/2025, en nov. 2023", None)] == [
        "2025-02-12",
        "2023-11",
    ]


def test_spans_are_those_of_the_words() -> None:
    words = "Œdème hier, opéré le 12/02 à 10h30"
    assert [words[start:end] for start, end, _ in dates_in(words, TODAY)] == ["hier", "12/02 à 10h30"]


@given(st.text(alphabet="0123456789/.-: hJj+lejanvirsmodt", max_size=40))
def test_every_date_is_one_and_spans_are_in_order(words: str) -> None:
    end = 0
    for start, last, iso in dates_in(words, TODAY):
        assert end <= start < last <= len(words)
        datetime.fromisoformat(iso if len(iso) > 7 else f"{iso}-01-01"[:10])
        end = last
