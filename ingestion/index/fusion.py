"""How sparse and dense rankings are fused, in both implementations."""

RRF_K = 60
"""Reciprocal rank fusion adds 1 / (k + rank) over the rankings. 60 is the value of the paper that proposed it
(Cormack, Clarke and Büttcher, SIGIR 2009); the engine's own default, 2, lets the first place of either ranking
decide nearly alone, and an embedder weak in French would then hide what the words found."""

FUSED_DEPTH = 100
"""Points taken of each ranking before fusion, or ``limit`` when that is more."""
