"""The mail: headers of a good citizen, no defects, and nothing that a paper says means anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes, message_from_string
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP, compat32, default
from pathlib import Path

import pytest

from paperreader.digest import html, text
from paperreader.digest.content import Digest
from paperreader.digest.letter import Envelope, as_bytes, compose, write
from tests.digest.digests import AT, HOSTILE, digest, envelope, full, paper, payloads


def read(data: bytes) -> EmailMessage:
    """The mail as the stdlib reads it; fails where it finds any defect."""
    mail = message_from_bytes(data, policy=default)
    assert isinstance(mail, EmailMessage)
    for part in mail.walk():
        assert part.defects == []
        for name, value in part.items():
            assert value.defects == (), (name, value)
    return mail


def sent(of: Digest, to: Envelope | None = None) -> EmailMessage:
    to = to or envelope()
    return read(as_bytes(compose(of, to), utf8=to.needs_utf8))


def test_the_headers_are_those_of_a_good_citizen() -> None:
    to = envelope("Bo <bo@example.org>", "ann@example.org", unsubscribe="mailto:ann@example.org?subject=no")
    mail = sent(full(), to)
    assert list(mail) == [
        *("Date", "Message-ID", "From", "To", "Subject", "List-Id", "List-Unsubscribe", "Auto-Submitted"),
        *("MIME-Version", "Content-Type"),
    ]
    assert mail["Date"].datetime == AT
    assert mail["Subject"] == "paperreader: 3 papers of 3 days, Friday, 21 August 2026"
    assert (mail["From"], mail["To"]) == ("ann@example.org", "Bo <bo@example.org>")
    assert mail["List-Id"] == "paperreader digest <digest.1.paperreader.localhost>"
    assert mail["List-Unsubscribe"] == "<mailto:ann@example.org?subject=no>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@example.org>")
    assert mail["Message-ID"] != sent(full(), to)["Message-ID"]
    assert "List-Unsubscribe" not in sent(full())


def test_it_is_text_first_and_html_second() -> None:
    mail = sent(full())
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert all(part["Content-Transfer-Encoding"] == "quoted-printable" for part in mail.iter_parts())
    said = [part.get_content().replace("\r\n", "\n") for part in mail.iter_parts()]
    assert said == [text.write(full()), html.in_mail(full())]


def test_gmail_cuts_no_mail_of_a_thousand_papers() -> None:
    _, part = sent(digest(*(paper(number, summary="Ein längerer Satz. " * 30) for number in range(1000)))).iter_parts()
    assert len(part.as_bytes(policy=SMTP)) < 100_000


def test_every_line_fits_and_ends_as_mail_wants_it() -> None:
    data = as_bytes(
        compose(digest(*(paper(number, title=text) for number, text in enumerate(HOSTILE))), envelope()), utf8=False
    )
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert data.isascii()


def test_names_are_encoded_and_domains_too() -> None:
    to = envelope('"Zoë Müller-Lüdenscheidt von und zu Hohenstein die Ältere" <zoe@bücher.example>', "ann@例え.jp")
    data = as_bytes(compose(full(), to), utf8=False)
    assert data.isascii()
    mail = read(data)
    (address,) = mail["To"].addresses
    assert address.display_name == "Zoë Müller-Lüdenscheidt von und zu Hohenstein die Ältere"
    assert address.addr_spec == "zoe@xn--bcher-kva.example"
    assert mail["From"].addresses[0].domain == "xn--r8jz45g.jp"


NAMES = [
    "Dr. Åsa Öberg-Müllerström, Professorin für Künstliche Intelligenz und Datenverarbeitung, Universität Zürich",
    "Wang, 王小明",
    "王" * 40,
    "a, " * 40 + "ö",
    "Ö," * 30,
    'O"Brien, J\\x (work); team <x@evil.example>, y',
    "x" * 150,
    "Ann " * 30 + "Lee",
    "a, b; " * 20 + "c",
    "=?utf-8?q?x?=",
    "Ann =?utf-8?q?x=40evil.example=2C?= Lee",
    "Łukasz (work) Żółć; team <x>",
    "Ann, Lee.",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("local", ["ann", "åsa"])
def test_a_name_of_any_length_is_read_as_it_was_written_and_is_one_address(name: str, local: str) -> None:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    to = envelope(f'"{quoted}" <{local}@example.org>')
    message = as_bytes(compose(full(), to), utf8=to.needs_utf8)
    lines = message.split(b"\r\n\r\n")[0].decode().split("\r\n")
    if max(map(len, name.split())) <= 60:
        assert max(map(len, lines)) <= 78
    (address,) = message_from_string(message.decode(), policy=default)["To"].addresses
    assert address.addr_spec == f"{local}@example.org"
    header = re.sub(r"\r?\n", "", message_from_string(message.decode(), policy=compat32)["To"])
    # The parsers of Python 3.11 and 3.12 leave a space between neighbouring encoded words (RFC 2047, section 6.2).
    neighbours = "?= =?" in header
    assert address.display_name == name or neighbours
    if "=?" in header and "=?" not in name:
        assert str(make_header(decode_header(header.rpartition(" <")[0]))) == name
        assert all(len(word) <= 75 for word in header.split())


def test_an_address_with_other_letters_before_the_at_stays_as_it_is_where_that_is_offered() -> None:
    to = envelope("zoë@example.org")
    assert to.needs_utf8
    mail = message_from_string(as_bytes(compose(full(), to), utf8=True).decode(), policy=default)
    assert mail["To"].addresses[0].username == "zoë"  # which the stdlib calls a defect: its parser predates RFC 6532
    assert not envelope().needs_utf8


def test_hostile_titles_abstracts_and_authors_make_no_header_and_no_part(shared: Callable[[str], Path]) -> None:
    expected = list(sent(full()))
    texts = list(payloads(shared("payloads/feedparser_suite")))
    assert len(texts) > 1000
    for start in range(0, len(texts), 40):
        papers = [
            paper(
                number, title=text, abstract=text, summary="", authors=(text,), organisation=text, code=text, url=text
            )
            for number, text in enumerate(texts[start : start + 40])
        ]
        mail = sent(digest(*papers, remarks=tuple(texts[start : start + 3])))
        assert list(mail) == expected
        assert len(list(mail.iter_parts())) == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_a_saved_search_of_any_name_is_only_a_heading(text: str) -> None:
    from paperreader.digest.content import SAVED, Digest, Item, Section

    mail = sent(Digest(at=AT, sections=(Section(SAVED, text, (Item(paper(), text),)),)))
    assert len(list(mail.iter_parts())) == 2


def test_a_file_of_it_is_the_same_mail() -> None:
    text = write(full(), envelope())
    assert "\r" not in text
    assert read(text.encode())["Subject"] == sent(full())["Subject"]


def test_nothing_new_is_said_in_a_short_mail() -> None:
    mail = sent(digest())
    assert mail["Subject"] == "paperreader: nothing new, Friday, 21 August 2026"
    body = mail.get_body(("plain",))
    assert body is not None
    assert "Nothing new since the last digest." in body.get_content()
    assert len(mail.as_bytes()) < 5000


def test_the_date_has_the_readers_own_time_zone() -> None:
    moment = datetime.fromisoformat("2026-10-25T08:00:00+01:00")
    mail = sent(digest(paper(), at=moment))
    assert mail["Date"] == "Sun, 25 Oct 2026 08:00:00 +0100"
    assert mail["Subject"].endswith("Sunday, 25 October 2026")
