"""Figures over many cases: ratios of sums, and bootstrap intervals resampled by patient.

Questions of one patient are not independent (same documents, same house style): whole patients are
drawn with replacement (cluster bootstrap, Davison & Hinkley, Bootstrap Methods, 1997, section 3.8).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evals.measures import MEASURES
from evals.types import Case, Difference, Figure

RESAMPLES = 2000
_TAILS = (2.5, 97.5)

Matrix = NDArray[np.float64]


def figures(cases: Sequence[Case], seed: int, resamples: int = RESAMPLES) -> dict[str, Figure]:
    """Return every measure that applies to at least one case, in the order of ``MEASURES``."""
    patients = sorted({case.patient for case in cases})
    draws = _draws(len(patients), seed, resamples)
    result = {}
    for name in MEASURES:
        numerators, denominators = _sums(cases, patients, name)
        if denominators.sum() > 0:
            low, high = _interval(_ratios(draws, numerators, denominators))
            total, count = float(numerators.sum()), float(denominators.sum())
            result[name] = Figure(total / count, low, high, total, count)
    return result


def difference(before: Sequence[Case], after: Sequence[Case], name: str, seed: int) -> Difference | None:
    """Return one measure before and after, with the interval of the paired differences.

    Both sequences hold the same questions; None when the measure does not apply to both.
    """
    patients = sorted({case.patient for case in before})
    draws = _draws(len(patients), seed, RESAMPLES)
    sides = [_sums(cases, patients, name) for cases in (before, after)]
    if any(denominators.sum() == 0 for _, denominators in sides):
        return None
    first, second = (_ratios(draws, *side) for side in sides)
    low, high = _interval(second - first)
    old, new = (float(numerators.sum() / denominators.sum()) for numerators, denominators in sides)
    return Difference(old, new, low, high)


def gap(one: Sequence[Case], other: Sequence[Case], seed: int) -> dict[str, Difference]:
    """Return how each measure differs between two sets of patients, with the interval of the difference.

    The sets are drawn independently: no patient is in both.
    """
    known = [figures(cases, seed) for cases in (one, other)]
    result = {}
    for name in known[0].keys() & known[1].keys():
        ratios = [_resampled(cases, name, seed + number) for number, cases in enumerate((one, other))]
        low, high = _interval(ratios[1] - ratios[0])
        result[name] = Difference(known[0][name].value, known[1][name].value, low, high)
    return {name: result[name] for name in MEASURES if name in result}


def _resampled(cases: Sequence[Case], name: str, seed: int) -> Matrix:
    patients = sorted({case.patient for case in cases})
    return _ratios(_draws(len(patients), seed, RESAMPLES), *_sums(cases, patients, name))


def seconds(cases: Sequence[Case]) -> dict[str, float]:
    """Return the median and the 95th percentile of the seconds per case."""
    if not cases:
        return {}
    median, tail = np.percentile([case.seconds for case in cases], [50, 95])
    return {"median": round(float(median), 4), "p95": round(float(tail), 4)}


def _draws(patients: int, seed: int, resamples: int) -> Matrix:
    """Return how many times each patient is drawn in each resample."""
    if not patients:
        return np.zeros((0, 0))
    generator = np.random.default_rng(seed)
    return generator.multinomial(patients, np.full(patients, 1 / patients), size=resamples).astype(np.float64)


def _sums(cases: Sequence[Case], patients: Sequence[str], name: str) -> tuple[Matrix, Matrix]:
    rows = {patient: row for row, patient in enumerate(patients)}
    numerators, denominators = np.zeros(len(patients)), np.zeros(len(patients))
    for case in cases:
        numerator, denominator = case.measures.get(name, (0.0, 0.0))
        numerators[rows[case.patient]] += numerator
        denominators[rows[case.patient]] += denominator
    return numerators, denominators


def _ratios(draws: Matrix, numerators: Matrix, denominators: Matrix) -> Matrix:
    """Return the ratio of each resample, NaN where nothing that counts was drawn."""
    totals = draws @ denominators
    ratios: Matrix = np.full(totals.shape, np.nan)
    np.divide(draws @ numerators, totals, out=ratios, where=totals > 0)
    return ratios


def _interval(values: Matrix) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if not known.size:
        return float("nan"), float("nan")
    low, high = np.percentile(known, _TAILS)
    return float(low), float(high)
