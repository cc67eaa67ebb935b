"""Conversations kept by the server: whose, how many questions, how long; and the two ways of asking over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant.api import conversations
from assistant.api.conversations import Conversations, Thread
from assistant.service import REMEMBERED
from tests.assistant.api.running import running
from tests.assistant.memory_service import JEANNE, JEANNINE, MemoryService

MINE = Thread("local", JEANNE.ipp, "c1")


class Clock:
    """Counts the seconds that it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(clock: Clock) -> Conversations:
    return Conversations(clock)


def test_the_questions_before_come_back_in_order(kept: Conversations) -> None:
    assert [kept.add(MINE, question) for question in ("a", "b", "c")] == [(), ("a",), ("a", "b")]


@pytest.mark.parametrize(
    "other",
    [Thread("other", JEANNE.ipp, "c1"), Thread("local", JEANNINE.ipp, "c1"), Thread("local", JEANNE.ipp, "c2")],
)
def test_nobody_elses_questions_come_back(kept: Conversations, other: Thread) -> None:
    kept.add(MINE, "a")
    assert kept.add(other, "b") == ()


def test_a_long_conversation_keeps_its_last_questions(kept: Conversations) -> None:
    for number in range(20):
        kept.add(MINE, str(number))
    assert kept.add(MINE, "last") == tuple(map(str, range(20 - REMEMBERED, 20)))


def test_a_conversation_left_is_forgotten(kept: Conversations, clock: Clock) -> None:
    kept.add(MINE, "a")
    clock.now += conversations.IDLE_SECONDS
    assert kept.add(MINE, "b") == ("a",)
    clock.now += conversations.IDLE_SECONDS + 1
    assert kept.add(MINE, "c") == ()


def test_the_one_left_longest_makes_room(kept: Conversations) -> None:
    kept.add(MINE, "a")
    for number in range(conversations.KEPT):
        kept.add(Thread("local", JEANNE.ipp, f"other {number}"), "b")
    assert kept.add(MINE, "c") == ()


def test_an_erasure_forgets_them_all(kept: Conversations) -> None:
    kept.add(MINE, "a")
    kept.clear()
    assert kept.add(MINE, "b") == ()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx.Client]:
    with running(MemoryService(), tmp_path) as server, server.client() as client:
        yield client


def understood(client: httpx.Client, question: str, **more: object) -> str:
    reply = client.post("/v1/ask", json={"patient": JEANNE.ipp, "question": question, **more})
    assert reply.status_code == 200, reply.text
    return str(reply.json()["understood"])


def test_a_conversation_over_http(client: httpx.Client) -> None:
    asked = ["Quelle était la créatinine en 2024 ?", "et en 2023 ?", "et la kaliémie ?"]
    told = [understood(client, question, conversation="c1") for question in asked]
    assert told == ["", "Quelle était la créatinine en 2023 ?", "Quelle était la kaliémie en 2023 ?"]
    assert understood(client, "et en 2022 ?", conversation="c2") == ""
    assert understood(client, "et en 2022 ?") == ""


def test_an_erasure_forgets_what_was_asked(client: httpx.Client) -> None:
    question = "Dernière créatinine ?"
    assert understood(client, question, conversation="c3") == ""
    client.delete("/v1/documents/D1")
    assert understood(client, "et en 2022 ?", conversation="c3") == ""


def test_a_client_may_keep_the_questions_itself(client: httpx.Client) -> None:
    before = ["Quelle était la créatinine en 2024 ?"]
    assert understood(client, "et en 2023 ?", previous=before) == "Quelle était la créatinine en 2023 ?"


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"conversation": "c1", "previous": ["a"]}, 400),
        ({"previous": ["a"] * (REMEMBERED + 1)}, 422),
        ({"previous": [""]}, 422),
    ],
)
def test_what_makes_no_sense_is_refused(client: httpx.Client, more: dict[str, object], status: int) -> None:
    reply = client.post("/v1/ask", json={"patient": JEANNE.ipp, "question": "allergies ?", **more})
    assert (reply.status_code, set(reply.json())) == (status, {"error", "hint", "id"})
