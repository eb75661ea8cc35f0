"""Bodies with something wrong in them: understood or refused, never another exception.

`PAPERREADER_RUNS=10000 pytest --timeout=0 tests/feeds/test_mutations.py` runs
10,000 of each kind, other ones each time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperreader.errors import FeedError
from tests.feeds.hub import entry
from tests.feeds.payloads import PARSES, by_hand, real

_BY_HAND = os.environ.get("PAPERREADER_RUNS")


def runs(sample: int) -> settings:
    """So many runs with a fixed seed, or as many as are wanted by hand."""
    return settings(
        max_examples=int(_BY_HAND or sample),
        derandomize=not _BY_HAND,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
    )


RUNS = runs(150)
LARGE = 60_000
"""Bytes: of larger bodies, as nearly all days of Hugging Face are, a smaller sample: each run takes 10 to 100 ms."""

SPLICES = st.sampled_from(
    [
        *(b"\x00", b"\xff\xfe", b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"<!DOCTYPE a [", b"&#0;", b"&a;"),
        *(b"[", b"]", b"{", b"}", b'"', b"\\ud800", b"\\u0000", b"1e999", b"-0", b"NaN", b"null", b"9" * 5_000),
        *(b"<entry>", b"</entry>", b"<item>", b"</channel>", b'xmlns="x"', b"\\'", b"{\\'", b"$", b"(" * 50, b"\xc3"),
    ]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["\ud800", 10**40, "2608.00001"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


class Bodies(list[tuple[bytes, str]]):
    """Bodies with the names of their parses; Hypothesis prints them where it prints what fails."""

    def __repr__(self) -> str:
        return f"{len(self):,} bodies"


@pytest.fixture(scope="module")
def all_bodies(shared: Callable[[str], Path]) -> Bodies:
    """The bodies made by hand, and the real ones where they are."""
    try:
        return Bodies([*by_hand(), *((body, parse) for _, body, parse in real(shared("payloads")))])
    except pytest.skip.Exception:
        return Bodies(by_hand())


@pytest.fixture(scope="module")
def bodies(all_bodies: Bodies) -> Bodies:
    """Those of a usual size."""
    return Bodies(pair for pair in all_bodies if len(pair[0]) <= LARGE)


@pytest.fixture(scope="module")
def large_bodies(all_bodies: Bodies) -> Bodies:
    """The others; where there are no real ones, one made by hand."""
    made = [(json.dumps([entry(f"2608.{n:05}") for n in range(200)]).encode(), "huggingface")]
    return Bodies([pair for pair in all_bodies if len(pair[0]) > LARGE] or made)


def check(body: bytes, parse: str) -> None:
    try:
        sightings = PARSES[parse](body)
    except FeedError:
        return
    for sighting in sightings:
        str(sighting).encode()
        assert sighting.identities
        assert "\n" not in sighting.title


CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1),  # where, as a share of the body
        st.sampled_from([0, 0, 1, 3, 50, 5_000]),  # how many bytes go
        SPLICES | st.binary(max_size=8) | st.none(),  # what comes; None: what goes, twice
    ),
    min_size=1,
    max_size=4,
)


@RUNS
@given(number=st.integers(0, 10**6), changes=CHANGES)
def test_bytes_that_are_not_what_they_were(
    bodies: Bodies, number: int, changes: list[tuple[float, int, bytes | None]]
) -> None:
    check_changed(*bodies[number % len(bodies)], changes)


@runs(50)
@given(number=st.integers(0, 10**6), changes=CHANGES)
def test_bytes_of_large_bodies_that_are_not_what_they_were(
    large_bodies: Bodies, number: int, changes: list[tuple[float, int, bytes | None]]
) -> None:
    check_changed(*large_bodies[number % len(large_bodies)], changes)


def check_changed(body: bytes, parse: str, changes: list[tuple[float, int, bytes | None]]) -> None:
    for share, gone, come in changes:
        begin = int(share * len(body))
        end = begin + gone
        body = body[:begin] + (body[begin:end] * 2 if come is None else come) + body[end:]
    check(body, parse)


@RUNS
@given(data=st.data())
def test_json_whose_values_are_of_another_kind(bodies: Bodies, data: st.DataObject) -> None:
    check_values(bodies, data)


@runs(25)
@given(data=st.data())
def test_large_json_whose_values_are_of_another_kind(large_bodies: Bodies, data: st.DataObject) -> None:
    check_values(large_bodies, data)


def check_values(bodies: Bodies, data: st.DataObject) -> None:
    told = [(body, parse) for body, parse in bodies if parse in ("huggingface", "detail", "semantic scholar")]
    body, parse = data.draw(st.sampled_from([pair for pair in told if _is_json(pair[0])]))
    value = json.loads(body)
    for _ in range(data.draw(st.integers(1, 3))):
        value = _changed(value, data)
    check(json.dumps(value).encode(), parse)


@RUNS
@given(body=st.binary(max_size=300), parse=st.sampled_from(sorted(PARSES)))
def test_bytes_that_never_were_anything(body: bytes, parse: str) -> None:
    check(body, parse)


def _is_json(body: bytes) -> bool:
    try:
        return bool(json.loads(body))
    except ValueError:
        return False


def _changed(value: Any, data: st.DataObject) -> Any:
    """The value with something within it replaced or gone."""
    if isinstance(value, list) and value and data.draw(st.integers(0, 9)):
        place = data.draw(st.integers(0, len(value) - 1))
        return [*value[:place], _changed(value[place], data), *value[place + 1 :]]
    if isinstance(value, dict) and value and data.draw(st.integers(0, 9)):
        name = data.draw(st.sampled_from(sorted(value)))
        rest = {other: value[other] for other in value if other != name}
        return rest if data.draw(st.booleans()) else {**rest, name: _changed(value[name], data)}
    return data.draw(VALUES)
