"""What a statement may say of a quote, in the writing of many hands, and what it may not.

Each row: what is quoted, what is said of it, and what verification must find. None is taken from demo/records.
"""

import pytest

from assistant.types import Citation
from assistant.verify import verify

DATE = "2024-05-20T10:00:00"


def found(quote: str, said: str, *, before: str = "", after: str = "") -> tuple[str, set[str]]:
    """Return the verdict and the kinds of problems of a statement on one quote, within its line."""
    cited = Citation("D", len(before), len(before) + len(quote), quote, "Compte rendu", "resultats_biologie", DATE)
    finding = verify(said, (cited,), {"D": before + quote + after}.__getitem__)
    return finding.verdict, {problem.kind for problem in finding.problems}


# The same thing in other words.
SAME = [
    ("Eliquis 5 mg 2x/j", "Apixaban 5 mg deux fois par jour"),
    ("KARDEGIC 75 MG LE MIDI", "Acide acétylsalicylique 75 mg le midi"),
    ("Amlodipine 10mg/j", "AMLOR 10 mg par jour"),
    ("Solumedrol 1 g IV", "Méthylprednisolone 1000 mg IV"),
    ("Levothyrox 0,075 mg", "Lévothyroxine 75 µg"),
    ("Hb 9,6 g/dl", "Hémoglobine à 96 g/L"),
    ("plaq 87 G/L", "Plaquettes : 87 000/mm3"),
    ("Kaliémie 3,2 mmol/L", "K+ à 3,2 mmol/L"),
    ("leuco 12 400/mm3", "Leucocytes 12,4 G/L"),
    ("TA : 13/8, FC=72, T°37.4", "Fréquence cardiaque 72"),
    ("ATB pdt 10 jours", "ATB pendant dix jours"),
    ("Contrôle à 6 sem", "Contrôle dans 6 semaines"),
    ("NFS toutes les 48 h", "NFS tous les 2 jours"),
    ("Opérée le 03/02/2019 d'une PTH dte", "Opérée le 3 février 2019 d'une PTH droite"),
    ("chute le 12/04", "Chute le 12/04/2024"),
    ("Fracture du radius gauche en 2011", "En 2011 : fracture radius gauche"),
    ("pas de fièvre", "Absence de fièvre"),
    ("Aucun signe de sepsis", "Pas de signe de sepsis"),
    ("Fumeur : [ ] oui [x] non", "Fumeur : non"),
    ("EP éliminée par angioscanner", "Pas d'EP à l'angioscanner"),
    ("Arrêt des AVK", "AVK arrêtés"),
    ("FUROSEMIDE STOPPE LE 02/05", "Arrêt du furosémide le 2 mai"),
    ("bisoprolol majoré à 5 mg", "Augmentation du bisoprolol à 5 mg"),
    ("mère : cancer du sein à 45 ans", "Cancer du sein à 45 ans chez la mère"),
    ("IRM cérébrale normale", "L'IRM cérébrale est normale."),
    ("Le scanner montre une sténose du L4-L5", "TDM : sténose L4-L5"),
    (
        "Apixaban 5 mg x2/j, créatinine 98 µmol/L",
        "Créatinine 98 µmol/L, Eliquis 5 mg deux fois par jour (biologie, 20/05/2024)",
    ),
    ("DFG 34 mL/min", "Selon la biologie du 20/05/2024, DFG à 34 mL/min"),
    ("DFG 34 mL/min", "DFG : 34 mL/min (20/05/2024)"),
    ("chute hier dans l'escalier", "Chute le 19/05/2024 dans l'escalier"),
    ("Pas de diabète connu", "Non : « Pas de diabète connu » (biologie, 20/05/2024)."),
    ("Allergie à l'iode", "Oui, allergie à l'iode (biologie, 20/05/2024)."),
    ("Amoxicilline arrêtée le 02/05 (rash)", "Non : amoxicilline arrêtée le 02/05."),
]
# What the quote does not say: the kind of problem that must be among those found.
WRONG = [
    ("Hb 9,6 g/dL, plaquettes 87 G/L", "Hb 87 g/dL", "mesure"),
    ("Na 138, K 5,9, urée 22", "Potassium : 22", "faits réunis"),
    ("bisoprolol 2,5 mg, ramipril 10 mg", "Ramipril 2,5 mg", "faits réunis"),
    ("bisoprolol 2,5 mg le matin ; ramipril 10 mg le soir", "bisoprolol 10 mg", "faits réunis"),
    ("INR 2,1 le 03/05, 3,4 le 06/05", "INR 3,4 le 03/05", "faits réunis"),
    ("Arrêt de l'apixaban, relais par énoxaparine", "Arrêt de l'énoxaparine", "faits réunis"),
    ("genou droit douloureux, hanche gauche raide", "hanche droite raide", "faits réunis"),
    ("TA 148/84 bras droit, 122/70 bras gauche", "TA 122/70 bras droit", "faits réunis"),
    ("Vitesse 12 mm, diamètre 34 mm", "Diamètre 12 mm", "faits réunis"),
    ("VS 12 puis 48", "VS 84", "nombre"),
    ("Prednisone 20 mg", "Prednisone 20 µg", "mesure"),
    ("Prednisone 20 mg", "Prednisolone 20 mg", "médicament"),
    ("AUGMENTIN 1 g x3", "Amoxicilline 1 g x3", "médicament"),
    ("opéré le 03/02/2019", "opéré le 02/03/2019", "date"),
    ("arrêté le 12/03/2024", "arrêté le 20/05/2024", "date"),
    ("DFG 34 mL/min", "DFG 34 mL/min (biologie, 21/05/2024)", "date"),
    ("hernie inguinale gche", "Hernie inguinale droite", "côté"),
    ("adénopathie sus-claviculaire", "Adénopathie sus-claviculaire gauche", "côté"),
    ("pas de fièvre, toux grasse", "Fièvre", "négation"),
    ("ni nausée ni vomissement", "Vomissement", "négation"),
    ("Embolie pulmonaire écartée", "Embolie pulmonaire", "négation"),
    ("thrombose poplitée", "Pas de thrombose poplitée", "négation"),
    ("Tabac : [ ] oui [x] non", "Tabac : oui", "négation"),
    ("PATIENT NON DIABETIQUE", "Patient diabétique", "négation"),
    ("Diabète : antécédent connu. Antibiotiques : pas d'allergie", "Antibiotiques : allergie", "négation"),
    ("Suspicion de pyélonéphrite", "Pyélonéphrite", "certitude"),
    ("père diabétique", "Diabétique", "personne"),
    ("Sœur : mélanome à 40 ans", "Mélanome à 40 ans chez la patiente", "personne"),
    ("mélanome à 40 ans", "Mère : mélanome à 40 ans", "personne"),
    ("mère : AVC", "Père : AVC", "personne"),
    ("metformine suspendue", "metformine poursuivie", "état"),
    ("DEBUT FER IV", "Arrêt du fer IV", "état"),
    ("torasémide diminué à 10 mg", "torasémide augmenté à 10 mg", "état"),
    ("sonde retirée à J3", "sonde posée à J3", "état"),
    ("pneumopathie basale", "Pneumopathie basale sévère", "contenu"),
    ("retour au domicile", "Retour au domicile avec HAD", "contenu"),
    ("Patiente tabagique", "Non : « Patiente tabagique »", "négation"),
    ("pas de diabète", "Oui : « pas de diabète »", "négation"),
    ("12 mg au total, dont 3 mg hier", "3 mg au total, dont 3 mg hier", "faits réunis"),
    ("1-0-1-0", "Posologie 1-0-0-1", "nombre"),
]
# The line in which the quote stands says more than the quote: what comes before it, the quote, what comes after.
CUT = [
    ("Pas de ", "coronaropathie", " connue", "négation"),
    ("Antécédents familiaux : ", "diabète de type 2", "", "personne"),
    ("ATCD familiaux :\n", "- glaucome", "\n- HTA", "personne"),
    ("", "embolie pulmonaire", " éliminée ce jour", "négation"),
    ("Suspicion de ", "maladie de Horton", "", "certitude"),
]


@pytest.mark.parametrize(("quote", "said"), SAME)
def test_other_words_for_the_same_are_supported(quote: str, said: str) -> None:
    assert found(quote, said) == ("supported", set())


@pytest.mark.parametrize(("quote", "said", "kind"), WRONG)
def test_what_the_quote_does_not_say_is_caught(quote: str, said: str, kind: str) -> None:
    verdict, kinds = found(quote, said)
    assert verdict in ("unsupported", "contradicted")
    assert kind in kinds


@pytest.mark.parametrize(("before", "quote", "after", "kind"), CUT)
def test_a_quote_is_read_in_its_line(before: str, quote: str, after: str, kind: str) -> None:
    verdict, kinds = found(quote, quote, before=before, after=after)
    assert verdict != "supported"
    assert kind in kinds


CONTRARY = [
    ("Créatinine 132 µmol/L", "Créatinine 98 µmol/L"),
    ("hernie gauche", "hernie droite"),
    ("pas de fièvre", "fièvre"),
    ("apixaban repris", "apixaban arrêté"),
    ("père diabétique", "patient diabétique"),
]


@pytest.mark.parametrize(("quote", "said"), CONTRARY)
def test_the_contrary_of_the_quote_is_contradicted(quote: str, said: str) -> None:
    assert found(quote, said)[0] == "contradicted"


@pytest.mark.parametrize("said", ["Créatinine 98 µmol/L, anémie", "Lithium 0,8 mmol/L"])
def test_what_the_quote_is_silent_on_is_unsupported(said: str) -> None:
    assert found("Créatinine 98 µmol/L", said)[0] == "unsupported"


def cite(document: str, text: str, date: str) -> Citation:
    return Citation(document, 0, len(text), text, "", "imagerie", date)


SERIES = [cite("A", "ETT : FEVG 55 %", "2023-11-08"), cite("B", "FEVG mesurée à 42 % (Simpson)", "2025-02-12")]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("FEVG : 55 % (08/11/2023), 42 % (12/02/2025).", "supported"),
        ("FEVG : 42 % (08/11/2023), 55 % (12/02/2025).", "unsupported"),
        ("FEVG : 55 % (08/11/2023), 42 % (12/02/2024).", "unsupported"),
        ("FEVG : 55 % (08/11/2023), 24 % (12/02/2025).", "contradicted"),
        ("PAPS : 55 % (08/11/2023), 42 % (12/02/2025).", "unsupported"),
    ],
)
def test_each_value_of_a_series_is_proven_by_its_own_citation(said: str, verdict: str) -> None:
    texts = {citation.document: citation.quote for citation in SERIES}
    assert (verify(said, SERIES, texts.__getitem__).verdict == "supported") == (verdict == "supported")


TABLE = (
    "Analyse        10/01    12/01    Norme\nCRP            48       6        < 5\nUrée           12       9        3-8"
)


@pytest.mark.parametrize(
    ("said", "supported"),
    [
        ("CRP : 48 (10/01), 6 (12/01), < 5 (Norme)", True),
        ("CRP à 6 le 12/01", True),
        ("CRP à 6 le 10/01", False),
        ("CRP : 6 (10/01), 48 (12/01)", False),
        ("Urée : 48 (10/01)", False),
    ],
)
def test_a_cell_is_bound_to_its_column(said: str, supported: bool) -> None:
    header, row = TABLE.split("\n")[:2]
    citations = [
        Citation("T", len(header) + 1, len(header) + 1 + len(row), row, "", "resultats_biologie", "2024-01-12"),
        Citation("T", 0, len(header), header, "", "resultats_biologie", "2024-01-12"),
    ]
    assert (verify(said, citations, {"T": TABLE}.__getitem__).verdict == "supported") == supported


def test_two_facts_of_two_citations_are_not_merged() -> None:
    texts = {"A": "Apixaban 5 mg matin et soir", "B": "Bisoprolol 2,5 mg le matin"}
    citations = [cite(name, text, DATE) for name, text in texts.items()]
    assert verify("Apixaban 5 mg, bisoprolol 2,5 mg", citations, texts.__getitem__).verdict == "supported"
    assert verify("Apixaban 2,5 mg", citations, texts.__getitem__).verdict != "supported"
    assert verify("Bisoprolol matin et soir", citations, texts.__getitem__).verdict != "supported"
