"""How often, when, and until when not: retries, turns, cool-downs."""

from __future__ import annotations

import random
import threading
import time
from email.utils import formatdate
from itertools import pairwise

import httpx
import pytest

from paperreader.errors import FeedCoolingDown, FeedRefused, FeedStopped, FeedUnreachable
from paperreader.feeds import Hosts, HostsInMemory, WallClock, never
from paperreader.feeds.fetch import Fetched
from paperreader.feeds.manners import Manners, manners_of
from paperreader.feeds.retry import backoff, exhausted, retry_after
from paperreader.feeds.throttle import turn
from tests.feeds.conftest import MakeClient, QuickClock, streamed
from tests.feeds.world import Answer, World, cut, nonsense, reset, text

GOOD = text("[]")
ARXIV = Manners("arxiv.org", 3.0)


@pytest.mark.parametrize(
    "fault", [text("", status=502), text("", status=503), text("", status=504), reset, cut(b"[1, 2, 3]"), nonsense]
)
def test_a_passing_fault_is_tried_again_after_a_while(
    world: World, make_client: MakeClient, clock: QuickClock, fault: Answer
) -> None:
    url = world.says("/page", fault, fault, GOOD)
    fetched = make_client().get(url, stop=never)
    assert isinstance(fetched, Fetched)
    assert len(world.asked) == 3
    assert 1.5 <= sum(clock.slept) <= 3.1  # 0.5 to 1 s, then 1 to 2 s


def test_a_fault_that_does_not_pass_is_told_after_three_attempts(world: World, make_client: MakeClient) -> None:
    with pytest.raises(FeedRefused, match="503"):
        make_client().get(world.says("/page", text("", status=503)), stop=never)
    assert len(world.asked) == 3
    with pytest.raises(FeedUnreachable):
        make_client().get(world.says("/reset", reset), stop=never)
    assert len(world.asked) == 6


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 500, 501])
def test_other_refusals_are_final(world: World, make_client: MakeClient, status: int) -> None:
    with pytest.raises(FeedRefused) as caught:
        make_client().get(world.says("/page", text("", status=status)), stop=never)
    assert caught.value.status == status
    assert len(world.asked) == 1


def test_a_server_that_says_when_is_asked_then(world: World, make_client: MakeClient, clock: QuickClock) -> None:
    make_client().get(world.says("/page", text("", status=503, retry_after="7"), GOOD), stop=never)
    assert sum(clock.slept) == pytest.approx(7)


def test_a_server_that_wants_long_is_left_alone_that_long(
    world: World, make_client: MakeClient, clock: QuickClock
) -> None:
    url = world.says("/page", text("", status=503, retry_after="3600"))
    with pytest.raises(FeedCoolingDown) as caught:
        make_client().get(url, stop=never)
    assert caught.value.until == clock.now() + 3600
    assert len(world.asked) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "90"}, 90),
        ({"RateLimit": '"api";r=0;t=55', "RateLimit_Policy": '"fixed window";"api";q=500;w=300'}, 56),
        ({}, 300),
        ({"retry_after": "soon"}, 300),
        ({"retry_after": "0"}, 1),
        ({"retry_after": "99999999999999999999"}, 86_400),
    ],
)
def test_asked_too_often_is_one_attempt_and_a_cool_down(
    world: World, make_client: MakeClient, clock: QuickClock, headers: dict[str, str], seconds: float
) -> None:
    url = world.says("/page", text("Rate exceeded.", status=429, **headers))
    hosts = HostsInMemory()
    client = make_client(hosts=hosts)
    with pytest.raises(FeedCoolingDown) as caught:
        client.get(url, stop=never)
    assert caught.value.until == pytest.approx(clock.now() + seconds)
    with pytest.raises(FeedCoolingDown):
        make_client(hosts=hosts).get(url, stop=never)
    assert len(world.asked) == 1
    clock.time += seconds + 0.1
    with pytest.raises(FeedCoolingDown):
        client.get(url, stop=never)
    assert len(world.asked) == 2


def test_a_cool_down_is_told_to_the_next_minute_and_with_its_day(
    world: World, make_client: MakeClient, clock: QuickClock
) -> None:
    told = []
    for seconds in (1, 86_400):
        clock.time = time.mktime((2026, 11, 24, 12, 0, 30, 0, 0, -1))
        with pytest.raises(FeedCoolingDown) as caught:
            make_client().get(world.says("/page", text("", status=429, retry_after=str(seconds))), stop=never)
        told.append(caught.value.clock)
    assert told == ["12:01", "25 Nov 12:01"]


def test_a_cool_down_may_be_a_date(world: World, make_client: MakeClient, clock: QuickClock) -> None:
    url = world.says("/page", text("", status=429, retry_after=formatdate(clock.now() + 120, usegmt=True)))
    with pytest.raises(FeedCoolingDown) as caught:
        make_client().get(url, stop=never)
    assert caught.value.until == pytest.approx(clock.now() + 120)


def test_the_last_of_the_window_is_given_and_then_the_window_is_waited_for(
    world: World, make_client: MakeClient, clock: QuickClock
) -> None:
    url = world.says("/page", text("[]", RateLimit='"api";r=0;t=20'))
    client = make_client()
    assert isinstance(client.get(url, stop=never), Fetched)
    with pytest.raises(FeedCoolingDown) as caught:
        client.get(url, stop=never)
    assert caught.value.until == clock.now() + 21


def test_a_cool_down_that_a_wrong_clock_wrote_is_not_believed(world: World, make_client: MakeClient) -> None:
    hosts = HostsInMemory()
    hosts.cool(manners_of(world.url).host, 9e9)
    assert isinstance(make_client(hosts=hosts).get(world.says("/page", GOOD), stop=never), Fetched)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        *(("5", 5), (" 0 ", 0), ("-1", None), ("", None), ("1.5", None), ("\u0665", None)),
        *(("Thu, 01 Jan 1970 00:01:00 GMT", 60), ("Thu, 01 Jan 1970 00:01:00", 60), ("Thu, 99 Jan 1970", None)),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float | None) -> None:
    assert retry_after(value, now=0.0) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ('"api";r=0;t=55', 56),
        ('"api";r=3;t=55', None),
        ('"pages";r=7;t=9, "api";r=0;t=30, "other";r=0;t=12', 31),
        ("r=0", None),
        ("r=0;t=99999999999999999", None),
        ("", None),
        (";;==,,", None),
    ],
)
def test_a_rate_limit_is_exhausted_or_not(value: str, seconds: float | None) -> None:
    assert exhausted(value) == seconds


def test_waits_grow_and_differ() -> None:
    chance = random.Random(7)
    firsts = {backoff(1, chance) for _ in range(50)}
    assert len(firsts) > 40
    assert all(0.5 <= wait <= 1 for wait in firsts)
    assert all(1 <= backoff(2, chance) <= 2 for _ in range(50))


def test_arxiv_is_asked_once_in_three_seconds_over_all_its_hosts(make_client: MakeClient, clock: QuickClock) -> None:
    times: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        times.append(clock.now())
        return streamed(200)

    hosts = HostsInMemory()
    for host in ("export.arxiv.org", "rss.arxiv.org", "arxiv.org"):
        client = make_client(hosts=hosts, transport=httpx.MockTransport(answer))  # each as if another process
        client.get(f"https://{host}/", stop=never)
    gaps = [later - sooner for sooner, later in pairwise(times)]
    assert all(3.0 <= gap <= 3.2 for gap in gaps)
    assert manners_of("https://notarxiv.org/").host == "notarxiv.org"


def test_a_host_is_never_asked_twice_at_once(world: World, make_client: MakeClient) -> None:
    url = world.says("/page", GOOD)
    hosts = HostsInMemory()
    clients = [make_client(hosts=hosts, clock=WallClock(), manners=lambda url: Manners("one", 0.0)) for _ in range(4)]
    threads = [threading.Thread(target=client.get, args=(url,), kwargs={"stop": never}) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(world.asked) == 4
    assert world.busiest == 1


def test_waiting_for_a_turn_ends_when_the_person_wants(clock: QuickClock) -> None:
    hosts = HostsInMemory()
    hosts.take("arxiv.org", clock.now(), clock.now() + 30)
    asked = iter([False, False, True])
    with pytest.raises(FeedStopped), turn(hosts, ARXIV, clock, hold=35, stop=lambda: next(asked)):
        pytest.fail("the turn was another's")
    assert sum(clock.slept) <= 0.5


def test_who_dies_with_the_turn_blocks_no_longer_than_they_could_have_had_it(clock: QuickClock) -> None:
    hosts = HostsInMemory()
    hosts.take("arxiv.org", clock.now(), clock.now() + 38)
    with turn(hosts, ARXIV, clock, hold=35, stop=never):
        pass
    assert 37.5 <= sum(clock.slept) <= 38.5


def check_hosts(hosts: Hosts) -> None:
    """What every `Hosts` does, wherever it keeps it."""
    assert hosts.take("a", 100.0, 138.0) == 0
    assert hosts.take("a", 101.0, 139.0) == 138.0
    assert hosts.take("b", 101.0, 139.0) == 0
    hosts.leave("a", 105.0)
    assert hosts.take("a", 104.9, 142.9) == 105.0
    assert hosts.take("a", 105.0, 143.0) == 0
    assert hosts.take("a", 104.99, 142.99) == 143.0  # looked at the clock before, and came after
    hosts.leave("a", 9e9)  # written by a clock that was wrong
    assert hosts.take("a", 106.0, 144.0) == 0
    assert hosts.cooling_until("a") == 0
    hosts.cool("a", 200.0)
    assert hosts.cooling_until("a") == 200.0
    assert hosts.cooling_until("b") == 0


def test_turns_in_memory_are_turns() -> None:
    check_hosts(HostsInMemory())
