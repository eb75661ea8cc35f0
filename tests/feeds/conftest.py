"""A world to ask, a clock that does not wait, and a client that knows both."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from paperreader.feeds import Client, Limits, Patience
from tests.feeds.world import World

_ENVIRONMENT = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")


class QuickClock:
    """Sleeping takes no time and moves the clock on."""

    def __init__(self, now: float = 1_000_000.0) -> None:
        self.time = now
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


def streamed(status: int, body: bytes = b"[]", **headers: str) -> httpx.Response:
    """An answer for a MockTransport, as the network's is: not read yet."""
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(body))


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of the machine that runs the tests stands between them and their world."""
    for name in _ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def world() -> Iterator[World]:
    made = World()
    yield made
    made.close()


@pytest.fixture
def clock() -> QuickClock:
    return QuickClock()


MakeClient = Callable[..., Client]


@pytest.fixture
def make_client(clock: QuickClock) -> Iterator[MakeClient]:
    """A client with the quick clock; what Patience takes goes to it, the rest to Client."""
    made: list[Client] = []

    def make(*, limits: Limits | None = None, **given: Any) -> Client:
        names = ("hosts", "manners", "transport", "clock")
        patient = {name: given.pop(name) for name in names if name in given}
        patience = Patience(**{"clock": clock, **patient}, limits=limits or Limits(), chance=random.Random(1))
        made.append(Client(agent="paperreader/test", patience=patience, **given))
        return made[-1]

    yield make
    for client in made:
        client.close()
