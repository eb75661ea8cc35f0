"""An authority for certificates, and a letter to send."""

from __future__ import annotations

import pytest
import trustme

from paperreader.digest.way import Letter

MESSAGE = (
    b"From: ann@example.org\r\nTo: bo@example.org\r\nSubject: Papers\r\n"
    b"Message-ID: <1@example.org>\r\n\r\n.leading dot\r\n..two\r\nlast line\r\n"
)


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def letter() -> Letter:
    return Letter(sender="ann@example.org", recipient="bo@example.org", message=MESSAGE)
