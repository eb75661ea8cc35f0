"""Sending to a real mail server: what is said, and what is certain, after every kind of failure."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import trustme

from paperreader.digest.password import from_environment
from paperreader.digest.server import Server, Tls
from paperreader.digest.smtp import Smtp
from paperreader.digest.way import Letter
from paperreader.errors import MailError, MailUnclear
from tests.digest.conftest import MESSAGE
from tests.digest.post import HOST, Post

QUICK: dict[str, Any] = {"connecting": 5.0, "answering": 0.3}
"""For servers that fall silent."""
SURE: dict[str, Any] = {"connecting": 30.0, "answering": 30.0}


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def through(post: Post, tls: Tls = "none", **more: Any) -> Smtp:
    return Smtp(Server(HOST, post.port, tls), **{**SURE, **more})


def failure(way: Smtp, letter: Letter) -> MailError:
    with pytest.raises(MailError) as caught:
        way.send(letter)
    return caught.value


def password(secret: str = "secret") -> Callable[[], str]:
    return from_environment("P", {"P": secret})


@pytest.mark.parametrize("tls", ["implicit", "starttls", "none"])
def test_a_mail_arrives_as_it_was_with_a_login(tls: Tls, authority: trustme.CA, letter: Letter) -> None:
    with Post(tls=tls, users={"ann": "secret"}, authority=authority) as post:
        way = through(post, tls, username="ann", password=password(), context=trusting(authority))
        assert way.send(letter) == "250 OK, queued as 1"
        (came,) = post.came
    assert came.data == MESSAGE
    assert (came.sender, came.recipients) == ("ann@example.org", ["bo@example.org"])
    assert post.logins[-1] == ("ann", "secret")


def test_a_check_goes_through_every_step_and_sends_nothing(authority: trustme.CA, letter: Letter) -> None:
    with Post(tls="starttls", users={"ann": "secret"}, authority=authority) as post:
        way = through(post, "starttls", username="ann", password=password(), context=trusting(authority))
        steps = list(way.check(letter))
        assert post.came == []
    assert [step.step for step in steps] == ["name", "connection", "TLS", "login", "address"]
    assert all(step.error is None for step in steps)
    assert steps[2].said.startswith("TLSv1.") and steps[2].said.endswith("certificate verified")
    assert steps[4].said == "takes mail from ann@example.org to bo@example.org"


@pytest.mark.parametrize(
    ("answer", "step", "said", "hint"),
    [
        ("MAIL 550 not from you", "address", "refuses mail from ann@example.org: 550 not from you.", "the address"),
        ("RCPT 550 nobody here", "address", "refuses mail to bo@example.org: 550 nobody here.", "Check the address"),
        ("RCPT 451 greylisted", "address", "refuses mail to bo@example.org: 451 greylisted.", "try again later"),
        ("DATA 451 not now", "message", "refuses the mail: 451 not now.", "try again later"),
        ("DATA 554 spam", "message", "refuses the mail: 554 spam.", "unwanted"),
        ("DATA 552 too large", "message", "refuses the mail: 552 too large.", "too large"),
    ],
)
def test_a_server_that_refuses_is_quoted(answer: str, step: str, said: str, hint: str, letter: Letter) -> None:
    stage, _, answer = answer.partition(" ")
    with Post(says={stage: answer}) as post:
        error = failure(through(post), letter)
    assert not isinstance(error, MailUnclear)
    assert error.step == step
    assert error.message == f"{HOST}:{post.port} {said}"
    assert hint in error.hint


@pytest.mark.parametrize("stage", ["EHLO", "MAIL", "RCPT"])
def test_a_server_that_falls_silent_or_hangs_up_before_the_mail_has_sent_nothing(stage: str, letter: Letter) -> None:
    with Post(holds=stage) as post:
        error = failure(through(post, **QUICK), letter)
    assert not isinstance(error, MailUnclear)
    assert "did not answer within 0.3 s" in error.message
    with Post(drops=stage) as post:
        error = failure(through(post), letter)
    assert not isinstance(error, MailUnclear)
    assert "hung up" in error.message


def test_silence_after_the_whole_mail_is_unclear(letter: Letter) -> None:
    with Post(holds="DATA") as post:
        error = failure(through(post, **QUICK), letter)
    assert isinstance(error, MailUnclear)
    assert error.message == f"{HOST}:{post.port} was given the whole mail and then did not answer within 0.3 s."
    with Post(drops="DATA") as post:
        error = failure(through(post), letter)
    assert isinstance(error, MailUnclear)
    assert error.message == f"{HOST}:{post.port} was given the whole mail and then hung up."


@pytest.mark.parametrize("answer", ["354 go on", "what?", "150 wait", "", "25", "2" * 9000])
def test_an_answer_to_the_whole_mail_that_says_neither_yes_nor_no_is_unclear(answer: str, letter: Letter) -> None:
    with Post(says={"DATA": answer}) as post:
        error = failure(through(post), letter)
    assert isinstance(error, MailUnclear)
    assert error.message.startswith(f"{HOST}:{post.port} was given the whole mail and then ")
    assert len(error.message) < 400


def test_a_server_that_waits_for_tls_and_one_that_is_no_mail_server_are_told_what_to_try(
    authority: trustme.CA, letter: Letter
) -> None:
    with Post(tls="implicit", authority=authority) as post:
        error = failure(through(post, "starttls", **QUICK), letter)
    assert error.step == "connection" and 'tls = "implicit"' in error.hint
    with socket.create_server((HOST, 0)) as web:

        def serve() -> None:
            with web.accept()[0] as line:
                line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        serving = threading.Thread(target=serve)
        serving.start()
        error = failure(Smtp(Server(HOST, web.getsockname()[1], "none"), **QUICK), letter)
        serving.join()
    assert "does not answer as a mail server does: /1.1 400 Bad Request." in error.message
    assert error.lasting and "another program" in error.hint


def test_a_server_that_takes_no_password_is_told_with_the_kinds_that_it_offers(letter: Letter) -> None:
    with Post(says={"EHLO": "250-post.example\r\n250 AUTH XOAUTH2 GSSAPI"}) as post:
        error = failure(through(post, username="ann", password=password()), letter)
    assert error.message == f"{HOST}:{post.port} takes no password (its kinds of login: GSSAPI, XOAUTH2)."
    assert "app passwords" in error.hint


def test_every_answer_of_success_is_one(letter: Letter) -> None:
    with Post(says={"DATA": "251 will forward"}) as post:
        assert through(post).send(letter) == "251 will forward"


def test_a_conversation_has_an_end_however_slowly_it_goes(letter: Letter) -> None:
    with Post(holds="RCPT") as post:
        error = failure(through(post, altogether=0.3), letter)
    assert "was not done within 0.3 s" in error.message


def test_a_wrong_password_is_told_and_not_repeated(letter: Letter) -> None:
    with Post(users={"ann": "secret"}) as post:
        error = failure(through(post, username="ann", password=password("hunter2")), letter)
        assert post.came == []
    assert error.step == "login"
    assert "535" in error.message
    assert "app password" in error.hint
    assert "hunter2" not in str(error)


def test_a_password_with_letters_beyond_ascii_logs_in(letter: Letter) -> None:
    with Post(users={"ann": "pässwörd"}) as post:
        assert through(post, username="ann", password=password("pässwörd")).send(letter)
        assert failure(through(post, username="ann", password=password("ü")), letter).step == "login"


def test_a_server_without_login_or_that_wants_one_says_so(letter: Letter) -> None:
    with Post() as post:
        error = failure(through(post, username="ann", password=password()), letter)
    assert (error.step, "offers no login" in error.message) == ("login", True)
    with Post(users={"ann": "secret"}) as post:
        error = failure(through(post), letter)
    assert "wants a login" in error.hint


def test_a_certificate_that_is_not_trusted_ends_it(authority: trustme.CA, letter: Letter) -> None:
    for tls in ("implicit", "starttls"):
        with Post(tls=tls, authority=authority) as post:
            error = failure(through(post, tls), letter)
            assert post.came == []
        assert error.step == "TLS"
        assert "certificate" in error.message
        assert "SSL_CERT_FILE" in error.hint


def test_a_certificate_of_another_name_ends_it(authority: trustme.CA, letter: Letter) -> None:
    other = trustme.CA()
    with Post(tls="implicit", authority=other) as post:
        assert failure(through(post, "implicit", context=trusting(authority)), letter).step == "TLS"


def test_no_line_is_bare_that_should_be_encrypted(authority: trustme.CA, letter: Letter) -> None:
    with Post() as post:
        error = failure(through(post, "starttls"), letter)
        assert (error.step, "offers no encryption" in error.message) == ("TLS", True)
        error = failure(through(post, "implicit", **QUICK), letter)
        assert error.step == "TLS"
        assert post.came == []


def test_names_and_ports_that_lead_nowhere_are_told_apart(letter: Letter) -> None:
    error = failure(Smtp(Server("nowhere.invalid", 587, "starttls")), letter)
    assert (error.step, error.message) == ("name", "The name nowhere.invalid is not known.")
    with socket.create_server((HOST, 0)) as closed:
        port = closed.getsockname()[1]
    error = failure(Smtp(Server(HOST, port, "none")), letter)
    assert error.step == "connection"
    assert "refused" in error.message


def test_an_address_beyond_ascii_needs_a_server_that_offers_it(letter: Letter) -> None:
    written = replace(letter, recipient="bö@example.org", utf8=True)
    with Post(utf8=True) as post:
        through(post).send(written)
        assert post.came[0].recipients == ["bö@example.org"]
        assert "SMTPUTF8" in post.came[0].options
        through(post).send(letter)
        assert "SMTPUTF8" not in post.came[1].options
    with Post() as post:
        error = failure(through(post), written)
        assert post.came == []
    assert (error.step, "SMTPUTF8" in error.message) == ("address", True)


def test_what_a_server_says_cannot_steer_the_terminal(letter: Letter) -> None:
    with Post(says={"RCPT": "550 \x1b[31mred\x07 " + "x" * 400}) as post:
        error = failure(through(post), letter)
    assert "\x1b" not in error.message
    assert len(error.message) < 300


def test_a_line_that_breaks_in_the_middle_of_the_mail_has_sent_nothing(letter: Letter) -> None:
    """Twenty megabytes fit into no buffer on the way: the server has not seen the end."""

    def serve(listening: socket.socket) -> None:
        line, _ = listening.accept()
        with line, line.makefile("rb") as said:
            line.sendall(b"220 post\r\n")
            for command in said:
                if command.upper().startswith(b"DATA"):
                    line.sendall(b"354 go on\r\n")
                    break
                line.sendall(b"250 OK\r\n")
            said.readline()

    with socket.create_server((HOST, 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,))
        thread.start()
        way = Smtp(Server(HOST, listening.getsockname()[1], "none"), **SURE)
        error = failure(way, replace(letter, message=MESSAGE + b"x" * 78 * 250_000))
        thread.join()
    assert not isinstance(error, MailUnclear)
    assert "in the middle of the mail" in error.message
