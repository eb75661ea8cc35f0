"""`paperreader refresh`: the real program, asking a server of the test's own."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import pytest

from tests.cli.conftest import Answer, Program
from tests.cli.online import MakeWorld, make_world, settled
from tests.feeds.hub import Entry, entry
from tests.feeds.hub import serve as hub
from tests.feeds.preprints import Preprint, rss_body
from tests.feeds.preprints import serve as preprints
from tests.feeds.world import Exchange, World, drip, reset, silence, text, zipped
from tests.terminal.pty import Terminal

__all__ = ["make_world"]

DAY = "2026-08-21"
FIVE_DAYS = ("2026-08-17", "2026-08-18", "2026-08-19", "2026-08-20", "2026-08-21")


def many(number: int, day: str = DAY) -> list[Entry]:
    return [entry(f"2608.{place:05}", day=day, upvotes=number - place) for place in range(1, number + 1)]


def ids(program: Program) -> set[str]:
    return {paper["arxiv_id"] for paper in program("find", "--json").objects}


@pytest.fixture
def world(make_world: MakeWorld, paperreader: Program) -> World:
    """Hugging Face with three papers, and arXiv."""
    made = make_world()
    settled(paperreader, made.url)
    hub(made, {DAY: many(3)})
    return made


def started(program: Program, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        program.command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=program.environment()
    )


def ended(process: subprocess.Popen[bytes]) -> Answer:
    out, err = process.communicate()
    return Answer(process.returncode, out.decode(), err.decode())


def stream(of: IO[bytes] | None) -> IO[bytes]:
    assert of is not None
    return of


def test_five_real_days_give_the_union_of_their_papers_and_again_nothing(
    paperreader: Program, make_world: MakeWorld, shared: Callable[[str], Path]
) -> None:
    days: dict[str, list[Entry]] = {
        day: json.loads(shared(f"payloads/hf_daily/{day}.json").read_text(encoding="utf-8")) for day in FIVE_DAYS
    }
    world = make_world()
    settled(paperreader, hub(world, days))
    union: set[str] = set()
    for day in FIVE_DAYS:
        before = len(union)
        union |= {item["paper"]["id"] for item in days[day]}
        answer = paperreader("refresh", "--day", day)
        assert answer.code == 0, answer.err
        assert answer.err.startswith(f"{len(union) - before} new, "), answer.err
    assert ids(paperreader) == union
    whole = paperreader("export", "--all", "--format", "jsonl").out
    asked = len(world.asked)
    for day in FIVE_DAYS:
        assert paperreader("refresh", "--day", day).err == "0 new, 0 changed.\n"
    assert [(one.status, one.sent) for one in world.asked[asked:]] == [(304, 0)] * 5
    assert paperreader("export", "--all", "--format", "jsonl").out == whole


def test_without_a_word_the_latest_comes_and_can_be_found_at_once(paperreader: Program, world: World) -> None:
    hub(world, {DAY: [*many(3), entry("2608.00009", title="On zyzzyvas")]})
    answer = paperreader("refresh")
    assert (answer.code, answer.out, answer.err) == (0, "", "4 new, 0 changed.\n")
    assert [line.split("\t")[0] for line in paperreader("find", "zyzzyvas").lines] == ["2608.00009"]
    assert [one.query.get("sort") for one in world.asked] == ["trending", None]


def test_a_library_that_begins_with_a_refresh_has_no_starter_papers(paperreader: Program, world: World) -> None:
    paperreader("refresh")
    assert len(ids(paperreader)) == 3


def test_a_refresh_that_brought_nothing_begins_no_library(paperreader: Program, world: World) -> None:
    world.says("/api/daily_papers", text("no", status=500))
    assert paperreader("refresh").code == 3
    assert len(ids(paperreader)) == 247


@pytest.mark.parametrize(
    ("words", "query"),
    [
        (["--day", "2026-08-21"], {"date": "2026-08-21"}),
        (["--week", "2026-W34"], {"week": "2026-W34"}),
        (["--month", "2026-08"], {"month": "2026-08"}),
    ],
)
def test_a_time_is_asked_for(paperreader: Program, world: World, words: list[str], query: dict[str, str]) -> None:
    assert paperreader("refresh", *words).err == "3 new, 0 changed.\n"
    assert [one.query for one in world.asked] == [{**query, "limit": "100"}]


def test_this_week_and_this_month_need_no_number(paperreader: Program, world: World) -> None:
    before = datetime.now(UTC).date()
    paperreader("refresh", "--month")
    paperreader("refresh", "huggingface", "--week")
    after = datetime.now(UTC).date()
    asked = {key: value for one in world.asked for key, value in one.query.items()}
    assert asked["month"] in {f"{day:%Y-%m}" for day in (before, after)}
    weeks = {f"{day.isocalendar().year}-W{day.isocalendar().week:02}" for day in (before, after)}
    assert asked.get("week") in weeks or "date" in asked  # the API does not take week 53, so its days are asked


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--day", "yesterday"], "a day is written YYYY-MM-DD"),
        (["--day"], "expected one argument"),
        (["--week", "2026-W54"], "a week is written YYYY-Www"),
        (["--month", "2026-13"], "a month is written YYYY-MM"),
        (["--day", DAY, "--month", "2026-08"], "not allowed with"),
        (["--since", "2026"], "unrecognized arguments"),
    ],
)
def test_a_time_that_is_none_is_misuse_and_nobody_is_asked(
    paperreader: Program, world: World, words: list[str], told: str
) -> None:
    answer = paperreader("refresh", *words)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err
    assert world.asked == []


def test_named_feeds_are_asked_followed_or_not(paperreader: Program, world: World) -> None:
    preprints(world, [Preprint("2608.00007")])
    assert paperreader("refresh", "arxiv", "cs.CL").err == "1 new, 0 changed.\n"
    assert paperreader("refresh", "cs.CL", "hf").err == "3 new, 0 changed.\n"
    answer = paperreader("refresh", "no such feed")
    assert answer.code == 1
    assert 'There is no feed "no such feed"' in answer.err


def test_one_source_that_fails_leaves_the_papers_of_the_others_and_ends_with_3(
    paperreader: Program, world: World, make_world: MakeWorld
) -> None:
    broken = make_world()
    settled(paperreader, world.url, broken.url)
    broken.says("/rss/cs.CL", text("broken", status=500))
    paperreader("feeds", "add", "--no-check", "cs.CL")
    answer = paperreader("refresh")
    assert answer.code == 3
    assert ids(paperreader) == {"2608.00001", "2608.00002", "2608.00003"}
    assert answer.err.splitlines()[-1].startswith("3 new, 0 changed; arXiv cs.CL: ")
    assert "The fault is on its side; try again later." in answer.err


@pytest.mark.parametrize(
    "odd",
    [reset, zipped(b" " * 40_000_000), text("<!doctype html><title>Log in</title>")],
    ids=["reset", "bomb", "page"],
)
def test_an_odd_answer_is_one_feeds_failure_in_a_sentence(paperreader: Program, world: World, odd: Any) -> None:
    world.says("/api/daily_papers", odd)
    answer = paperreader("refresh")
    assert (answer.code, answer.out) == (3, "")
    assert "Hugging Face: " in answer.err
    assert "Traceback" not in answer.err and not (paperreader.home / "paperreader.log").exists()


def test_an_answer_that_cannot_be_understood_is_kept_and_the_message_names_the_file(
    paperreader: Program, world: World
) -> None:
    world.says("/api/daily_papers", text('{"oops": 1}'))
    answer = paperreader("refresh", "--json")
    (told, _) = answer.objects
    assert told["outcome"] == "failed"
    file = Path(told["file"])
    assert file.read_text() == '{"oops": 1}'
    assert file.is_relative_to(paperreader.home / "cache")
    assert str(file) in paperreader("refresh").err


def test_new_fields_and_missing_ones_are_no_failure(paperreader: Program, world: World) -> None:
    bare = {"paper": {"id": "2608.00001", "title": "T"}, "novelty": {"deep": [1]}}
    world.says("/api/daily_papers", text(json.dumps([bare, {"no": "paper"}])))
    preprints(world, [])
    answer = paperreader("refresh", "--json")
    assert answer.code == 0
    assert answer.objects[0]["odd"] == 2  # one on each of the two pages
    assert "2 entries not understood" in answer.err


def test_what_came_is_told_as_json(paperreader: Program, world: World, make_world: MakeWorld) -> None:
    arxiv = make_world()
    settled(paperreader, world.url, arxiv.url)
    preprints(arxiv, [Preprint("2608.00003"), Preprint("2608.00004")])
    paperreader("feeds", "add", "cs.CL")
    answer = paperreader("refresh", "--json")
    *feeds, last = answer.objects
    assert {one["feed"]: one["outcome"] for one in feeds} == {"huggingface": "refreshed", "arxiv cs.CL": "refreshed"}
    assert all(set(one) == {"feed", "label", "outcome", "new", "changed", "odd", "left_off"} for one in feeds)
    assert set(last["new"]) == {f"2608.0000{n}" for n in range(1, 5)}
    assert (last["changed"], last["failed"], last["sentence"]) == ([], [], "4 new, 0 changed")
    hub(world, {DAY: [*many(2), entry("2608.00003", upvotes=77)]})
    *feeds, last = paperreader("refresh", "--json").objects
    assert {one["feed"]: one["outcome"] for one in feeds} == {"huggingface": "refreshed", "arxiv cs.CL": "unchanged"}
    assert last["new"] == [] and "2608.00003" in last["changed"]


def test_a_cool_down_is_told_kept_to_and_listed(paperreader: Program, world: World) -> None:
    world.says("/api/daily_papers", text("slow down", status=429, Retry_After="3600"))
    for how in ("asked too often", "not asked"):
        answer = paperreader("refresh", "--json")
        assert answer.code == 3
        (told, last) = answer.objects
        assert datetime.fromisoformat(told["until"]) > datetime.now(UTC)
        assert last["sentence"].startswith(f"0 new, 0 changed; Hugging Face: {how}, cooling down until ")
    assert len(world.asked) == 1
    assert "cooling down until" in paperreader("feeds").out


def test_offline_is_said_once_in_one_sentence(paperreader: Program, make_world: MakeWorld) -> None:
    settled(paperreader, "https://hub.invalid", "https://arxiv.invalid")
    paperreader("feeds", "add", "--no-check", "cs.CL")
    answer = paperreader("refresh")
    assert answer.code == 3
    assert answer.err.startswith("offline: ") and answer.err.endswith(" could not be asked.\n")
    assert answer.err.count("\n") == 1
    assert "Hugging Face" in answer.err and "arXiv cs.CL" in answer.err


def test_a_feed_that_has_no_such_time_is_passed_over(paperreader: Program, world: World) -> None:
    url = world.says("/feed", text(rss_body([Preprint("2608.00008")])))
    paperreader("feeds", "add", url, "--title", "Blog")
    answer = paperreader("refresh", "--day", DAY)
    assert answer.code == 0
    assert "Blog has its latest entries only, none of 2026-08-21." in answer.err
    assert answer.err.endswith("3 new, 0 changed.\n")


def test_with_every_feed_off_or_gone_it_says_so(paperreader: Program, world: World) -> None:
    file = paperreader.home / "settings.toml"
    file.write_text(f'[feeds.huggingface]\non = false\nbase_url = "{world.url}"\n')
    answer = paperreader("refresh")
    assert answer.code == 1
    assert "paperreader feeds add" in answer.err
    assert "off" in paperreader("feeds").out
    assert paperreader("refresh", "huggingface").code == 0


def test_a_mistake_in_the_settings_is_named_and_nobody_is_asked(paperreader: Program, world: World) -> None:
    (paperreader.home / "settings.toml").write_text('[feeds.huggingface]\nbase_url = "http://huggingface.co"\n')
    answer = paperreader("refresh")
    assert answer.code == 1
    assert "settings.toml, line 2: feeds.huggingface.base_url must be an address" in answer.err
    assert world.asked == []


def test_secrets_go_nowhere_but_to_their_hosts_and_the_contact_to_everybody(paperreader: Program, world: World) -> None:
    settled(paperreader, world.url, more='on = true\n[feeds]\ncontact = "me@example.org"\n')
    preprints(world, [Preprint("2608.00004")])
    world.says("/graph/v1/paper/batch", text("[null, null, null, null]"))
    secrets = {"HF_TOKEN": "hf_secret", "SEMANTIC_SCHOLAR_API_KEY": "s2_secret"}
    answer = paperreader("refresh", "huggingface", "cs.CL", environment=secrets)
    assert answer.code == 0, answer.err
    assert {one.path for one in world.asked} == {"/api/daily_papers", "/rss/cs.CL", "/graph/v1/paper/batch"}
    for one in world.asked:
        assert "secret" not in str(one.headers)
        assert one.headers["user-agent"].startswith("paperreader/") and "(me@example.org)" in one.headers["user-agent"]


def test_ctrl_c_ends_it_though_a_feed_never_answers_and_keeps_what_came(
    paperreader: Program, world: World, make_world: MakeWorld
) -> None:
    arxiv = make_world()
    arxiv.says("/rss/cs.CL", silence)
    settled(paperreader, world.url, arxiv.url)
    process = started(paperreader, "refresh", "huggingface", "cs.CL", "--json")
    assert json.loads(stream(process.stdout).readline())["feed"] == "huggingface"
    assert arxiv.came.wait(60)
    process.send_signal(signal.SIGINT)
    answer = ended(process)
    assert answer.code == 130  # and not the 3 of a feed that had its 30 seconds
    assert answer.err == "Ended by Ctrl+C. What had come is kept; refreshing again brings the rest.\n"
    assert len(ids(paperreader)) == 3


@pytest.mark.parametrize("never", [drip, silence], ids=["drips", "is silent"])
def test_ctrl_c_gives_the_turn_back(paperreader: Program, world: World, never: Any) -> None:
    world.says("/api/daily_papers", never)
    process = started(paperreader, "refresh")
    assert world.came.wait(60)
    process.send_signal(signal.SIGINT)
    assert ended(process).code == 130
    with sqlite3.connect(paperreader.home / "data" / "library.db") as connection:
        (free_at,) = connection.execute("SELECT free_at FROM host").fetchone()
    connection.close()
    assert free_at <= datetime.now(UTC).timestamp()


def test_progress_is_shown_to_a_person(paperreader: Program, world: World) -> None:
    held = hold_from(world, 2, hub_pages(world, 250))
    with Terminal.of_paperreader(paperreader.home, "refresh", "--day", DAY) as terminal:
        terminal.until("Hugging Face 1/2")
        held()
        assert terminal.wait() == 0
        assert "250 new, 0 changed." in terminal.text and "1/2" not in terminal.text


def hub_pages(world: World, number: int) -> Callable[[Exchange], None]:
    """What a hub with so many papers on one day answers."""
    papers = many(number)

    def answer(exchange: Exchange) -> None:
        start = int(exchange.asked.query.get("p", "0")) * 100
        exchange.reply(json.dumps(papers[start : start + 100]).encode(), 200, {"ETag": f'"{start}"'})

    return answer


def hold_from(world: World, number: int, answer: Callable[[Exchange], None]) -> Callable[[], None]:
    """Answer, but let the request of that number, and later ones, wait; the function lets them go on."""
    go_on, reached = threading.Event(), threading.Event()

    def held(exchange: Exchange) -> None:
        if len(world.asked) >= number:
            reached.set()
            go_on.wait(60)
        answer(exchange)

    world.says("/api/daily_papers", held)
    world.came = reached
    return go_on.set


def freed(program: Program) -> None:
    """Nobody waits for the turn of a program that was killed: here, where that would be half a minute."""
    with sqlite3.connect(program.home / "data" / "library.db") as connection:
        connection.execute("UPDATE host SET free_at = 0")
    connection.close()


def pages_and_papers(program: Program) -> tuple[set[int], set[str]]:
    """Which pages the library remembers as seen, and which papers it has; the file is sound."""
    connection = sqlite3.connect(program.home / "data" / "library.db")
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        urls = [url for (url,) in connection.execute("SELECT url FROM page")]
        seen = {int(url.partition("&p=")[2] or "0") for url in urls}
        return seen, {name for (name,) in connection.execute("SELECT arxiv_id FROM paper")}
    finally:
        connection.close()


@pytest.mark.parametrize("request_number", [1, 2, 3, 5])
def test_a_refresh_that_is_killed_loses_no_page_that_it_remembers_and_the_next_one_completes_it(
    paperreader: Program, world: World, request_number: int
) -> None:
    go_on = hold_from(world, request_number, hub_pages(world, 450))
    process = started(paperreader, "refresh", "--day", DAY)
    assert world.came.wait(60)
    process.kill()
    process.communicate()
    go_on()
    seen, papers = pages_and_papers(paperreader)
    for page in seen:
        assert {f"2608.{place:05}" for place in range(page * 100 + 1, min(450, page * 100 + 100) + 1)} <= papers
    freed(paperreader)
    assert paperreader("refresh", "--day", DAY).code == 0
    assert ids(paperreader) == {f"2608.{place:05}" for place in range(1, 451)}


def test_a_refresh_that_is_killed_between_two_transactions_keeps_the_finished_ones(
    paperreader: Program, make_world: MakeWorld
) -> None:
    world = make_world()
    url = world.says("/feed", text(rss_body([Preprint(f"2608.{n:05}") for n in range(1, 1201)])))
    settled(paperreader, world.url)
    paperreader("feeds", "add", "--no-check", url)
    process = started(paperreader, "refresh", url)
    connection = sqlite3.connect(paperreader.home / "data" / "library.db")
    while not connection.execute("SELECT count(*) FROM paper").fetchone()[0]:
        assert process.poll() is None
    process.kill()
    process.communicate()
    kept = connection.execute("SELECT count(*) FROM paper").fetchone()[0]
    connection.close()
    assert kept % 50 == 0 and 0 < kept <= 1200
    freed(paperreader)
    assert paperreader("refresh", url).code == 0
    assert len(ids(paperreader)) == 1200
    assert len(paperreader("find", "title:preprint").lines) == 1200


def test_two_refreshes_at_once_both_end_well(paperreader: Program, world: World) -> None:
    hub(world, {DAY: many(250)})
    both = [started(paperreader, "refresh", "--day", DAY) for _ in range(2)]
    answers = [ended(process) for process in both]
    assert [answer.code for answer in answers] == [0, 0], [answer.err for answer in answers]
    assert sum(int(answer.err.splitlines()[-1].partition(" ")[0]) for answer in answers) == 250
    assert len(ids(paperreader)) == 250
    assert world.busiest == 1


def test_a_library_of_a_newer_program_is_refused_before_anybody_is_asked(paperreader: Program, world: World) -> None:
    paperreader("refresh")
    file = paperreader.home / "data" / "library.db"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    asked = len(world.asked)
    answer = paperreader("refresh")
    assert answer.code == 1
    assert "was written by paperreader" in answer.err
    assert len(world.asked) == asked
