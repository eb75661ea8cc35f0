"""The table [digest]: what the digest holds, and how it goes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, NamedTuple

Tls = Literal["implicit", "starttls", "none"]
SECTIONS: Final = ("trending", "saved", "revised")
WAYS: Final = ("smtp", "sendmail", "maildir")
"""How a mail can go out; one of them is set."""

ALL: Final = "all"
_MOST: Final = 1000
_LONGEST: Final = 200
_LONGEST_UNSUBSCRIBE: Final = 74
"""What fits into one line of a header: an address in it cannot be folded."""
_MOST_DAYS: Final = 60

REFUSED: Final[Mapping[tuple[str, ...], str]] = {
    ("digest", "password"): (
        "a password does not belong into this file: it gets copied, synchronised and shown. Take it out and say "
        'where it is instead: password_command = "pass show mail", or password_env = "NAME_OF_A_VARIABLE", or put it '
        "into the system's keyring (pip install 'paperreader[keyring]', then `keyring set paperreader USERNAME`)."
    ),
}
"""Settings that there are not, and why."""


class DigestSettings(NamedTuple):
    """What the person decided about the digest."""

    sections: tuple[str, ...] = SECTIONS
    """The kinds of sections, in order."""
    trending: int | None = 10
    """Papers that trend, a day; None for all."""
    saved: int | None = 5
    """Papers for each saved search, a day; None for all."""
    revised: int | None = 10
    """New versions of bookmarked papers; None for all."""
    catch_up: int = 7
    """Days before today that were missed and that get a list of their own each; older ones share the first one's."""
    nothing_new: Literal["mail", "none"] = "mail"
    """What is sent when nothing is new: a short mail, or none."""
    to: tuple[str, ...] = ()
    """Addresses; each gets its own mail and has its own ledger."""
    sender: str = ""
    """The address it is from; empty for the user name where that is one, else the recipient."""
    smtp: str = ""
    """host:port"""
    sendmail: str = ""
    """A command that takes the mail on its standard input."""
    maildir: str = ""
    """A folder."""
    username: str = ""
    password_env: str = ""
    """The variable of the environment that holds the password."""
    password_command: str = ""
    """The command that prints it."""
    tls: Tls | None = None
    """None: by port."""
    unsubscribe: str = ""
    """What List-Unsubscribe says: a mailto: or https: address."""

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> DigestSettings:
        """The settings of a table that was checked."""
        said = dict(table)
        for name in ("trending", "saved", "revised"):
            if said.get(name) == ALL:
                said[name] = None
        if "from" in said:
            said["sender"] = said.pop("from")
        if "sections" in said:
            said["sections"] = tuple(said["sections"])
        if "to" in said:
            said["to"] = (said["to"],) if isinstance(said["to"], str) else tuple(dict.fromkeys(said["to"]))
        return cls(**said)


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.isprintable()


def _folder(value: Any) -> bool:
    """A timer starts elsewhere than the person does: the folder must not depend on that."""
    return _text(value) and value.startswith(("/", "~"))


def _variable(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and value.isidentifier()


def _length(value: Any) -> bool:
    return value == ALL or (isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST)


def _days(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST_DAYS


def _sections(value: Any) -> bool:
    return isinstance(value, list) and 0 < len(value) == len(set(map(str, value))) and set(value) <= set(SECTIONS)


def _addresses(value: Any) -> bool:
    return all(map(_address, value)) and bool(value) if isinstance(value, list) else _address(value)


def _address(value: Any) -> bool:
    return _text(value) and "@" in value and len(value) <= _LONGEST


def _unsubscribe(value: Any) -> bool:
    if not (_text(value) and value.isascii() and len(value) <= _LONGEST_UNSUBSCRIBE):
        return False
    return value.startswith(("mailto:", "https://")) and not set(value) & set(" <>,")


_LENGTH = (_length, f'a number from 1 to {_MOST}, or "{ALL}"')
_COMMAND = (_text, "a command in quotes")
_NAME = (_text, "a name in quotes")
_VARIABLE = (_variable, "the name of a variable of the environment in quotes, and not the password itself")

FITS: Final[Mapping[str, tuple[Callable[[Any], bool], str]]] = {
    "to": (_addresses, "a mail address in quotes, or a list of them"),
    "from": (_address, "a mail address in quotes"),
    "smtp": (_text, 'a server and its port in quotes, as "smtp.example.org:587"'),
    "sendmail": _COMMAND,
    "maildir": (_folder, "a folder in quotes, from / or ~ on"),
    "username": _NAME,
    "password_env": _VARIABLE,
    "password_command": _COMMAND,
    "tls": (lambda value: value in ("implicit", "starttls", "none"), 'one of "implicit", "starttls" and "none"'),
    "sections": (_sections, f"a list of some of {', '.join(f'{name!r}' for name in SECTIONS)}".replace("'", '"')),
    "trending": _LENGTH,
    "saved": _LENGTH,
    "revised": _LENGTH,
    "catch_up": (_days, f"a number of days from 1 to {_MOST_DAYS}"),
    "nothing_new": (lambda value: value in ("mail", "none"), 'either "mail" or "none"'),
    "unsubscribe": (
        _unsubscribe,
        f"an address of at most {_LONGEST_UNSUBSCRIBE} characters in quotes that begins with mailto: or https://",
    ),
}
"""What each setting wants, and that in words."""
