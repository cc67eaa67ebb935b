"""Put one question to the assistant and wait for the whole answer."""

from assistant.errors import Unavailable
from assistant.service import Service
from assistant.types import LOCAL, Answer, Done


def ask(service: Service, patient: str, question: str) -> Answer:
    """Ask about one patient and return the whole answer. Raises Unavailable when the stream stops short."""
    for event in service.ask(LOCAL, patient, question):
        if isinstance(event, Done):
            return event.answer
    raise Unavailable("La réponse est restée inachevée.", "Reposez la question.")
