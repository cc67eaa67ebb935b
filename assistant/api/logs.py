"""Logs as lines of JSON on standard error: an event, ids, counts and durations; never a URL, never patient text."""

import json
import logging
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object: time, level, event, then the fields given in ``extra={"fields": {}}``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a traceback is never written, since exceptions may quote what they worked on."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        return json.dumps(line, ensure_ascii=False)


def log_to_stderr() -> None:
    """Send what Liaison logs to standard error; libraries stay silent below a warning."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("liaison")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False
