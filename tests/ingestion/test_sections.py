"""Headings as hospitals write them, in several house styles, and what must never be taken for one."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.sections import find_sections, heading_name

# A text whose first line is a heading, with the kind of section that it opens.
LABELLED = [  # "label : content"
    ("Motif d'hospitalisation : dyspnée aiguë", "motif"),
    ("Motif de recours : chute au domicile", "motif"),
    ("Antécédents :", "antecedents"),
    ("Antécédents chirurgicaux : appendicectomie", "antecedents"),
    ("Comorbidités : BPCO", "antecedents"),
    ("Antécédents familiaux : mère, AVC", "antecedents_familiaux"),
    ("Allergie médicamenteuse : pénicilline", "allergies"),
    ("Mode de vie : vit seule au 3e étage", "mode_de_vie"),
    ("Anamnèse : début brutal", "histoire"),
    ("Traitement habituel :", "traitement_entree"),
    ("Traitements au domicile :", "traitement_entree"),
    ("Ordonnance de sortie :", "traitement_sortie"),
    ("Traitement à la sortie : inchangé", "traitement_sortie"),
    ("Modifications du traitement :", "modifications_traitement"),
    ("Constantes : TA 12/8", "constantes"),
    ("Examen clinique : abdomen souple", "examen_clinique"),
    ("Biologie :", "biologie"),
    ("Anesthésie : générale", "anesthesie"),
    ("Transfusions : 2 CGR", "transfusions"),
    ("Discussion :", "hypotheses"),
    ("Conduite à tenir :", "conduite"),
    ("Examens en attente :", "resultats_attente"),
    ("Consignes de sortie : repos", "suites"),
    ("Mode de sortie : domicile", "destination"),
    ("Personne de confiance : son fils", "directives"),
    ("Vaccinations : grippe 2024", "vaccinations"),
]
CAPITALS = [
    ("MOTIF D'ADMISSION\nChute.", "motif"),
    ("ANTECEDENTS MEDICAUX\nHTA.", "antecedents"),
    ("FACTEURS DE RISQUE CARDIOVASCULAIRE\nTabac.", "antecedents"),
    ("ALLERGIES\nAucune connue.", "allergies"),
    ("TRAITEMENT DE SORTIE\nRamipril.", "traitement_sortie"),
    ("SIGNES VITAUX\nTA 12/8.", "constantes"),
    ("EXAMEN CLINIQUE D'ENTREE\nConscient.", "examen_clinique"),
    ("HEMOSTASE\nTP 80 %.", "biologie"),
    ("COMPTE RENDU OPERATOIRE\nIncision.", "intervention"),
    ("ÉVOLUTION DANS LE SERVICE\nFavorable.", "evolution"),
    ("AU TOTAL\nPneumopathie.", "conclusion"),
    ("CONCLUSION\nPneumopathie.", "conclusion"),
    ("SUITES A DONNER\nContrôle.", "suites"),
    ("TRANSMISSIONS CIBLÉES DU JOUR\nCalme.", None),
    ("SERVICE DE CARDIOLOGIE\nDr Dupuis.", None),
]
UNDERLINED = [
    ("Histoire de la maladie\n======================\nToux.", "histoire"),
    ("Antécédents familiaux\n---------------------\nMère : AVC.", "antecedents_familiaux"),
    ("Imagerie :\n__________\nNormale.", "imagerie"),
    ("Ce qui a été dit à la famille\n-----------------------------\nTout.", None),
]
TELEGRAPHIC = [
    ("ATCD perso : HTA, diabète", "antecedents"),
    ("- ATCD fam : RAS", "antecedents_familiaux"),
    ("- Allergies : latex", "allergies"),
    ("MDV : marié, 2 enfants", "mode_de_vie"),
    ("HDLM : toux depuis 3 jours", "histoire"),
    ("TTT : paracétamol", "traitement"),
    ("TTT à l'entrée : RAMIPRIL 5 mg", "traitement_entree"),
    ("Arrêtés : BISOCE", "modifications_traitement"),
    ("Neuro : pas de déficit", "examen_clinique"),
    ("BIO 14h : CRP 112", "biologie"),
    ("TDM TAP : pas de lésion", "imagerie"),
    ("ETT : FEVG 55 %", "imagerie"),
    ("ECBU : stérile", "microbiologie"),
    ("BMR : négatif", "bmr"),
    ("CAT : contrôle K+", "conduite"),
    ("RDV : Dr Dupuis le 12/05", "rendez_vous"),
]
NUMBERED = [
    ("1. Motif\nChute.", "motif"),
    ("2. Évolution\nFavorable.", "evolution"),
    ("3) Imagerie\nRadio normale.", "imagerie"),
    ("II. Évolution clinique\nFavorable.", "evolution"),
    ("### Conclusion\nPneumopathie.", "conclusion"),
    ("• Traitement :\nParacétamol.", "traitement"),
    ("* ATCD\nHTA.", "antecedents"),
]
NO_HEADINGS = [
    "Le patient est sorti à domicile.",
    "Pas d'allergie connue",
    "Il a été décidé : arrêt du traitement",
    "on poursuit le traitement habituel sans changement",
    "Antécédents sans particularité notable chez ce patient suivi depuis très longtemps",
    "C. DUPONT",
    "DR A. MARTIN",
    "Na : 138 mmol/L",
    "CRP | 112 | mg/L",
    "IPP 0000123456",
    "12:30 : patient calme",
    "(suite)",
    "HTA",
    "BPCO",
    "",
]


@pytest.mark.parametrize(("text", "name"), [*LABELLED, *CAPITALS, *UNDERLINED, *TELEGRAPHIC, *NUMBERED])
def test_a_heading_opens_a_section_of_its_kind(text: str, name: str | None) -> None:
    before = "Texte libre sans titre.\n"
    sections = find_sections(before + text)
    assert sections[0].start == len(before)
    assert sections[0].name == name


@pytest.mark.parametrize("line", NO_HEADINGS)
def test_what_is_no_heading_opens_nothing(line: str) -> None:
    assert find_sections(f"Texte libre.\n{line}\nSuite du texte.\n") == ()


def test_the_title_is_as_written_and_the_body_is_what_follows_it() -> None:
    text = "- Allergies : latex\nATCD\nHTA\nImagerie\n--------\nNormale"
    label, alone, underlined = find_sections(text)
    assert (label.title, text[label.body : label.end]) == ("Allergies", " latex\n")
    assert (alone.title, text[alone.body : alone.end]) == ("ATCD", "\nHTA\n")
    assert (underlined.title, text[underlined.body : underlined.end]) == ("Imagerie", "\nNormale")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_end_as_the_source_wrote_them(end: str) -> None:
    text = end.join(["Note", "Antécédents", "-----------", "HTA", "CONCLUSION", "Rien."])
    assert [section.name for section in find_sections(text)] == ["antecedents", "conclusion"]


@pytest.mark.parametrize("break_", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_an_odd_character_ends_no_line(break_: str) -> None:
    text = f"Note{break_}Suite\nAllergies : latex{break_}\n----\nALLERGIES\nAucune."
    sections = find_sections(text)
    assert [text[s.start : s.start + 9].lower() for s in sections] == ["allergies", "allergies"]


def test_the_rules_of_edsnlp_add_headings_at_a_line_start_only() -> None:
    assert heading_name("Devenir du patient") is None
    (section,) = find_sections("Note\nDevenir du patient\nRetour chez lui.\n")
    assert (section.name, section.title) == ("destination", "Devenir du patient")
    assert find_sections("Note\nLe devenir du patient et le motif ont été revus avec lui.\n") == ()


LINES = st.one_of(
    st.sampled_from([text for text, _ in [*LABELLED, *CAPITALS, *UNDERLINED, *TELEGRAPHIC, *NUMBERED]]),
    st.sampled_from(NO_HEADINGS),
    st.text(max_size=30),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=8).map("\n".join))
def test_sections_tile_what_follows_the_first_heading(text: str) -> None:
    sections = find_sections(text)
    assert all(s.start < s.body <= s.end for s in sections)
    assert all(one.end == next_.start for one, next_ in pairwise(sections))
    assert not sections or sections[-1].end == len(text)
    assert all(s.start == 0 or text[s.start - 1] == "\n" for s in sections)
