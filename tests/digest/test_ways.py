"""Addresses, servers, passwords, commands and folders: what a person can write into settings.toml, and get wrong."""

from __future__ import annotations

import os
import shlex
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.errors
import pytest

from paperreader.digest.addresses import mailbox
from paperreader.digest.links import links, safe
from paperreader.digest.maildir import Maildir
from paperreader.digest.password import from_command, from_environment, from_keyring
from paperreader.digest.sendmail import Sendmail
from paperreader.digest.server import Server, server
from paperreader.digest.way import Letter
from paperreader.errors import MailError, MailUnclear
from tests.digest.conftest import MESSAGE
from tests.digest.digests import paper


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("ann@example.org", "", "ann@example.org"),
        ("Ann Lee <ann@example.org>", "Ann Lee", "ann@example.org"),
        ('"Lee, Ann" <ann+papers@example.org>', "Lee, Ann", "ann+papers@example.org"),
        ("ann@bücher.example", "", "ann@xn--bcher-kva.example"),
        ("zoë@example.org", "", "zoë@example.org"),
        ("reader@localhost", "", "reader@localhost"),
    ],
)
def test_an_address_is_understood(text: str, name: str, address: str) -> None:
    assert (mailbox(text).name, mailbox(text).address) == (name, address)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "ann",
            "@example.org",
            "ann@",
            "ann@-x.org",
            "ann@example..org",
            "a b@example.org",
            "ann@example.org, bo@x.org",
        ),
        *(
            "ann@example.org\r\nBcc: bo@x.org",
            "<ann@example.org> <bo@x.org>",
            "a" * 65 + "@example.org",
            "ann@[1.2.3.4]",
        ),
        *("-oQ/tmp@exa mple.org", "ann@exam\x00ple.org", ".ann@example.org", '"a b"@example.org', ""),
    ],
)
def test_what_is_no_single_address_is_refused(text: str) -> None:
    with pytest.raises(MailError, match="no mail address") as caught:
        mailbox(text)
    assert "\r" not in caught.value.message


@pytest.mark.parametrize(
    ("text", "tls", "expected"),
    [
        ("smtp.example.org:465", None, Server("smtp.example.org", 465, "implicit")),
        ("smtp.example.org:587", None, Server("smtp.example.org", 587, "starttls")),
        ("smtp.example.org", None, Server("smtp.example.org", 587, "starttls")),
        ("smtp.example.org.:587", None, Server("smtp.example.org", 587, "starttls")),
        ("smtp.example.org:2525", "starttls", Server("smtp.example.org", 2525, "starttls")),
        ("localhost:25", "none", Server("localhost", 25, "none")),
        ("[::1]:25", "none", Server("::1", 25, "none")),
        ("smtp.bücher.example:465", None, Server("smtp.xn--bcher-kva.example", 465, "implicit")),
    ],
)
def test_the_port_says_how_the_line_is_encrypted(text: str, tls: str | None, expected: Server) -> None:
    assert server(text, tls) == expected
    assert expected.label.endswith(f":{expected.port}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("localhost:25", "does not say how the line is encrypted"),
        ("localhost:2525", "does not say how the line is encrypted"),
        ("ann:hunter2@smtp.example.org:587", "names a user"),
        *((text, "no host:port") for text in ("smtp.example.org:", "a b:587", ":587", "x:0", "x:70000", "http://x:1")),
    ],
)
def test_a_server_that_cannot_be_is_refused_and_no_password_is_repeated(text: str, said: str) -> None:
    with pytest.raises(MailError, match=said) as caught:
        server(text)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "link",
    [
        *("javascript:alert(1)", "data:text/html,x", "ftp://x.org/", "//x.org/", "https://", "https:///x", "x.org"),
        *(
            "https://arxiv.org@evil.example/",
            "https://user:pw@evil.example/",
            'https://x.org"onclick="/',
            "https://[::1",
        ),
        *("https://x.org:99999999/", "https://ex ample.org/", "mailto:a@b.c", "file:///etc/passwd", ""),
    ],
)
def test_only_plain_web_links_are_links(link: str) -> None:
    assert safe(link) == ""


def test_a_link_becomes_ascii_and_ends_where_it_should() -> None:
    assert safe("https://bücher.example/ü?q=漢#x") == "https://xn--bcher-kva.example/%C3%BC?q=%E6%BC%A2#x"
    assert safe('https://x.org/a"b<c>(d)[e]') == "https://x.org/a%22b%3Cc%3E%28d%29%5Be%5D"
    assert safe("https://x.org/a%20b?c=d&e=f") == "https://x.org/a%20b?c=d&e=f"


def test_hugging_face_is_linked_only_where_it_knows_the_paper() -> None:
    assert [label for label, _ in links(paper())] == ["arXiv", "PDF", "Hugging Face", "Code"]
    assert [label for label, _ in links(paper(sources=("arxiv cs.CL",)))] == ["arXiv", "PDF", "Code"]
    assert [label for label, _ in links(paper(arxiv_id="", doi="10.1/x", code=""))] == ["Page"]
    assert links(paper(arxiv_id="", code="javascript:x")) == []


def test_a_password_comes_from_the_environment() -> None:
    assert from_environment("P", {"P": "se cret"})() == "se cret"
    for found in ({}, {"P": ""}):
        with pytest.raises(MailError, match="no P") as caught:
            from_environment("P", found)()
        assert "timer" in caught.value.hint


def test_a_password_comes_from_a_command() -> None:
    python = shlex.quote(sys.executable)
    assert from_command(f"{python} -c 'print(\"secret\\nmore\")'")() == "secret"
    for command, said in (
        (f"{python} -c 'import sys; sys.exit(\"no gpg key\")'", r"failed \(1\): no gpg key"),
        ("/nowhere/pass", "cannot be run: No such file"),
        (f"{python} -c pass", "is empty"),
        ("pass 'unclosed", "cannot be read"),
    ):
        with pytest.raises(MailError, match=said):
            from_command(command)()


class Ring(keyring.backend.KeyringBackend):
    """A keyring of the test's own."""

    priority = 1.0
    known: ClassVar = {("paperreader", "ann"): "secret"}

    def get_password(self, service: str, username: str) -> str | None:
        if username == "broken":
            raise RuntimeError("no bus\x1b[31m")
        if username == "locked":
            raise keyring.errors.KeyringLocked("the keyring is locked")
        return self.known.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.known[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.known[service, username]


def test_a_password_comes_from_the_keyring() -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())  # type: ignore[no-untyped-call] # its base class has no types there
    try:
        assert from_keyring("ann")() == "secret"
        with pytest.raises(MailError, match="no password of bo") as caught:
            from_keyring("bo")()
        assert "keyring set paperreader bo" in caught.value.hint
        with pytest.raises(MailError, match="is locked") as caught:
            from_keyring("locked")()
        assert "Unlock it" in caught.value.hint
        with pytest.raises(MailError, match=r"cannot be used: RuntimeError: no bus[^\x1b]*$"):
            from_keyring("broken")()
        keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call] # likewise
        with pytest.raises(MailError, match="no keyring that can be used") as caught:
            from_keyring("ann")()
        assert "password_command or password_env" in caught.value.hint
    finally:
        keyring.set_keyring(before)


def test_a_keyring_whose_backend_is_not_there_is_no_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(service: str, username: str) -> str:
        raise ModuleNotFoundError("No module named 'keyrings'", name="keyrings")

    monkeypatch.setattr(keyring, "get_password", absent)  # what a keyringrc.cfg that names it comes to
    with pytest.raises(MailError, match="cannot be used: ModuleNotFoundError: No module named 'keyrings'") as caught:
        from_keyring("ann")()
    assert "password_command" in caught.value.hint


def test_a_command_whose_interpreter_is_missing_is_there_and_cannot_be_run(tmp_path: Path, letter: Letter) -> None:
    file = tmp_path / "mail"
    file.write_text("#!/no/such/program\n")
    file.chmod(0o755)
    with pytest.raises(MailError, match="mail cannot be run: the program that its first line names") as caught:
        Sendmail(str(file)).send(letter)
    assert caught.value.lasting


def test_without_the_extra_the_keyring_is_named_as_a_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(MailError, match="no password for ann") as caught:
        from_keyring("ann")()
    assert "paperreader[keyring]" in caught.value.hint


Script = Callable[..., Path]


@pytest.fixture
def script(tmp_path: Path) -> Script:
    def made(lines: str, name: str = "sendmail") -> Path:
        file = tmp_path / name
        file.write_text(f"#!/bin/sh\ncd {shlex.quote(str(tmp_path))}\n{lines}\n")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        return file

    return made


def test_a_command_gets_the_mail_and_the_usual_words(script: Script, tmp_path: Path, letter: Letter) -> None:
    file = script('cat > mail; printf "%s " "$@" > words')
    assert Sendmail(str(file)).send(letter) == "taken by sendmail"
    assert (tmp_path / "mail").read_bytes() == MESSAGE.replace(b"\r\n", b"\n")
    assert (tmp_path / "words").read_text() == "-t -i "
    Sendmail(f"{file} -a 'two words'").send(letter)
    assert (tmp_path / "words").read_text() == "-a two words "
    assert [step.error for step in Sendmail(str(file)).check(letter)] == [None]


def test_a_command_that_fails_is_quoted(script: Script, letter: Letter) -> None:
    with pytest.raises(MailError, match=r"msmtp failed \(75\): no route") as caught:
        Sendmail(str(script("echo no route >&2; exit 75", "msmtp"))).send(letter)
    assert not isinstance(caught.value, MailUnclear)
    with pytest.raises(MailError, match=r"^msmtp failed \(1\): it says nothing\. Nothing was sent"):
        Sendmail(str(script("exit 1", "msmtp"))).send(letter)
    with pytest.raises(MailUnclear):  # Sendmail itself has queued it then
        Sendmail(str(script(f"exit {os.EX_TEMPFAIL}"))).send(letter)
    with pytest.raises(MailUnclear):  # or whatever the person put in its place
        Sendmail(str(script(f"exit {os.EX_TEMPFAIL}", "post-it"))).send(letter)
    with pytest.raises(MailUnclear):
        Sendmail(str(script("kill -9 $$"))).send(letter)
    with pytest.raises(MailUnclear, match="did not end within"):
        Sendmail(str(script("exec cat /dev/zero > /dev/null")), patience=0.2).send(letter)
    with pytest.raises(MailError, match="no command nowhere"):
        Sendmail("/nowhere").send(letter)
    (step,) = Sendmail("/nowhere").check(letter)
    assert step.error is not None


def test_a_maildir_gets_the_mail(tmp_path: Path, letter: Letter) -> None:
    way = Maildir(str(tmp_path / "papers"))
    assert [step.said for step in way.check(letter)] == [f"{tmp_path / 'papers'} will be made"]
    way.send(letter)
    (file,) = (tmp_path / "papers/new").iterdir()
    assert file.read_bytes() == MESSAGE.replace(b"\r\n", b"\n")
    assert not list((tmp_path / "papers/tmp").iterdir())
    assert [step.said for step in way.check(letter)] == [f"{tmp_path / 'papers'} is a Maildir"]


def test_a_folder_that_is_no_maildir_is_left_alone(tmp_path: Path, letter: Letter) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home/letter.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for name, said in (("home", "is no Maildir"), ("file", "is no folder"), ("a/b", "folder above it is not there")):
        with pytest.raises(MailError, match=said):
            Maildir(str(tmp_path / name)).send(letter)
        (step,) = Maildir(str(tmp_path / name)).check(letter)
        assert step.error is not None
    assert [file.name for file in (tmp_path / "home").iterdir()] == ["letter.txt"]
