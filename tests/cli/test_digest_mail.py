"""`paperreader digest --send`: the real program, a real mail server, and what the ledger knows after each ending."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from paperreader.library import Library
from paperreader.paths import Paths
from paperreader.store import ledger
from tests.cli.conftest import Answer, Program
from tests.cli.online import MakeWorld, make_world, settled
from tests.digest.conftest import authority
from tests.digest.post import HOST, Came, Post
from tests.feeds.hub import Entry, entry
from tests.feeds.hub import serve as hub
from tests.feeds.world import World, silence, text

__all__ = ["authority", "make_world"]

FIVE_DAYS = ("2026-08-17", "2026-08-18", "2026-08-19", "2026-08-20", "2026-08-21")
TO = 'to = "me@example.org"\n'


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    return make_world()


def mailed(program: Program, world: World, *lines: str) -> None:
    """Settings with these lines in [digest]."""
    settled(program, world.url, more="[digest]\n" + "\n".join(lines) + "\n")


def by(post: Post, *more: str) -> tuple[str, ...]:
    return (TO, f'smtp = "{HOST}:{post.port}"', 'tls = "none"', *more)


def days(world: World, *days: tuple[str, int]) -> None:
    """Hugging Face with so many papers on these days."""
    hub(
        world,
        {
            day: [
                entry(f"{day[2:4]}{day[8:]}.{place:05}", day=day, upvotes=99 - place) for place in range(1, number + 1)
            ]
            for day, number in days
        },
    )


def ids(mail: Came) -> list[str]:
    return [line.split("/abs/")[1] for line in mail.text.splitlines() if "/abs/" in line]


def test_five_real_days_are_five_mails_without_a_repeat(
    paperreader: Program, world: World, shared: Callable[[str], Path]
) -> None:
    known: dict[str, list[Entry]] = {}
    seen: list[str] = []
    with Post() as post:
        mailed(paperreader, world, *by(post, "trending = 8"))
        for day in FIVE_DAYS:
            known[day] = json.loads(shared(f"payloads/hf_daily/{day}.json").read_bytes())
            hub(world, known)
            answer = paperreader("digest", "--send", "--refresh")
            assert answer.code == 0, answer.err
            mail = post.came[-1]
            assert answer.err.splitlines()[-1] == "Sent 8 papers to me@example.org: 250 OK, queued as 1."
            assert mail.recipients == ["me@example.org"]
            first = sorted(known[day], key=lambda item: -item["paper"]["upvotes"])[:3]
            assert {item["paper"]["id"] for item in first} <= set(ids(mail))
            seen += ids(mail)
        assert len(seen) == len(set(seen)) == 40
        answer = paperreader("digest", "--send")
        assert (answer.code, len(post.came)) == (0, 5)
        assert "me@example.org: Nothing is new since the mail of" in answer.err
        mailed(paperreader, world, *by(post, "trending = 8", 'nothing_new = "none"'))
        answer = paperreader("digest", "--send")
        assert (answer.code, len(post.came)) == (0, 5)
        assert "no mail, as the settings say" in answer.err


def test_days_off_are_asked_for_by_name_and_caught_up(paperreader: Program, world: World) -> None:
    today = datetime.now(UTC).date()
    off = [(today - timedelta(days=back)).isoformat() for back in (3, 2, 1)]
    days(world, (off[0], 2))
    with Post() as post:
        mailed(paperreader, world, *by(post, "trending = 3"))
        assert paperreader("digest", "--send", "--refresh").code == 0
        # What is newest and what trends is all of today: more than one answer holds.
        late = [entry(f"2699.{n:05}", day=today.isoformat(), upvotes=5000 - n) for n in range(250)]
        lists = {
            day: [entry(f"26{n + 10}.{k:05}", day=day, upvotes=50 - k) for k in range(4)] for n, day in enumerate(off)
        }
        hub(world, {**lists, today.isoformat(): late})
        answer = paperreader("digest", "--send", "--refresh")
        assert answer.code == 0, answer.err
    assert {day for asked in world.asked if (day := asked.query.get("date"))} == set(off)
    assert "of 3 days" in post.came[-1].mail["Subject"]
    assert {f"26{n}.{k:05}" for n in (11, 12) for k in range(3)} <= set(ids(post.came[-1]))
    assert "2610.00000" in ids(post.came[-1])  # of the day of the last digest what came late, and is its third


def test_a_missed_day_that_is_not_answered_for_is_asked_for_again_and_costs_the_others_nothing(
    paperreader: Program, world: World
) -> None:
    today = datetime.now(UTC).date()
    off = [(today - timedelta(days=back)).isoformat() for back in (3, 2, 1)]
    lists = {day: [entry(f"26{n + 10}.{k:05}", day=day, upvotes=50 - k) for k in range(4)] for n, day in enumerate(off)}
    # What is newest and what trends is all of today: more than one answer holds.
    late = {today.isoformat(): [entry(f"2699.{n:05}", day=today.isoformat(), upvotes=5000 - n) for n in range(250)]}

    days(world, (off[0], 2))
    with Post() as post:
        mailed(paperreader, world, *by(post, "trending = 3"))
        assert paperreader("digest", "--send", "--refresh").code == 0
        hub(world, {**lists, **late}, failing=off[1])
        assert paperreader("digest", "--send", "--refresh").code == 3
        assert {day for asked in world.asked if (day := asked.query.get("date"))} == set(off)
        mail = post.came[-1]
        assert "2612.00000" in ids(mail) and not any(name.startswith("2611") for name in ids(mail))
        assert "Hugging Face is asked again next time for" in " ".join(mail.text.split())
        assert paperreader("digest", "--send").code == 0  # without a refresh it stays to be asked for
        hub(world, {**lists, **late})
        assert paperreader("digest", "--send", "--refresh").code == 0
        assert [name for name in ids(post.came[-1]) if name.startswith("2611")] == [f"2611.{k:05}" for k in range(3)]
        world.asked.clear()
        assert paperreader("digest", "--send", "--refresh").code == 0
        assert {day for asked in world.asked if (day := asked.query.get("date"))} <= {off[2]}
    seen = [name for mail in post.came for name in ids(mail)]
    assert len(seen) == len(set(seen))


def test_what_did_not_go_out_goes_out_with_the_next(paperreader: Program, world: World) -> None:
    days(world, ("2026-08-20", 2))
    with Post(says={"DATA": "451 greylisted"}) as post:
        mailed(paperreader, world, *by(post))
        answer = paperreader("digest", "--send", "--refresh")
        assert answer.code == 1
        assert "451 greylisted" in answer.err
        assert "try again later" in answer.err
        assert post.came == []
    days(world, ("2026-08-20", 2), ("2026-08-21", 1))
    with Post() as post:
        mailed(paperreader, world, *by(post))
        assert "did not go out" in paperreader("digest").err
        assert paperreader("digest", "--send", "--refresh").code == 0
        assert "did not go out" not in paperreader("digest").err
        (mail,) = post.came
        assert ids(mail) == ["2621.00001", "2620.00001", "2620.00002"]
        assert "not known" not in mail.text
        answer = paperreader("digest", "--again")
        assert answer.code == 0, answer.err
        assert post.came[1].data == mail.data


def test_an_unclear_mail_is_told_of_and_never_repeated_unasked(paperreader: Program, world: World) -> None:
    days(world, ("2026-08-20", 2))
    with Post(drops="DATA") as post:
        mailed(paperreader, world, *by(post))
        answer = paperreader("digest", "--send", "--refresh")
        assert answer.code == 4
        assert "was given the whole mail and then hung up" in answer.err
        assert "`paperreader digest --again 1` sends it once more" in answer.err
    days(world, ("2026-08-20", 2), ("2026-08-21", 1))
    with Post() as post:
        mailed(paperreader, world, *by(post))
        answer = paperreader("digest", "--send", "--refresh")
        assert answer.code == 0
        assert "arrived is not known" in answer.err
        (mail,) = post.came
        assert ids(mail) == ["2621.00001"]
        assert "paperreader digest --again 1" in " ".join(mail.text.split())
        assert "--again 1" in mail.html
        answer = paperreader("digest", "--send")
        assert "not known" not in answer.err + post.came[-1].text  # it was told once, in a mail that arrived
        assert paperreader("digest", "--again", "1").code == 0
        assert ids(post.came[-1]) == ["2620.00001", "2620.00002"]
        assert paperreader("digest", "--again").code == 0
        assert ids(post.came[-1]) == ["2621.00001"]
        assert post.came[-2].mail["Subject"].startswith("paperreader: 2 papers")


def killed(program: Program, reached: Callable[[], bool], *words: str) -> None:
    """Start it, and kill -9 it when it is there."""
    process = subprocess.Popen(
        program.command(*words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=program.environment()
    )
    try:
        assert reached()
        assert process.poll() is None
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.mark.parametrize("stage", ["refresh", "RCPT", "DATA", "QUIT"])
def test_a_kill_at_any_step_repeats_nothing_and_loses_nothing(
    paperreader: Program, make_world: MakeWorld, world: World, stage: str
) -> None:
    days(world, ("2026-08-20", 2))
    words = ("digest", "--send", "--refresh")
    if stage == "refresh":
        world.says("/api/daily_papers", silence)
        mailed(paperreader, world, TO, 'smtp = "localhost:1"', 'tls = "none"')
        killed(paperreader, lambda: world.came.wait(60), *words)
        world = make_world()  # another one, whose turn nobody has
        days(world, ("2026-08-20", 2))
    else:
        with Post(holds=stage) as post:
            mailed(paperreader, world, *by(post))
            killed(paperreader, lambda: post.holding.wait(60), *words)
            assert len(post.came) == (stage == "QUIT")  # then it is out, and nobody wrote that down
    with Post() as post:
        mailed(paperreader, world, *by(post))
        answer = paperreader(*words)
        assert answer.code == 0, answer.err
        told = "not known (the program ended while it was being sent)"
        assert (told in answer.err) == (told in " ".join(post.came[0].text.split())) == (stage != "refresh")
        if stage != "refresh":
            assert ids(post.came[0]) == []  # it says that nothing is new, and is not what one wants again
            assert paperreader("digest", "--again").code == 0
        assert ids(post.came[-1]) == ["2620.00001", "2620.00002"]


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let Ctrl+C reach what is started also where the tests run in the background of a shell, which ignores it then."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(
    ("stage", "ending"), [("RCPT", signal.SIGINT), ("RCPT", signal.SIGTERM), ("password", signal.SIGHUP)]
)
def test_ended_before_the_mail_can_be_out_it_did_not_go_out_and_the_next_has_it_all(
    paperreader: Program, world: World, tmp_path: Path, stage: str, ending: signal.Signals
) -> None:
    days(world, ("2026-08-20", 2))
    waits = tmp_path / "waits"
    os.mkfifo(waits)  # a passphrase that nobody types
    login = (f"password_command = 'cat {waits}'", 'username = "me"') if stage == "password" else ()
    with Post(holds=stage) as post:
        mailed(paperreader, world, *by(post, *login))
        process = subprocess.Popen(
            paperreader.command("digest", "--send", "--refresh"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=paperreader.environment(),
        )
        # A fifo opens for writing when it is read: when the command waits.
        with waits.open("w") if stage == "password" else nullcontext():
            assert stage == "password" or post.holding.wait(60)
            process.send_signal(ending)
            assert process.wait(60) == 128 + ending
    with Post() as post:
        mailed(paperreader, world, *by(post))
        assert "did not go out: The program was ended before the mail could go out." in paperreader("digest").err
        answer = paperreader("digest", "--send")
        assert (answer.code, "not known" in answer.err) == (0, False)
        assert ids(post.came[0]) == ["2620.00001", "2620.00002"]


def test_two_at_once_one_stops_with_a_clear_word(paperreader: Program, world: World) -> None:
    days(world, ("2026-08-20", 2))
    with Post(holds="RCPT") as post:
        mailed(paperreader, world, *by(post))
        first = subprocess.Popen(
            paperreader.command("digest", "--send", "--refresh"),
            stderr=subprocess.DEVNULL,
            env=paperreader.environment(),
        )
        try:
            assert post.holding.wait(60)
            answer = paperreader("digest", "--send")
            assert answer.code == 1
            assert answer.err.startswith("paperreader: Another paperreader is sending a digest of this library.")
            assert paperreader("digest").code == 0  # reading is not sending
        finally:
            first.kill()
            first.wait()


def test_a_refresh_that_fails_sends_what_is_there_and_says_so(paperreader: Program, world: World) -> None:
    days(world, ("2026-08-20", 2))
    with Post() as post:
        mailed(paperreader, world, *by(post))
        assert paperreader("refresh").code == 0
        world.says("/api/daily_papers", text("no", status=404))
        answer = paperreader("digest", "--send", "--refresh")
        assert answer.code == 3, answer.err
        (mail,) = post.came
        assert len(ids(mail)) == 2
        assert "The refresh before this digest failed for Hugging Face" in " ".join(mail.text.split())
        assert "The refresh before this digest failed for Hugging Face" in mail.html


def test_each_address_has_its_own_mail_and_its_own_ledger(paperreader: Program, world: World) -> None:
    days(world, ("2026-08-20", 2))
    with Post() as post:
        mailed(paperreader, world, *by(post))
        assert paperreader("digest", "--send", "--refresh").code == 0
        mailed(paperreader, world, 'to = ["me@example.org", "Zoë <zoe@bücher.example>"]', *by(post)[1:])
        assert paperreader("digest", "--send").code == 0
        _, others = post.came
        assert paperreader("digest", "--again", "1").code == 0
        assert [mail.recipients for mail in post.came[2:]] == [["me@example.org"]]
        answer = paperreader("digest", "--again", "9")
        assert (answer.code, "no mail 9" in answer.err) == (1, True)
        assert others.recipients == ["zoe@xn--bcher-kva.example"]
        assert len(ids(others)) == 2
    library = Library.open(Paths.under(paperreader.home))
    for mail in post.came[:2]:
        (entry,) = ledger.told(library._database, mail.recipients[0])
        assert entry.message_id == mail.mail["Message-ID"]
        assert int(entry.at) == mail.mail["Date"].datetime.timestamp()
        told = [line.paper for line in ledger.lines(library._database, entry.id)]
        assert [paper.arxiv_id for paper in library.papers(told)] == ids(mail)
    library.close()


def test_a_reader_who_is_refused_every_time_costs_the_others_no_second_mail(paperreader: Program, world: World) -> None:
    with Post(refuses="bad@example.org") as post:
        mailed(paperreader, world, 'to = ["good@example.org", "bad@example.org"]', *by(post)[1:])
        for _ in range(2):
            answer = paperreader("digest", "--send")
            assert answer.code == 4  # a timer does not try again
            assert "bad@example.org: 127.0.0.1" in answer.err and "550 no such person" in answer.err
        (mail,) = post.came
        assert mail.recipients == ["good@example.org"]
        assert "nothing new" in mail.mail["Subject"]
        post.manners.refuses, post.manners.says = "", {"RCPT": "451 later"}
        assert paperreader("digest", "--send").code == 1


def test_a_mail_goes_out_with_login_and_tls_and_a_check_says_what_works(
    paperreader: Program, world: World, authority: trustme.CA, tmp_path: Path
) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    environment = {"SSL_CERT_FILE": str(tmp_path / "authority.pem"), "MAIL_PASSWORD": "secret"}
    days(world, ("2026-08-20", 1))
    with Post(tls="starttls", users={"me@example.org": "secret"}, authority=authority) as post:
        smtp = (TO, f'smtp = "localhost:{post.port}"', 'tls = "starttls"', 'username = "me@example.org"')
        mailed(paperreader, world, *smtp, 'password_env = "MAIL_PASSWORD"')
        answer = paperreader("digest", "--check", environment=environment)
        assert answer.code == 0, answer.out
        assert [line.split()[:2] for line in answer.lines[:6]] == [
            [step, "ok"] for step in ("settings", "name", "connection", "TLS", "login", "address")
        ]
        assert post.came == []
        assert paperreader("digest", "--send", environment=environment).code == 0
        assert post.came[-1].sender == "me@example.org"
        answer = paperreader("digest", "--check", environment={**environment, "MAIL_PASSWORD": "hunter2"})
        assert answer.code == 1
        assert "login      FAILED" in answer.out
        assert "app password" in answer.lines[5]
        assert "hunter2" not in answer.out + answer.err
        mailed(paperreader, world, *smtp, f'password_command = "{shlex.quote("/bin/echo")} secret"')
        assert paperreader("digest", "--check", environment=environment).code == 0
        del environment["SSL_CERT_FILE"]
        answer = paperreader("digest", "--check", environment=environment)
        assert "TLS        FAILED  The certificate of" in answer.out


def test_a_command_and_a_maildir_take_it_too(paperreader: Program, world: World, tmp_path: Path) -> None:
    days(world, ("2026-08-20", 2))
    mailed(paperreader, world, f'maildir = "{tmp_path / "papers"}"')
    assert paperreader("digest", "--check").code == 0
    assert paperreader("digest", "--send", "--refresh").code == 0
    (file,) = (tmp_path / "papers/new").iterdir()
    assert Came("", [], file.read_bytes(), []).mail["Subject"].startswith("paperreader: 2 papers")
    mailed(paperreader, world, TO, f'sendmail = "/usr/bin/tee {tmp_path / "mail"}"')
    assert paperreader("digest", "--send").code == 0
    assert ids(Came("", [], (tmp_path / "mail").read_bytes(), [])) == ["2620.00001", "2620.00002"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (('password = "hunter2"',), "does not belong into this file"),
        (('password_env = "hunter2 !"',), "and not the password itself"),
        ((TO,), "Nothing says how a digest goes out"),
        (('smtp = "localhost:465"',), "Nobody is named"),
        ((TO, 'smtp = "localhost:465"', 'maildir = "/x"'), "smtp and maildir are both set"),
        (
            (TO, 'smtp = "localhost:465"', 'username = "me"', 'password_env = "P"', 'password_command = "p"'),
            "password_env and password_command are both set",
        ),
        ((TO, 'maildir = "Mail/papers"'), "digest.maildir must be a folder in quotes, from / or ~ on"),
        ((TO, 'smtp = "localhost:25"'), "does not say how the line is encrypted"),
        ((TO, 'smtp = "me:hunter2@localhost:465"'), "names a user"),
        (('to = "me@example.org\\nBcc: x@y.z"',), "must be a mail address in quotes"),
        (
            ('to = "me@nowhere, you@x"', 'maildir = "/x"'),
            'to in [digest]: "me@nowhere, you@x" is no mail address. Several',
        ),
        ((TO, 'from = "Ann <a n@x>"', 'maildir = "~/x"'), "from in [digest]: "),
        (('unsubscribe = "javascript:x"',), "must be an address"),
        (('sections = ["trending", "trending"]',), "must be a list of some of"),
        (("trending = 0",), 'must be a number from 1 to 1000, or "all"'),
        (('tls = "ssl"',), 'must be one of "implicit"'),
    ],
)
def test_settings_that_cannot_be_are_told_and_passwords_are_not(
    paperreader: Program, world: World, lines: tuple[str, ...], said: str
) -> None:
    mailed(paperreader, world, *lines)
    answer = paperreader("digest", "--send")
    assert answer.code == 4  # a timer does not try again
    assert said in answer.err
    assert "hunter2" not in answer.err


def test_a_check_tells_every_step_though_the_settings_cannot_be(paperreader: Program, world: World) -> None:
    mailed(paperreader, world, 'to = "a b@example.org"', 'maildir = "/proc/papers"')
    answer = paperreader("digest", "--check")
    assert answer.code == 1
    assert answer.lines[0].startswith('settings   FAILED  to in [digest]: "a b@example.org" is no mail address.')
    assert answer.lines[-1].startswith("schedule   ")
    mailed(paperreader, world, 'to = ["me@example.org", "Me <ME@Example.org>"]', 'maildir = "/proc/papers"')
    answer = paperreader("digest", "--check")
    assert answer.code == 1
    assert [line[:18] for line in answer.lines[:2]] == ["settings   ok     ", "folder     FAILED "]
    assert answer.out.count("/proc/papers cannot be written") == 1  # two ways of writing one address
    assert "no number of a mail" in paperreader("digest", "--again", "0").err


def test_a_preview_counts_nowhere_and_shows_the_page(paperreader: Program, world: World, tmp_path: Path) -> None:
    days(world, ("2026-08-20", 2))
    opened = tmp_path / "opened"
    browser = tmp_path / "firefox"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {shlex.quote(str(opened))}\n')
    browser.chmod(0o755)
    settled(paperreader, world.url, more=f"[digest]\n{TO}")
    file = paperreader.home / "settings.toml"
    file.write_text(f'browser = "{browser}"\n' + file.read_text())
    at_a_desk = {"DISPLAY": ":0", "SSH_CONNECTION": "", "SSH_CLIENT": "", "SSH_TTY": "", "TMUX": ""}
    for _ in range(2):
        answer = paperreader("digest", "--preview", "--refresh", environment=at_a_desk)
        assert answer.code == 0
        page = paperreader.home / "cache/digest.html"
        assert "2 papers" in page.read_text(encoding="utf-8")
    assert opened.read_text() == page.as_uri()
    answer = paperreader("digest", "--preview", environment={**at_a_desk, "DISPLAY": "", "WAYLAND_DISPLAY": ""})
    assert str(page) in answer.err


def test_a_schedule_is_set_shown_and_taken_back(paperreader: Program, tmp_path: Path) -> None:
    asked = tmp_path / "asked"
    for name in ("systemctl", "loginctl"):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(
            f'#!/bin/sh\necho "{name} $@" >> {shlex.quote(str(asked))}\necho PATH=/usr/bin\n'
            f"echo XDG_CONFIG_HOME={tmp_path / 'config'}\n"
        )
        program.chmod(0o755)
    here = {"PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}", "XDG_CONFIG_HOME": str(tmp_path / "config")}

    def run(*words: str) -> Answer:
        return paperreader(*words, environment=here)

    answer = run("digest", "--schedule", "8:00")
    assert answer.code == 0, answer.err
    assert "every day at 08:00" in answer.err
    assert "It cannot go out yet: Nothing says how a digest goes out." in answer.err
    units = tmp_path / "config/systemd/user"
    service = next(units.glob("*.service")).read_text()
    assert f"--home {paperreader.home} digest --send --refresh" in service
    assert "ExecStart=/" in service
    assert "systemctl --user enable --now paperreader-digest-" in asked.read_text()
    assert "08:00 every day" in run("where").lines[-1]
    assert json.loads(run("where", "--json").out)["schedule"].startswith("08:00 every day (")
    (paperreader.home).mkdir(exist_ok=True)
    (paperreader.home / "settings.toml").write_text(
        f'[digest]\nmaildir = "{tmp_path / "mail"}"\nusername = "me"\npassword_env = "MAIL_PASSWORD"\n'
    )
    checked = run("digest", "--check")
    assert checked.code == 1
    assert "schedule   ok      08:00 every day, by systemd" in checked.out
    assert "schedule   FAILED  the timer does not see MAIL_PASSWORD" in checked.out
    (tmp_path / "bin/loginctl").write_text("#!/bin/sh\necho no\n")
    (paperreader.home / "settings.toml").write_text(
        '[digest]\nto = "me@example.org"\nsmtp = "localhost:9"\ntls = "starttls"\n'
    )
    checked = paperreader("digest", "--check", environment={**here, "SSL_CERT_FILE": "/ca.pem", "HF_TOKEN": "x"})
    assert "schedule   FAILED  the timer does not see SSL_CERT_FILE" in checked.out
    assert "schedule   note    the timer does not see HF_TOKEN" in checked.out
    assert "schedule   note    While you are logged out" in checked.out
    assert run("digest", "--unschedule").code == 0
    assert list(units.iterdir()) == []
    assert run("digest", "--unschedule").code == 1
    assert run("digest", "--schedule", "25:00").code == 2
    here["PATH"] = "/nowhere"
    answer = run("digest", "--schedule", "08:00")
    assert answer.code == 0
    assert answer.out.startswith("0 8 * * * /")
    assert answer.out.endswith(" digest --send --refresh\n")
    (paperreader.home / "settings.toml").write_text("[digest]\n")
    assert "It cannot go out yet" in run("digest", "--schedule", "08:00").err


def test_a_schedule_carries_the_folders_that_variables_name_and_a_check_compares_them(tmp_path: Path) -> None:
    for name in ("systemctl", "loginctl"):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text("#!/bin/sh\necho PATH=/usr/bin\n")
        program.chmod(0o755)
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    here = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PAPERREADER_HOME"))}
    here |= {"PATH": path, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "my data")}
    here["XDG_CONFIG_HOME"] = str(tmp_path / "my config")

    def run(*words: str, **more: str) -> str:
        command = [sys.executable, "-m", "paperreader", *words]
        done = subprocess.run(command, env={**here, **more}, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    assert "every day at 08:00" in run("digest", "--schedule", "08:00")
    service = (tmp_path / ".config/systemd/user/paperreader-digest.service").read_text()  # where its manager looks
    assert f'Environment="XDG_DATA_HOME={tmp_path / "my data"}"' in service
    assert "schedule   FAILED" not in run("digest", "--check")
    assert "08:00 every day" in run("where")
    checked = run("digest", "--check", XDG_DATA_HOME=str(tmp_path / "other"))
    assert f"schedule   FAILED  the timer has XDG_DATA_HOME = {tmp_path / 'my data'}" in checked
    assert checked.count("schedule   FAILED") == 1
    assert run("digest", "--schedule", "08:00", PATH="/nowhere").count("XDG_CONFIG_HOME='") == 1
