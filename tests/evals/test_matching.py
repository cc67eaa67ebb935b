"""Matching, as a table of marked examples: variant, text, found or not, and the rule it shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.matching import all_groups_found, fold, found, hits, missing_groups

EXAMPLES = [
    # Case, accents, ligature, apostrophe, white space.
    ("Décompensation cardiaque", "DECOMPENSATION CARDIAQUE globale", True),
    ("oedème", "Œdème des membres inférieurs", True),
    ("n'est pas diabétique", "La patiente n’est pas diabétique.", True),
    ("42 %", "FEVG 42\u00a0% ce jour", True),
    ("42 %", "FEVG 42\u202f% ce jour", True),
    ("arrêt du furosémide", "arret\n  du   furosemide", True),
    ("µg/L", "12 μg/l", True),
    ("42 %", "FEVG 42% ce jour", False),
    # A variant starts at a word's beginning.
    ("dialyse", "hémodialyse", False),
    ("dialyse", "la dialyse", True),
    ("insuline", "d'insuline", True),
    ("fumeur", "non-fumeur", True),
    ("42 %", "142 %", False),
    ("(pN1b)", "classé pT3 (pN1b)", True),
    # A decimal number is one word.
    ("5 mg", "2,5 mg", False),
    ("5 mg", "2.5 mg", False),
    ("5 mg", "5 mg", True),
    ("5 mg", "le soir, 5 mg", True),
    ("5 mg", "dose 2,5 mg puis 5 mg", True),
    # A variant that ends in a digit is not followed by a digit or a decimal.
    ("kaliémie à 4", "kaliémie à 4,4", False),
    ("kaliémie à 4", "kaliémie à 4.4", False),
    ("kaliémie à 4", "kaliémie à 44", False),
    ("kaliémie à 4", "kaliémie à 4.", True),
    ("kaliémie à 4", "kaliémie à 4, stable", True),
    ("kaliémie à 4", "kaliémie à 4 mmol/L", True),
    ("12/02/2025", "12/02/20251", False),
    ("6,1", "K+ 6,15", False),
    ("6,1", "K+ 6,1 mmol/L", True),
    ("HN24-7731", "lot HN24-7731", True),
    # Three characters or fewer: a whole word.
    ("non", "Non, aucune.", True),
    ("non", "nonagénaire", False),
    ("FA", "FA rapide", True),
    ("FA", "fait", False),
    ("AVC", "AVC à 74 ans", True),
    ("72", "72h", False),
    ("42%", "FEVG 42%", True),
    # A longer word may take an ending.
    ("chute", "deux chutes", True),
    ("diabétique", "diabétiques", True),
    ("stade 3", "stade 3b", True),
    # Dotted dates are written in three words.
    ("12.02.2025", "le 12/02/2025", True),
    ("12/02/2025", "le 12.02.2025", True),
    ("2025", "le 12.02.2025", True),
    ("02.20", "le 20.02.20", False),
]


@pytest.mark.parametrize(("variant", "text", "expected"), EXAMPLES)
def test_example(variant: str, text: str, expected: bool) -> None:
    assert found(variant, text) is expected


def test_groups_need_one_variant_each() -> None:
    groups = [["décompensation cardiaque", "OAP"], ["FA", "fibrillation"]]
    assert all_groups_found(groups, "OAP sur fibrillation atriale")
    assert not all_groups_found(groups, "OAP fait suite à une infection")
    assert missing_groups(groups, "OAP fait suite à une infection") == (("FA", "fibrillation"),)


def test_no_group_is_always_found() -> None:
    assert all_groups_found([], "")


def test_hits_keep_the_order_given() -> None:
    assert hits(["bactrim", "CAPOX", "cotrimoxazole"], "Cotrimoxazole (BACTRIM)") == ("bactrim", "cotrimoxazole")


def test_an_empty_variant_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        found("  ", "texte")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcdé 12", min_size=4).filter(str.strip), st.text(alphabet="xyz ,;", max_size=10))
def test_a_variant_is_found_between_spaces(variant: str, filler: str) -> None:
    assert found(variant, f"{filler} {variant} {filler}")
