"""A feed of some length is read in a process of its own, which can be ended; a thread cannot.

feedparser takes over a minute for 16 MiB that are made to hurt it (a hundred thousand entries, elements that never end,
one element with ten thousand attributes), and all that time the screen would have half of this process at most.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from typing import Any, Final

from paperreader.errors import FeedUnreadable
from paperreader.feeds.addresses import shown
from paperreader.feeds.clock import Stop, heed
from paperreader.feeds.feed import Understood
from paperreader.feeds.feed_body import FeedBody, parse
from paperreader.paper import Sighting
from paperreader.plain import one_line, printable

SHORT: Final = 64 * 1024
"""Bytes that are read here, within a second whatever they are; starting a process takes 0.2 s."""
_LOOK: Final = 0.05
"""Seconds between two looks whether to stop."""
_CHILD: Final = "import sys; sys.path[:] = sys.argv[1:]; from paperreader.feeds.reading_child import main; main()"


def read(body: bytes, *, source: str, url: str, content_type: str, seconds: float, stop: Stop) -> FeedBody:
    """What `feed_body.parse` makes of a body, within so many seconds. Raises FeedUnreadable, FeedStopped."""
    if len(body) <= SHORT:
        return parse(body, source=source, url=url, content_type=content_type)
    asked = {"source": source, "url": url, "content_type": content_type, "seconds": seconds}
    child = _begun(url)
    reading = _Reading(child, json.dumps(asked).encode() + b"\n" + body)
    try:
        reading.wait(url, seconds, stop)
    finally:
        child.kill()  # nothing where it has ended
        reading.thread.join()
    if child.returncode:
        last = printable(one_line(reading.complaint.decode("utf-8", "replace").strip().rpartition("\n")[2]))[:200]
        text = f"{shown(url)} cannot be read: {last or f'the reading ended with code {child.returncode}'}"
        raise FeedUnreadable(f"{text.rstrip('.')}.")
    return _understood(json.loads(reading.said))


def _begun(url: str) -> subprocess.Popen[bytes]:
    """The child; of a group of its own, so that Ctrl+C is heard here, where it ends the asking in order."""
    try:
        return subprocess.Popen(
            [sys.executable, "-c", _CHILD, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        text = f"{shown(url)} cannot be read: there is no process for it ({error.strerror})."
        raise FeedUnreadable(text, "Try again later.") from error


class _Reading:
    """What a child is given and says, in a thread: `communicate` with a timeout forgets what it has to write."""

    def __init__(self, child: subprocess.Popen[bytes], given: bytes) -> None:
        self.said = self.complaint = b""
        self._child = child
        self._given = given
        self.thread = threading.Thread(target=self._run, name="paperreader-reading", daemon=True)
        self.thread.start()

    def wait(self, url: str, seconds: float, stop: Stop) -> None:
        """Return when the child has ended."""
        ends = time.monotonic() + seconds
        while self.thread.is_alive():
            heed(stop)
            if time.monotonic() >= ends:
                raise FeedUnreadable(f"{shown(url)} takes more than {seconds:g} s to read; no sound feed does.")
            self.thread.join(_LOOK)

    def _run(self) -> None:
        self.said, self.complaint = self._child.communicate(self._given)


def _understood(told: dict[str, Any]) -> FeedBody:
    if "unreadable" in told:
        raise FeedUnreadable(*told["unreadable"])
    sightings = tuple(Sighting(**{name: _field(value) for name, value in one.items()}) for one in told["sightings"])
    return FeedBody(Understood(sightings, told["entries"]), told["title"])


def _field(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
