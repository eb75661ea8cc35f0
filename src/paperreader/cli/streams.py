"""The two streams: data goes to stdout, talk to stderr, and neither ever ends the program with a traceback."""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Final, Literal, TextIO

from paperreader.errors import ExportError
from paperreader.plain import printable, storable

Escape = Literal["replace", "xmlcharrefreplace", "paperreader.json"]
"""What becomes of a character that stdout's encoding lacks: a question mark, or what the data's format has for it."""

JSON_ESCAPE: Final[Escape] = "paperreader.json"


def prepare() -> None:
    """Let both streams take any character, whatever the locale says."""
    codecs.register_error(JSON_ESCAPE, _json_escaped)
    for stream in (sys.stdout, sys.stderr):
        _replace_unknown(stream, "replace")


def write_as(escape: Escape) -> None:
    """From now on, stdout writes characters that its encoding lacks in this way."""
    _replace_unknown(sys.stdout, escape)


def say(text: str) -> None:
    """One line of talk on stderr; a stderr that is closed hears nothing."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(storable(printable(text)) + "\n")
            sys.stderr.flush()


def put(text: str) -> None:
    """One line of data on stdout, as plain text: what a paper says cannot steer the terminal."""
    write([printable(text) + "\n"])


def write(pieces: Iterable[str]) -> None:
    """Data on stdout as it is.

    Raises BrokenPipeError where the reader has gone, ExportError where the disk refuses.
    """
    for piece in pieces:
        if sys.stdout is not None:
            with _told():
                sys.stdout.write(piece)


def flush() -> None:
    """Hand everything written to the system; raises as `write` does."""
    if sys.stdout is not None:
        with _told():
            sys.stdout.flush()


def mute() -> None:
    """Stop writing to stdout: what is still in its buffer must not fail once more when the interpreter ends."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person sits at the other end."""
    return stream is not None and not stream.closed and stream.isatty()


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        mute()
        raise ExportError(f"The output cannot be written: {error.strerror or error}.") from error


def _replace_unknown(stream: TextIO | None, errors: str) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors=errors)


def _json_escaped(error: UnicodeError) -> tuple[str, int]:
    r"""What JSON has for a character: \u00e9, and two of them beyond the first 65,536."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    pairs = zip(units[::2], units[1::2], strict=True)
    return "".join(f"\\u{high:02x}{low:02x}" for high, low in pairs), error.end
