"""Letters without accents, one for one: the offsets of the plain text are those of the text."""

import functools

from ingestion.normalise import unaccented

_KEPT = {"Μ": "u", "²": "2", "³": "3", "¹": "1", "⁰": "0", "⁶": "6", "⁹": "9"}


def plain(text: str) -> str:
    """Return a text of the same length without accents nor typographic punctuation; case is kept.

    Letters that fold to several ("œ") and Greek letters stay as they are, but for "µ", which becomes "u".
    """
    return text if text.isascii() else text.translate(_table())


@functools.cache
def _table() -> dict[int, str]:
    characters = [chr(code) for code in (*range(0x80, 0x250), *range(0x2000, 0x2070), 0x202F, 0x03BC, 0x039C, 0x2212)]
    folded = {character: _KEPT.get(character, unaccented(character)) for character in characters}
    return {ord(character): letter for character, letter in folded.items() if len(letter) == 1}
