"""What an open workspace reports of itself: for ``liaison doctor`` and ``/ready``."""

from assistant.bootstrap import Workspace
from assistant.types import Check, Health
from ingestion.indexing import verify_index


def inspect(workspace: Workspace) -> Health:
    """Check the database, the index against the record, and the engines configured. Reads no clinical text."""
    checks = (_database(workspace), _index(workspace), _facts(workspace), _embedder(workspace), _chat_model())
    return Health(ready=all(check.state != "error" for check in checks), checks=checks)


def _database(workspace: Workspace) -> Check:
    counts = workspace.record.counts()
    detail = f"{workspace.record.engine.dialect.name} : {counts.patients} patients, {counts.documents} documents"
    if counts.waiting:
        return Check(
            "database", "warning", f"{detail}, {counts.waiting} en attente", "Ces documents n'ont pas de patient connu."
        )
    return Check("database", "ok", detail)


def _index(workspace: Workspace) -> Check:
    gap, pending = verify_index(workspace.ingestion), workspace.record.counts().pending
    if gap or pending:
        return Check(
            "index",
            "error",
            f"{len(gap.missing)} passages manquent, {len(gap.extra)} sont en trop, {pending} attendent",
            "Relancez `liaison ingest` : l'index se complète à partir du dossier.",
        )
    where = "serveur Qdrant" if workspace.settings.qdrant_url else "index embarqué"
    return Check("index", "ok", f"{where} : {workspace.record.counts().passages} passages, concordant avec le dossier")


def _facts(workspace: Workspace) -> Check:
    counts = workspace.record.counts()
    if counts.outdated:
        return Check(
            "facts",
            "warning",
            f"{counts.facts} faits ; {counts.outdated} documents à extraire avec les règles de cette version",
            "Relancez `liaison ingest` sur un fichier, même déjà connu : les faits se complètent à partir du dossier.",
        )
    return Check("facts", "ok", f"{counts.facts} faits, extraits par les règles de cette version")


def _embedder(workspace: Workspace) -> Check:
    if workspace.embedder is None:
        return Check("embedder", "ok", "aucun : recherche par les mots (BM25 français)")
    return Check("embedder", "ok", f"{workspace.embedder.name}, {workspace.embedder.dimension} dimensions")


def _chat_model() -> Check:
    return Check("chat_model", "ok", "aucun : réponses citées mot pour mot")
