"""Files that are no clinical document, and why.

The rule, in order: a file that has a sidecar is declared clinical and never skipped for its name.
Otherwise its content decides (a picture, an archive, a JSON that is no dossier), and, for texts
only, what convention says of its name: documentation of a folder (README, LICENSE), source code,
configuration and tables. Any other text is a document, which waits if nothing says whose it is.
"""

import re

from ingestion.readers.sidecar import SUFFIX

_DOCUMENTATION = re.compile(
    r"(?:readme|lisez[-_ ]?moi|licen[cs]e|copying|notice|authors|changelog|changes|contributing|code_of_conduct"
    r"|security|makefile|dockerfile|requirements)(?:[-_.].*)?$",
    re.IGNORECASE,
)
_CODE_SUFFIX = re.compile(
    r"\.(?:pyi?|sh|bash|js|ts|css|c|h|cpp|java|go|rs|rb|php|pl|r|sql|ps1|bat|cmd|toml|ini|cfg|conf|ya?ml|csv|tsv|jsonl"
    r"|ndjson|lock|log|tex|typ)$",
    re.IGNORECASE,
)
_SIGNATURES = (
    (b"\x89PNG\r\n", "image PNG"),
    (b"\xff\xd8\xff", "image JPEG"),
    (b"GIF8", "image GIF"),
    (b"BM", "image BMP"),
    (b"II*\x00", "image TIFF"),
    (b"MM\x00*", "image TIFF"),
    (b"\x1f\x8b", "archive gzip"),
    (b"7z\xbc\xaf\x27\x1c", "archive 7z"),
    (b"Rar!", "archive RAR"),
    (b"\x7fELF", "programme"),
    (b"MZ", "programme"),
    (b"SQLite format 3\x00", "base SQLite"),
)


def skipped_by_name(name: str) -> str | None:
    """Say why a file of this name is none of ours whatever it holds, or None."""
    if name.endswith(SUFFIX):
        return "fichier d'accompagnement d'un autre fichier"
    if name.startswith((".", "~$")):
        return "fichier caché ou temporaire"
    return None


def skipped_binary(data: bytes) -> str:
    """Say what a binary file of no supported format is."""
    if data[128:132] == b"DICM":
        return "image DICOM"
    return next((what for mark, what in _SIGNATURES if data.startswith(mark)), "fichier binaire")


def skipped_text(name: str, text: str) -> str | None:
    """Say why a text without sidecar is no clinical document, or None."""
    if _DOCUMENTATION.match(name):
        return "documentation, pas un document clinique"
    if _CODE_SUFFIX.search(name) or text.startswith("#!"):
        return "code, configuration ou tableau, pas un document clinique"
    if re.match(r"\s*<(?:\?xml|!doctype|html|svg)\b", text[:200], re.IGNORECASE):
        return "fichier XML ou HTML"
    return None
