"""What a record writes and what a doctor asks meet once normalised: marked examples and properties.

In the tables, the first text must hold for the engine every word of the second (``MEET``), or the normalised text
must hold the words of the second column (``HOLDS``), or must not (``HOLDS_NOT``).
"""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qdrant_edge import Bm25, Bm25Config

from ingestion import normalise as door
from ingestion.normalise import normalise

ENGINE = Bm25(Bm25Config(language="french", ascii_folding=True))

MEET = [
    ("FA paroxystique", "fibrillation"),
    ("ACFA ancienne", "fibrillation atriale"),
    ("HTA traitée", "hypertension artérielle"),
    ("atcd : IDM en 2010", "antécédents infarctus"),
    ("AVC sylvien", "accident vasculaire cérébral"),
    ("ETT : FEVG 35 %", "échographie fraction d'éjection"),
    ("TDM injectée", "scanner"),
    ("scanner", "SCANNER"),
    ("BPCO stade III", "bronchopneumopathie"),
    ("SNG en place", "sonde nasogastrique"),
    ("EHPAD Les Tilleuls", "maison de retraite"),
    ("retour avec IDE", "infirmière"),
    ("kiné x3/sem", "kinésithérapie"),
    ("créat 132 µmol/L", "créatinine"),
    ("Hb 8,3 g/dL", "hémoglobine"),
    ("PNN 0,4 G/L", "polynucléaires neutrophiles"),
    ("2 CGR", "culot globulaire"),
    ("XARELTO 20 mg", "rivaroxaban"),
    ("Eliquis", "apixaban"),
    ("COUMADINE", "warfarine"),
    ("Previscan arrêté", "fluindione"),
    ("lasilix", "furosémide"),
    ("Augmentin", "amoxicilline acide clavulanique"),
    ("Lovenox 4000", "énoxaparine"),
    ("INEXIUM", "ésoméprazole"),
    ("Kardégic 75", "acide acétylsalicylique"),
    ("Tahor", "atorvastatine"),
    ("Modopar 62,5", "lévodopa bensérazide"),
    ("Bactrim forte", "sulfaméthoxazole triméthoprime"),
    ("Prograf", "tacrolimus"),
    ("CELLCEPT", "mycophénolate mofétil"),
    ("Solupred", "prednisolone"),
    ("L-Thyroxine", "lévothyroxine"),
    ("Doliprane", "paracétamol"),
    ("Ventoline", "salbutamol"),
    ("Keppra", "lévétiracétam"),
    ("K+ 6,1", "potassium"),
    ("K+ 6,1", "kaliémie"),
    ("Na+ à 128", "natrémie"),
    ("NT-proBNP 3 400", "proBNP"),
    ("NT-proBNP", "NTproBNP"),
    ("D-dimères", "dimères"),
    ("D-dimères", "Ddimères"),
    ("activité anti-Xa", "antiXa"),
    ("A.V.C.", "AVC"),
    ("p.o.", "per os"),
    ("post-AVC", "accident vasculaire cérébral"),
    ("opérée", "opéré"),
    ("arrêtées", "arrêté"),
    ("infirmières", "infirmier"),
    ("l’œdème", "oedeme"),
    ("COEUR", "cœur"),
    ("12/02/2025", "12 février 2025"),
    ("12.02.25", "12/02/2025"),
    ("2025-02-12", "12 févr. 2025"),
    ("le 12 février 25", "12/02/2025"),
    ("12/02/2025", "12/02/25"),
    ("1er mars 2024", "01/03/2024"),
    ("3 août 2023", "03/08/2023"),
    ("hospitalisée le 12/02/2025", "février 2025"),
    ("02/2025", "février 2025"),
    ("à 14h30", "14:30"),
    ("à 08h00", "8h00"),
    ("K 4,40", "4,4"),
    ("4.4 mmol/L", "4,4 mmol/l"),
    ("2,0 mg", "2 mg"),
    ("plaquettes 150 000", "150000"),
    ("D-dimères 1\u202f250", "1250"),
    ("0,5-0-0,5", "0,5 - 0 - 0,5"),
    ("1-0-1", "matin soir"),
    ("J+3", "J3"),
    ("fièvre à 39", "FIEVRE"),
]

HOLDS = [
    ("kaliémie à 4,4", {"4c4"}),
    ("BIPAP 12/6, FiO2 0,35", {"0c35"}),
    ("posologie 1-0-1-0", {"1x0x1x0", "matin", "soir"}),
    ("né le 03/11/1944", {"d19441103", "d1103", "m194411", "novembre", "1944"}),
    ("vu le 12/02", {"d0212"}),
    ("tabac 30 PA", {"paquets"}),
    ("née à 31 SA", {"semaines", "amenorrhe"}),
    ("apport 5mg", {"5", "mg"}),
    ("SpO2 92 % AA", {"saturation", "air", "ambiant"}),
    ("ORL", {"oto", "rhino"}),
    ("CAT : surveillance", {"conduite"}),
    ("T° 38,5", {"temperature", "38c5"}),
    ("sous MMF", {"mycophenolate", "mofetil"}),
    ("VVP au pli du coude", {"voie", "veineuse", "peripherique"}),
    ("clairance 45 mL/min/1,73m²", {"clairance", "45"}),
]

HOLDS_NOT = [
    ("kaliémie à 4,4", {"4"}),
    ("né le 03/11/1944", {"03", "11"}),
    ("la fa note", {"fibrillation"}),
    ("PA 120/80", {"paquets"}),
    ("il ra et ep", {"retrecissement", "embolie"}),
    ("cardio-vasculaire", {"cardiologue"}),
    ("a-t-il une fièvre", {"atil"}),
    ("à jeun", {"a"}),
    ("TA 145/90", {"d1490"}),
    ("39/13/2025 n'est pas une date", {"d20251339"}),
    ("version 1.2.3.4", {"1c2"}),
    ("IPP 0004417829", {"pompe"}),
    ("le patient ait pu", {"ischemique"}),
]


@pytest.mark.parametrize(("written", "asked"), MEET)
def test_two_wordings_meet(written: str, asked: str) -> None:
    assert set() < _indices(asked) <= _indices(written)


@pytest.mark.parametrize(("text", "words"), HOLDS)
def test_holds(text: str, words: set[str]) -> None:
    assert words <= set(normalise(text).split())


@pytest.mark.parametrize(("text", "words"), HOLDS_NOT)
def test_holds_not(text: str, words: set[str]) -> None:
    assert not words & set(normalise(text).split())


def test_the_engine_keeps_a_decimal_apart_from_its_digits() -> None:
    assert len(_indices("4,4")) == 1
    assert not _indices("4,4") & _indices("4 4")


def test_the_engine_joins_genders_and_plurals() -> None:
    assert len(set().union(*map(_indices, ("opéré", "opérée", "opérés", "opérées")))) == 1


@settings(deadline=None)  # the first example reads the tables
@given(st.text())
def test_never_raises_and_is_folded(text: str) -> None:
    result = normalise(text)
    assert result == " ".join(result.split())
    assert not any(character in "éèêàùçœ'’,/()" for character in result)


@settings(deadline=None)  # the first example reads the tables
@given(st.text(alphabet="0123456789.,/-+hH:% abcAPSJjanvrmg\u00a0'é", max_size=60))
def test_never_raises_on_what_looks_like_numbers(text: str) -> None:
    assert isinstance(normalise(text), str)


def test_a_large_document_takes_little_time() -> None:
    text = "Patiente de 78 ans, FA sous XARELTO 15 mg, K+ 4,4 mmol/L le 12/02/2025, créat 132 µmol/L.\n" * 5_000
    normalise(text[:1000])
    started = time.process_time()
    normalise(text)
    assert len(text) / (time.process_time() - started) > 500_000  # ten times slower than measured, for loaded machines


def test_the_door_names_all_that_is_public() -> None:
    assert set(door.__all__) >= {
        *("normalise", "expand", "Expansion", "Term", "fold", "fold_with_offsets", "stem", "tokens", "Token"),
        *("correct", "medicine_names", "NameFound"),
    }


def _indices(text: str) -> set[int]:
    return set(ENGINE.embed_query(normalise(text)).indices)
