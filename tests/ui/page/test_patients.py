"""Patients on the page: identities, homonyms, escaping; and the French wording of codes and dates."""

from dataclasses import replace

import pytest

from assistant.types import PatientCard
from ui.page.desk import Scene
from ui.page.patients import band, confirmation, differences, resembling, results, warning
from ui.page.wording import age_label, birth_label, counted, date_label, day_label, kind_label, perimeter

JEANNE = PatientCard("0004417829", "CH de Valmorin", "BERTHELOT", "Jeanne", "1944-03-12", "F", 81, 14, 1)
JEANNINE = replace(JEANNE, ipp="0004417892", given_names="Jeannine", birth_date="1944-12-03")
TWIN = PatientCard("0007341186", "Hôpital", "LAMBRECQ", "Lina", "2025-09-04", "F", 0, 12, 1)
OTHER_TWIN = replace(TWIN, ipp="0007341187", given_names="Louise")


def test_what_differs_is_named() -> None:
    assert differences(JEANNE, (JEANNINE,)) == ("given_names", "birth_date", "ipp")
    assert warning(JEANNE, (JEANNINE,)) == (
        "Homonyme : 1 autre patient BERTHELOT — vérifiez le prénom, la date de naissance et l’IPP."
    )
    assert warning(TWIN, (OTHER_TWIN,)) == "Homonyme : 1 autre patient LAMBRECQ — vérifiez le prénom et l’IPP."


def test_a_near_name_is_not_said_to_be_the_same() -> None:
    near = replace(TWIN, ipp="3", family_name="LAMBERCQ")
    assert warning(TWIN, (near,)) == "Homonyme : 1 autre patient au nom proche — vérifiez le nom et l’IPP."


def test_list_and_band_name_what_differs_too() -> None:
    expected = "vérifiez le prénom et l’IPP<"
    assert results([TWIN, OTHER_TWIN], "", 50).count(expected) == 2
    assert expected in band(Scene(card=TWIN, homonyms=(OTHER_TWIN,)))


def test_who_can_be_taken_for_whom() -> None:
    stranger = replace(JEANNE, ipp="1", family_name="DURAND", birth_date="1950-01-01", homonyms=0)
    accented = replace(JEANNE, ipp="2", family_name="Berthélot")
    assert resembling(JEANNE, [JEANNE, JEANNINE, stranger, accented, JEANNINE]) == (JEANNINE, accented)


def test_the_confirmation_sets_both_side_by_side() -> None:
    rendered = str(confirmation(Scene(pending=JEANNE, homonyms=(JEANNINE,))))
    for expected in ("Jeanne<", "Jeannine<", "12/03/1944", "03/12/1944", "0004417829", "0004417892"):
        assert expected in rendered
    assert 'data-patient="0004417829@CH de Valmorin"' in rendered
    assert rendered.count('class="chosen"') == 1


def test_no_confirmation_waits() -> None:
    assert str(confirmation(Scene(card=JEANNE))) == ""


def test_the_band_holds_the_whole_identity() -> None:
    rendered = str(band(Scene(epoch=2, card=JEANNE)))
    for expected in ("BERTHELOT <b>Jeanne</b>", "Femme", "81 ans", "née le 12/03/1944", "0004417829", "CH de Valmorin"):
        assert expected in rendered
    assert "Homonyme" in rendered


def test_names_are_escaped() -> None:
    hostile = replace(JEANNE, family_name="<script>", given_names='"><img src=x>', authority="<b>", ipp="<i>")
    for rendered in (
        results([hostile], "", 50),
        band(Scene(card=hostile)),
        confirmation(Scene(pending=hostile, homonyms=(JEANNE,))),
        results([], "<script>", 50),
    ):
        assert "<script" not in rendered
        assert "<img" not in rendered
        assert "<i>" not in rendered


def test_a_cut_list_says_so() -> None:
    assert "2 premiers patients — précisez" in results([JEANNE, JEANNINE], "", 2)
    assert "2 patients" in results([JEANNE, JEANNINE], "", 50)


@pytest.mark.parametrize(
    ("iso", "long", "short"),
    [
        ("2025-02-14T10:05:00", "14/02/2025 à 10:05", "14/02/2025"),
        ("2025-02-14", "14/02/2025", "14/02/2025"),
        ("2025-02-14T10:05:00+04:00", "14/02/2025 à 10:05", "14/02/2025"),
        ("", "date inconnue", "date inconnue"),
        ("février 2025", "février 2025", "février 2025"),
    ],
)
def test_dates(iso: str, long: str, short: str) -> None:
    assert date_label(iso) == long
    assert day_label(iso) == short


def test_words() -> None:
    assert [age_label(age) for age in (None, 0, 1, 81)] == ["âge inconnu", "moins d’un an", "1 an", "81 ans"]
    assert birth_label(JEANNE) == "née le 12/03/1944"
    assert birth_label(replace(JEANNE, sex="M", birth_date="")) == "né à une date inconnue"
    assert kind_label("resultats_biologie") == "Biologie"
    assert kind_label("bon_de_transport") == "Bon de transport"
    assert counted(1, "an") == "1 an"
    assert perimeter(0, "", "") == "Aucun document accessible dans ce dossier."
    assert perimeter(1, "2025-02-14", "") == "Repose sur 1 document accessible ; le plus récent : 14/02/2025."
