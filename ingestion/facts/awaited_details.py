"""What is told of an awaited result: where it was sent, who watches it, for when."""

import re

_LENGTH = r"\d+(?: ?(?:a|à|-|–|/) ?\d+)? ?(?:jours?|j|semaines?|sem|mois|heures?|h)\b"
_SPELT = r"(?:une|deux|trois|quatre|six|huit|dix|quinze) (?:jours?|semaines?|mois)\b"
_DAY = r"\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|\d{4}-\d\d-\d\d|\d{1,2}(?:er)? [a-zéû]{3,9}(?: \d{4})?"
_DELAY = re.compile(
    r"\b(?:sous|d[ée]lai\w*(?: de| d['’]environ| pr[ée]visible| annonc[ée]| de rendu)*\s*:?|dans|d['’]ici"
    r"|rendu(?: sous| [àa])?|(?:r[ée]sultats?|d[ée]finitifs?|r[ée]ponse|rendu|final)(?: \w+)? [àa]|environ"
    r"|attendue?s? (?:en|sous|dans|[àa]))"
    rf"\s*(?:environ |les )?(?P<length>{_LENGTH}|{_SPELT})|\(\s*(?P<bracket>{_LENGTH})\s*\)"
    r"|\b(?:avant|vers|attendue?s? (?:le|pour|vers)|pr[ée]vue?s? (?:le|pour|vers)"
    rf"|disponibles? (?:le|vers|[àa] partir du)|pour) (?:le )?(?P<day>{_DAY})",
    re.IGNORECASE,
)
_END = r"(?=\s*(?:$|[,.;:()]|\ble \d|\bd[ée]lai|\br[ée]sultat|\bpour\b|\ben attente|\bsous\b|\s-\s))"
_SENT = re.compile(
    r"(?<!sera )(?<!seront )\b(?:envoy\w+|adress[ée]+e?s?|part(?:ie?s?|ent)?|transmis\w*|exp[ée]di\w+|confi[ée]\w*)"
    r"\s+(?:ce jour |hier |le \d\S* )?(?:au|aux|[àa] la\b|[àa] l['’]|chez\b|[àa]\b|vers le\b|en\b) ?"
    rf"(?P<place>(?!m[ée]decin|MT\b|\d)[^,.;:()|]{{2,60}}?){_END}"
    r"|(?P<outside>\blabo(?:ratoire)?s? (?:ext[ée]rieur|sp[ée]cialis[ée]|de r[ée]f[ée]rence|sous-traitant)\w*"
    r"(?: d[eu][^,.;:()|]{2,30})?)|\b(?P<reference>CNR\b(?: d[eu][^,.;:()|]{2,30})?)",
    re.IGNORECASE,
)
_PERSON = r"(?:Dr|Pr|Docteur|Professeur|DR|PR)\.? (?:[A-ZÀ-Ý][\w'’.-]*[ -]?){1,3}"
_FUNCTION = (
    r"(?:m[ée]decin traitant|MT\b|interne|(?:secr[ée]tariat|service|consultation|[ée]quipe|cardiologue|oncologue"
    r"|chirurgien|h[ée]matologue|n[ée]phrologue|urologue|infectiologue|pharmacien)(?: d[eu'’][^,.;:()|]{2,25})?)"
)
_RESPONSIBLE = re.compile(
    r"\b(?i:aupr[èe]s d[eu]|suivie?s? par|(?:sera|seront) \w+ (?:au patient et )?(?:au|[àa]|par)"
    r"|[àa] (?:r[ée]cup[ée]rer|revoir|suivre|voir|transmettre|communiquer|adresser)(?: \w+)? (?:par|au|[àa])"
    r"|(?:revue?s?|transmise?s?|communiqu[ée]+e?s?) (?:par|au)|r[ée]sultats? (?:au|[àa]|chez)|surveill\w+ par"
    rf"|responsable ?:|par|avec)\s+(?:le |la |l['’])?({_PERSON}|{_FUNCTION})"
)


def delay_in(words: str) -> str:
    """Return when a result is to come, as written ("3 semaines", "26/05"), or an empty string."""
    match = _DELAY.search(words)
    return (match["length"] or match["bracket"] or match["day"]).strip() if match else ""


def sent_to_in(words: str) -> str:
    """Return the laboratory or the place to which a sample was sent, as written, or an empty string."""
    match = _SENT.search(words)
    return (match["place"] or match["outside"] or match["reference"]).strip() if match else ""


def responsible_in(words: str) -> str:
    """Return who is to follow a result, as written, or an empty string."""
    match = _RESPONSIBLE.search(words)
    return match[1].strip(" ,.-") if match else ""
