"""Small letters without accents, character for character, so that offsets stay those of the text."""

import unicodedata

_SPECIAL = {
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-",
    "×": "x", "µ": "u", "μ": "u", "²": "2", "→": ">", "⇒": ">", "➔": ">", "➜": ">", "«": '"', "»": '"',
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
}  # fmt: skip


def plain(text: str) -> str:
    """Return the text in small letters without accents; its length and offsets do not change.

    >>> plain("½ comprimé l’ÉTÉ")
    "½ comprime l'ete"
    """
    return text.translate(_TABLE)


def _letter(code: int) -> str:
    lowered = unicodedata.normalize("NFD", chr(code))[0].lower()
    return lowered if len(lowered) == 1 else chr(code)


_TABLE = {code: _letter(code) for code in (*range(0x41, 0x5B), *range(0xC0, 0x250))} | {
    ord(character): replacement for character, replacement in _SPECIAL.items()
}
