"""What an answer may quote: sentences, lines, rows of tables with what heads their columns."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.units import LONGEST, units_of

# A line, and the sentences in it, cut at "‖".
SENTENCES = [
    "Apyrétique.‖Toux sèche.‖Sortie demain.",
    "Vue par le Dr. Martin ce jour.‖Pas de modification.",
    "Avis du Pr. Leroy et de M. Durand.‖Accord.",
    "Mme. Petit est prévenue.‖Elle viendra.",
    "Morphine env. 3 mg par prise.‖À réévaluer.",
    "Max. 4 g par jour.‖Surveiller.",
    "Cf. Compte rendu du 12/03.",
    "Réf. ALTEOR 12, lot n. 45.‖Pose simple.",
    "Douleur ?‖Non.",
    "Est-il douloureux ?‖Il dit que non.",
    "TA 12,5/8.2 ce matin",
    "Hb à 9.6 g/dL puis 10.2 g/dL.",
    "Vu par J. Dupont hier.‖RAS.",
    "Rétabli !‖Œdèmes disparus.",
    "Sortie le 12.03.2025.‖Contrôle à J10.",
    "« Rien à signaler. »",
    "Bilan fait.‖(Résultats à venir.)",
    "minuscule. suite sans majuscule",
    "Tél. 05 36 49 00 00 au besoin.",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_sentences(marked: str) -> None:
    sentences = marked.split("‖")
    text = " ".join(sentences)
    assert [text[u.start : u.end] for u in units_of(text)] == sentences


# A table, and the number of the row that heads its columns (None: no row does).
TABLES = [
    ("Param. | Valeur | Unité | Norme\nSodium | 138 | mmol/L | 136-145\nCRP | 112 | mg/L | < 5", 0),
    ("Paramètre      Résultat   Unité\nHb             9,6        g/dL", 0),
    ("Biologie       08/01      10/01      Réf.\nCRP            112        48         < 5", 0),
    ("Date | Valeur | Contexte\n21.02.26 | 318 | dialyse", 0),
    ("Item | 23.02.26 | 18.03.26\nMRC | 36/60 | 52/60", 0),
    ("Résultats            Droite     Gauche\nAcuité visuelle      9/10       9/10", 0),
    ("Médicament     Dose    Voie    Horaires   Début\nPREDNISONE     40 mg   PO      8h         09/01", 0),
    ("Date     Matin   Midi    16h     Soir\n12/05    1,21    1,40    1,12    1,60", 0),
    ("              14/05        20/05\nTUG           non fait     28 s\nTinetti       9/28         17/28", 0),
    ("Paramètre   12/05     14/05\n            16:50     07:10\nSodium      133       135", 0),
    ("Paramètre\tJ1\tJ3\nCRP\t112\t48", 0),
    ("Potassium      mmol/L   4,2     2,6\nSodium         mmol/L   138     140", None),
    ("1. MODOPAR 125           1-1-1-0\n2. AZILECT 1 mg          1-0-0-0", None),
    ("UF : Rhumatologie        Édité le : 2022-10-07\nTél : 05 36              Fax : 05 37", None),
    ("30 mg/j   2025-05-01 -> 2025-05-14\n20 mg/j   2025-05-15 -> 2025-05-31", None),
    ("Hématies        4,1      T/L\nLeucocytes      6.5      G/L\nPlaquettes      150      G/L", None),
    ("Acuité visuelle      9/10       9/10\nTonus                14         15", None),
]


@pytest.mark.parametrize(("table", "header"), TABLES)
def test_rows_know_what_heads_their_columns_and_nothing_else(table: str, header: int | None) -> None:
    units = units_of(table)
    lines = [line.strip() for line in table.split("\n")]
    assert [table[u.start : u.end] for u in units] == lines
    if header is None:
        assert all(unit.row and unit.header is None for unit in units)
        return
    head = units[header]
    assert not head.row
    assert head.header is None
    assert {table[slice(*unit.header)] for unit in units if unit.header} == {lines[header]}
    assert units[-1].row
    assert units[-1].header == (head.start, head.end)


def test_a_header_stops_at_the_end_of_its_table() -> None:
    text = "Date | Valeur | Unité\n21/02/26 | 318 | mmol/L\nRien à signaler.\nNa | 138 | mmol/L"
    *_, sentence, other = units_of(text)
    assert (sentence.row, sentence.header) == (False, None)
    assert (other.row, other.header) == (True, None)


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    clause = "la patiente a été revue par le cardiologue qui propose de poursuivre le traitement sans changement"
    text = "; ".join([clause] * 8) + "."
    units = units_of(text)
    assert len(units) > 2
    assert all(u.end - u.start <= LONGEST for u in units)
    assert all(text[u.start : u.end].startswith("la patiente") for u in units)


TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(
        st.sampled_from(
            [
                *(marked.replace("‖", " ") for marked in SENTENCES),
                *(table for table, _ in TABLES),
                "",
                "  \t",
                "a => b, c ; d - e " * 30,
                "x" * 700,
            ]
        ),
        max_size=6,
    ).map("\n".join),
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_units_of_any_text_are_trimmed_ordered_and_leave_nothing_out(text: str) -> None:
    units = units_of(text)
    spans = [(unit.start, unit.end) for unit in units]
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert all(one[1] <= next_[0] for one, next_ in pairwise(spans))
    borders = [0, *(border for span in spans for border in span), len(text)]
    assert not "".join(text[start:end] for start, end in list(pairwise(borders))[::2]).strip()
    assert all(unit.header in spans and unit.header < (unit.start, unit.end) for unit in units if unit.header)
