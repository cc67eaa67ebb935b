"""How a medicine is taken: marked sentences, of our own invention, in the styles of several hospitals."""

from datetime import date

import pytest

from ingestion.facts.plain import plain
from ingestion.facts.posology import Posology, dose_before, posologies_of, with_dose_before
from ingestion.facts.time import dates_in


def read(sentence: str) -> tuple[Posology, ...]:
    """Read what stands behind the "|" that marks the end of the name."""
    text = sentence.replace("|", "", 1)
    dates = [(start, end) for start, end, _ in dates_in(text, date(2025, 3, 20))]
    return posologies_of(text, sentence.index("|"), len(text), dates)


def slots(posology: Posology) -> dict[str, str]:
    names = ("value", "unit", "strength", "intake", "route", "frequency", "duration", "condition", "previous", "basis")
    return {name: value for name in names if (value := getattr(posology, name))}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("RAMIPRIL| 2,5 mg : 1 cp le matin", "value=2,5 unit=mg strength=2,5 mg intake=1 cp frequency=le matin"),
        ("ramipril| 2.5mg 1cp/j", "value=2.5 unit=mg strength=2.5mg intake=1cp frequency=/j"),
        ("Doliprane| 1g x3/j si douleur", "value=1 unit=g frequency=x3/j condition=si douleur"),
        ("PARACETAMOL| 1 G TOUTES LES 6 H SI EVA > 3", "value=1 unit=G frequency=TOUTES LES 6 H condition=SI EVA > 3"),
        (
            "Augmentin| 1 g 3 fois par jour pendant 7 jours",
            "value=1 unit=g frequency=3 fois par jour duration=pendant 7 jours",
        ),
        ("amoxicilline| 500 mg toutes les 8 h, 10 j", "value=500 unit=mg frequency=toutes les 8 h duration=10 j"),
        (
            "Previscan|, un comprimé et demi le soir",
            "value=un unit=comprimé intake=un comprimé et demi frequency=le soir",
        ),
        ("Laroxyl| 10 gouttes au coucher", "value=10 unit=gouttes intake=10 gouttes frequency=au coucher"),
        ("Lasilix| 40 : 1-0-0", "value=40 strength=40 frequency=1-0-0"),
        ("Lasilix| 40 mg 1 - 1 - 0 - 0", "value=40 unit=mg strength=40 mg frequency=1 - 1 - 0 - 0"),
        ("Sinemet| 100 mg ½-½-½-0", "value=100 unit=mg strength=100 mg frequency=½-½-½-0"),
        ("Novorapid| 6 UI-8 UI-6 UI-0", "value=6 unit=UI frequency=6 UI-8 UI-6 UI-0"),
        ("Eliquis| 5 matin et soir", "value=5 frequency=matin et soir"),
        ("Kardegic| 75 le midi", "value=75 frequency=le midi"),
        ("Lantus| 22 unités SC au coucher", "value=22 unit=unités route=SC frequency=au coucher"),
        (
            "Actiskenan| 5 mg per os toutes les 4 heures si besoin",
            "value=5 unit=mg route=per os frequency=toutes les 4 heures condition=si besoin",
        ),
        ("Morphine| 1 mg/h IVSE", "value=1 unit=mg route=IVSE frequency=/h"),
        ("héparine| 500 UI/kg/j IVSE", "value=500 unit=UI/kg/j route=IVSE"),
        ("vancomycine| 30 mg/kg/24h en continu", "value=30 unit=mg/kg/24h frequency=en continu"),
        ("Tavanic| 500 mg PO 1 fois/j", "value=500 unit=mg route=PO frequency=1 fois/j"),
        ("méthotrexate| 15 mg par semaine, le lundi", "value=15 unit=mg frequency=par semaine, le lundi"),
        ("Aranesp| 40 µg tous les 15 jours", "value=40 unit=µg frequency=tous les 15 jours"),
        ("prednisone| 1 mg/kg/j soit 60 mg", "value=60 unit=mg basis=1 mg/kg/j"),
        ("docétaxel| 75 mg/m2 (130 mg) J1", "value=130 unit=mg basis=75 mg/m2"),
        (
            "Ventoline| 2 bouffées si gêne respiratoire, max 8 par jour",
            "value=2 unit=bouffées intake=2 bouffées condition=si gêne respiratoire, max 8 par jour",
        ),
        (
            "Tramadol| 50 mg : 1 à 2 gél si douleur, sans dépasser 8/j",
            "value=50 unit=mg strength=50 mg intake=1 à 2 gél condition=si douleur, sans dépasser 8/j",
        ),
        (
            "Rivotril| 2,5 mg/mL : 5 gouttes le soir",
            "value=5 unit=gouttes strength=2,5 mg/mL intake=5 gouttes frequency=le soir",
        ),
        ("bisoprolol| 2,5 -> 5 mg", "value=5 unit=mg previous=2,5"),
        ("furosémide| de 40 à 80 mg/j", "value=80 unit=mg frequency=/j previous=40"),
        ("Durogesic| patch 25 µg/h à changer toutes les 72 h", "value=25 unit=µg route=patch frequency=/h"),
        ("Lovenox| 0,4 ml 1 injection/j", "value=0,4 unit=ml strength=0,4 ml intake=1 injection frequency=/j"),
        ("Coversyl| 5 mg 1/2 cp le matin", "value=5 unit=mg strength=5 mg intake=1/2 cp frequency=le matin"),
        ("Dafalgan| codéiné", ""),
        ("Xarelto|, FC 64, TA 12/8", ""),
        ("Kardegic|, créatinine 118 µmol/L", ""),
        ("aspirine| : à la demande", "condition=à la demande"),
    ],
)
def test_the_slots_of_a_posology(sentence: str, expected: str) -> None:
    found = slots(read(sentence)[0])
    if "frequency" in found and " et " in expected:
        found["frequency"] = found["frequency"].replace(", ", " et ")
    assert " ".join(f"{name}={value}" for name, value in found.items()) == expected


@pytest.mark.parametrize(
    ("sentence", "doses"),
    [
        ("Solumédrol| 120 mg IV puis 60 mg IV", ["120", "60"]),
        ("prednisone| 60 mg jusqu'au 27/03, 50 mg du 28/03 au 03/04, puis 40 mg", ["60", "50", "40"]),
        ("caféine| 20 mg/kg puis 5 mg/kg/j", ["20", "5"]),
        ("Levothyrox| 50 µg depuis le 02/03, 75 µg depuis le 16/03", ["50", "75"]),
        ("Doliprane| 1 g, 1 cp matin, midi et soir", ["1"]),
    ],
)
def test_a_dose_that_follows_a_complete_one_is_another_way_of_taking(sentence: str, doses: list[str]) -> None:
    assert [posology.value for posology in read(sentence)] == doses


@pytest.mark.parametrize(
    ("sentence", "start", "stop"),
    [
        ("apixaban| 5 mg x2/j depuis le 15/02", "15/02", None),
        ("Clamoxyl| 1 g x3 du 12/03 au 19/03", "12/03", "19/03"),
        ("Lovenox| 4000 UI/j jusqu'au 20/04/2025 inclus", None, "20/04/2025"),
        ("Eliquis| 2,5 mg matin et soir à partir du 22 mars", "22 mars", None),
    ],
)
def test_the_bounds_of_a_posology(sentence: str, start: str | None, stop: str | None) -> None:
    text, found = sentence.replace("|", ""), read(sentence)[0]
    assert (text[slice(*found.start)] if found.start else None) == start
    assert (text[slice(*found.stop)] if found.stop else None) == stop


@pytest.mark.parametrize(
    ("lead", "value", "intake"),
    [
        ("J'ai donné 60 mg de ", "60", ""),
        ("Il prend un comprimé de ", "", "un comprimé"),
        ("une ampoule d'", "", "une ampoule"),
        ("reçoit 2 cp de ", "", "2 cp"),
        ("en prend parfois deux ", "", "deux"),
        ("sous ", "", ""),
        ("poids 62 kg, ", "", ""),
    ],
)
def test_a_dose_may_lead_to_the_name(lead: str, value: str, intake: str) -> None:
    start = dose_before(lead, 0, len(lead))
    found = with_dose_before(Posology(), lead[start:])
    assert (found.value, found.intake) == (value, intake)


@pytest.mark.parametrize("text", ["½ comprimé l’ÉTÉ", "Œdème — 12 µg", "İstanbul", ""])
def test_plain_letters_keep_offsets(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_a_posology_is_true_only_when_it_says_something() -> None:
    assert not Posology()
    assert Posology(condition="si besoin")
    assert "mg" not in repr(Posology(value="5", unit="mg"))
