"""Every question of every patient asked about every other patient: nothing of another ever appears.

8,652 asks and as many searches in one process over the real records. ``make test`` runs a sample with all
homonyms and twins (``tests/evals/test_product.py``); the page of ``bench.campaign`` publishes these counts.
"""

import pytest

from bench.campaign import CROSSINGS, ISOLATION, RECORDS, cross

HOUR = 3600
MOST_MEMORY = 800
GROWTH = 1.1
"""MB of the process at its peak, and what the last half of the campaign may add to the first."""


@pytest.mark.campaign
@pytest.mark.timeout(2 * HOUR)
def test_no_patient_ever_appears_in_the_record_of_another() -> None:
    report = cross(RECORDS, ISOLATION)
    assert report["asks"] == CROSSINGS
    assert report["leaks"] == []
    assert report["broken"] == []
    assert report["passages"] > 10 * CROSSINGS
    memory = report["memory_mb"]["series"]
    assert max(memory) < MOST_MEMORY
    assert memory[-1] < GROWTH * memory[len(memory) // 2]
