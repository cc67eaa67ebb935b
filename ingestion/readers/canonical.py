"""Canonical text of the readers that do not keep their source as it is: NFC, ``\\n``, no invisible controls."""

import re
import unicodedata

_LINE_END = re.compile("\r\n|[\r\f\v\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")


def canonical(text: str) -> str:
    """Return ``text`` in NFC with ``\\n`` line ends, without controls (tab kept) nor characters of zero width."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _LINE_END.sub("\n", text)))
