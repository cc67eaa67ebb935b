"""One hospital for the session: patients of the demonstration to tune on, and small invented ones."""

from collections.abc import Iterator

import pytest

from assistant.bootstrap import Workspace
from tests.assistant.hospital import ANNE, DEMO, EMPTY, SECRET, Note, hospital, write_dossier


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("hospital")
    anne = [
        Note("Allergies : latex (urticaire).\nTraitement : ramipril 5 mg le matin.", date="2025-03-10T10:00:00+01:00"),
        Note("Ramipril arrêté devant une toux. Holter posé ce jour : lecture en attente.", date="2025-03-12T10:00:00"),
        Note("Poids : 61 kg.", date=""),
    ]
    small = [
        write_dossier(folder, ANNE, anne, family_name="PETIT", given_names="Anne", birth_date="1944-03-05", sex="F"),
        write_dossier(folder, EMPTY, [], family_name="PETIT-JEAN", given_names="Luc"),
        write_dossier(folder, SECRET, [Note("Allergies : xyloglotte.", title="Quibrax")], family_name="ZORBLATT"),
    ]
    demo = [DEMO / f"patient-{number}.json" for number in ("01", "02", "19")]
    with hospital(folder / "home", *demo, *small) as opened:
        yield opened
