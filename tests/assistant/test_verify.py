"""The check behind every statement: true ones pass, each kind of corruption is caught."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.types import Citation
from assistant.verify import Problem, verify
from ingestion.errors import UnknownDocument

TEXTS = {
    "D1": "Patiente de 82 ans. RAMIPRIL 5 mg le matin, arrêté le 12/03/2025 devant K+ 6,1 mmol/L. Hb 9,6 g/dL.",
    "D2": "Apixaban 2,5 mg x2/j depuis le 3 mars. Plaquettes 150 G/L, CRP 48 mg/L, créatinine 132 µmol/L.",
    "D3": "Morphine 3 mg/h, puis 10 gouttes. TA 145/90 mmHg. PICC posé le 2025-03-04. Transfusion de deux culots.",
    "D4": "Enoxaparine 4000 UI/j pendant 10 jours, contrôle dans 6 semaines, à 14h30. IMC 24,5 kg/m².",
    "D5": "Paramètre      08/01      10/01      Réf.\nPotassium      4,1        6,1        3,5-5,0",
}
DATES = {
    "D1": "2025-03-12T10:00:00",
    "D2": "2025-03-14",
    "D3": "",
    "D4": "2025-04-01T08:30:00+02:00",
    "D5": "2025-01-10",
}


def citation(document: str, quote: str = "") -> Citation:
    text = TEXTS[document]
    start = text.index(quote) if quote else 0
    end = start + len(quote) if quote else len(text)
    return Citation(document, start, end, text[start:end], "Titre", "resultats_biologie", DATES[document])


def verdict(said: str, *citations: Citation) -> str:
    return verify(said, citations, TEXTS.__getitem__).verdict


# What is said of a document, and is proven by its text.
TRUE = [
    ("D1", "RAMIPRIL 5 mg le matin, arrêté le 12/03/2025 devant K+ 6,1 mmol/L."),
    ("D1", "Hb 9,6 g/dL. (biologie, 12/03/2025)"),
    ("D1", "Le ramipril (5 mg) a été arrêté le 12/03."),
    ("D1", "Selon la biologie du 12/03/2025, l'hémoglobine est à 9.6 g/dL."),
    ("D1", "Triatec 5 mg arrêté en mars 2025."),
    ("D1", "Arrêté le 12 mars 2025 : kaliémie à 6,1 mmol/L."),
    ("D2", "Eliquis 2,5 mg depuis le 03/03 (biologie, 14/03/2025)"),
    ("D2", "Plaquettes 150 G/L, CRP 48 mg/L."),
    ("D2", "Créatinine 132 μmol/L"),
    ("D3", "Morphine 3 mg/h"),
    ("D3", "PICC posé le 04/03/2025"),
    ("D3", "Transfusion de 2 culots"),
    ("D3", "TA 145/90 mmHg"),
    ("D4", "Énoxaparine 4000 UI/j pendant dix jours (biologie, 01/04/2025)"),
    ("D4", "Contrôle dans six semaines, à 14h30."),
    ("D4", "IMC 24,5 kg/m2"),
    ("D5", "Potassium : 4,1 (08/01), 6,1 (10/01), 3,5-5,0 (Réf.) (biologie, 10/01/2025)"),
    ("D1", "K+ 6,10 mmol/L"),
    ("D1", "Hb 96 g/L"),
    ("D1", "Ramipril 0,005 g"),
    ("D4", "Énoxaparine 4 000 UI par jour"),
]
# What is said of a document, and is not proven by its text: what is wrong stands between brackets.
FALSE = [
    ("D1", "RAMIPRIL [10] mg le matin"),
    ("D1", "RAMIPRIL [50] mg le matin"),
    ("D1", "RAMIPRIL [0,5] mg le matin"),
    ("D1", "RAMIPRIL 5 [g] le matin"),
    ("D1", "RAMIPRIL 5 [µg] le matin"),
    ("D1", "RAMIPRIL 5 [mg/kg] le matin"),
    ("D1", "RAMIPRIL 5 [cp] le matin"),
    ("D1", "[BISOPROLOL] 5 mg le matin"),
    ("D1", "RAMIPRIL 5 mg et [furosémide]"),
    ("D1", "[Coversyl] 5 mg le matin"),
    ("D1", "RAMIPRIL 5 mg, [deux] le matin"),
    ("D1", "arrêté le [13]/03/2025"),
    ("D1", "arrêté le 12/[04]/2025"),
    ("D1", "arrêté le 12/03/[2024]"),
    ("D1", "arrêté le [03/12]/2025"),
    ("D1", "arrêté le 12 [mai] 2025"),
    ("D1", "arrêté en [avril] 2025"),
    ("D1", "K+ [1,6] mmol/L"),
    ("D1", "K+ [61] mmol/L"),
    ("D1", "K+ 6,1 [g/L]"),
    ("D1", "K+ 6,1 [µmol/L]"),
    ("D1", "Hb [96] g/dL"),
    ("D1", "Hb 9,6 [mg/dL]"),
    ("D1", "Hb 9,6 [g/L]"),
    ("D1", "Hb [12] g/dL (biologie, 12/03/2025)"),
    ("D1", "Hb [2025] g/dL (biologie, 12/03/2025)"),
    ("D1", "Hb 9,6 g/dL. (biologie, [14]/03/2025)"),
    ("D1", "Hb 9,6 g/dL. (biologie, 12/03/[2026])"),
    ("D1", "Patiente de [28] ans"),
    ("D1", "Patiente de 82 [mois]"),
    ("D2", "Apixaban [5] mg x2/j"),
    ("D2", "Apixaban [25] mg x2/j"),
    ("D2", "Apixaban 2,5 mg x[3]/j"),
    ("D2", "[Rivaroxaban] 2,5 mg x2/j"),
    ("D2", "[Xarelto] 2,5 mg x2/j"),
    ("D2", "depuis le 3 [avril]"),
    ("D2", "depuis le [4] mars"),
    ("D2", "depuis le 3 mars [2019]"),
    ("D2", "Plaquettes 150 [g/L]"),
    ("D2", "Plaquettes [15] G/L"),
    ("D2", "Plaquettes 150 [G/dL]"),
    ("D2", "CRP 48 [G/L]"),
    ("D2", "CRP [84] mg/L"),
    ("D2", "créatinine 132 [mmol/L]"),
    ("D2", "créatinine 132 [nmol/L]"),
    ("D3", "Morphine [30] mg/h"),
    ("D3", "Morphine 3 [mg/j]"),
    ("D3", "Morphine 3 [mg/min]"),
    ("D3", "Morphine 3 [µg/h]"),
    ("D3", "[Oxycodone] 3 mg/h"),
    ("D3", "10 [mg], puis gouttes"),
    ("D3", "[20] gouttes"),
    ("D3", "TA [154]/90 mmHg"),
    ("D3", "TA 145/[60] mmHg"),
    ("D3", "PICC posé le 2025-[04-03]"),
    ("D3", "PICC posé le [03/04]/2025"),
    ("D3", "Transfusion de [trois] culots"),
    ("D3", "Transfusion de [4] culots"),
    ("D4", "Enoxaparine [40] UI/j"),
    ("D4", "Enoxaparine 4000 [mg/j]"),
    ("D4", "pendant 10 [semaines]"),
    ("D4", "contrôle dans 6 [mois]"),
    ("D4", "contrôle dans [8] semaines"),
    ("D4", "à 14h[45]"),
    ("D4", "[Tinzaparine] 4000 UI/j"),
    ("D5", "Potassium : 6,1 ([09/01])"),
    ("D5", "Potassium : [6,4] (10/01)"),
    ("D5", "Potassium : 6,1 [g/L]"),
    ("D5", "[Aucun chiffre ici.]"),
]


@pytest.mark.parametrize(("document", "said"), TRUE)
def test_true_statements_are_supported(document: str, said: str) -> None:
    assert verdict(said, citation(document)) == "supported"


@pytest.mark.parametrize(("document", "marked"), FALSE)
def test_corrupted_statements_are_not(document: str, marked: str) -> None:
    assert verdict(marked.replace("[", "").replace("]", ""), citation(document)) in ("unsupported", "contradicted")


QUOTE = citation("D1", "Hb 9,6 g/dL.")
MISQUOTED = {
    "shifted to the right": replace(QUOTE, start=QUOTE.start + 1, end=QUOTE.end + 1),
    "shifted to the left": replace(QUOTE, start=QUOTE.start - 1, end=QUOTE.end - 1),
    "one character short": replace(QUOTE, end=QUOTE.end - 1),
    "one character long": replace(QUOTE, end=QUOTE.end + 1),
    "of another document": replace(QUOTE, document="D2"),
    "empty": replace(QUOTE, quote="", end=QUOTE.start),
    "retyped": replace(QUOTE, quote="Hb 9.6 g/dL."),
    "beyond the end": replace(QUOTE, start=5000, end=5012),
    "backwards": replace(QUOTE, start=QUOTE.end, end=QUOTE.start),
}


@pytest.mark.parametrize("fault", MISQUOTED)
def test_an_inexact_quote_proves_nothing(fault: str) -> None:
    assert verdict("Hb 9,6 g/dL.", QUOTE) == "supported"
    assert verdict("Hb 9,6 g/dL.", MISQUOTED[fault]) == "unsupported"
    assert verdict("Hb 9,6 g/dL.", QUOTE, MISQUOTED[fault]) == "unsupported"


def test_a_statement_without_a_citation_is_unsupported() -> None:
    found = verify("La patiente va bien.", (), TEXTS.__getitem__)
    assert (found.verdict, found.problems) == ("unsupported", (Problem("citation"),))


@pytest.mark.parametrize("error", [KeyError, UnknownDocument])
def test_a_document_that_may_not_be_read_proves_nothing(error: type[Exception]) -> None:
    def text_of(document: str) -> str:
        raise error(document)

    assert verify("Hb 9,6 g/dL.", (QUOTE,), text_of).problems == (Problem("citation"),)


def test_a_document_outside_of_those_allowed_proves_nothing() -> None:
    assert verify("Hb 9,6 g/dL.", (QUOTE,), TEXTS.__getitem__, allowed={"D1"}).verdict == "supported"
    assert verify("Hb 9,6 g/dL.", (QUOTE,), TEXTS.__getitem__, allowed={"D2"}).verdict == "unsupported"


def test_the_administrative_record_is_cited_by_its_fields() -> None:
    fields = {"record:patient": "1944-03-12\nBERTHIER\nF"}
    named = Citation("record:patient", 0, 0, "BERTHIER", "", "", "")
    assert verify("BERTHIER", (named,), fields.__getitem__).verdict == "supported"
    assert verify("BERTHIER", (replace(named, quote="BERT"),), fields.__getitem__).verdict == "unsupported"
    assert verify("BERTHIER", (replace(named, end=8),), fields.__getitem__).verdict == "unsupported"


def test_only_what_is_quoted_proves() -> None:
    assert verdict("RAMIPRIL 5 mg", citation("D1", "RAMIPRIL 5 mg")) == "supported"
    assert verdict("RAMIPRIL 5 mg, Hb 9,6 g/dL", citation("D1", "RAMIPRIL 5 mg")) == "unsupported"
    assert verdict("RAMIPRIL 5 mg, Hb 9,6 g/dL", citation("D1", "RAMIPRIL 5 mg"), QUOTE) == "supported"


def test_two_quotes_do_not_join_into_a_measure() -> None:
    number, unit = citation("D2", "Plaquettes 150"), citation("D1", "g/dL")
    assert verdict("150 g/dL", number, unit) != "supported"


def test_the_reason_tells_kinds_and_ids_never_words() -> None:
    reasons = {verify("BISOPROLOL 7 kg le 14/07", (c,), TEXTS.__getitem__).reason for c in MISQUOTED.values()}
    reasons.add(verify("BISOPROLOL 7 kg", (QUOTE,), TEXTS.__getitem__).reason)
    assert not any(word in reason for reason in reasons for word in ("BISOPROLOL", "7", "kg", "Hb", "9,6"))


DOCUMENTS = st.sampled_from(sorted(TEXTS))


@given(DOCUMENTS, st.data())
def test_any_quotation_proves_itself(document: str, data: st.DataObject) -> None:
    text = TEXTS[document]
    words = [i for i in range(len(text) + 1) if i in (0, len(text)) or text[i - 1].isspace() or text[i].isspace()]
    start, end = sorted(data.draw(st.lists(st.sampled_from(words), min_size=2, max_size=2, unique=True)))
    cited = Citation(document, start, end, text[start:end], "", "resultats_biologie", DATES[document])
    assert verdict(text[start:end], cited) == "supported"
    assert verdict(" ".join(text[start:end].split()), cited) == "supported"


@given(DOCUMENTS, st.integers(0, 99999))
def test_a_number_that_is_not_in_the_document_is_never_proven(document: str, number: int) -> None:
    assume(str(number) not in TEXTS[document])
    assert verdict(f"La valeur est {number}.", citation(document)) != "supported"
