"""`paperreader refresh [FEED...]`"""

from __future__ import annotations

import argparse
import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from paperreader.cli.indexing import bring_up
from paperreader.cli.opening import library_at
from paperreader.cli.progress import Progress
from paperreader.cli.streams import JSON_ESCAPE, flush, say, write, write_as
from paperreader.cli.world import ALL_WELL, SOME_FAILED, following, names
from paperreader.errors import FeedCoolingDown, FeedOffline, FeedUnreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from paperreader.library import Library
    from paperreader.library.following import FeedFailed, FeedPassed, FeedRefreshed, News, Outcome, When
    from paperreader.paths import Paths

KEPT = "What had come is kept; refreshing again brings the rest."

_EPILOG = """feeds: those that `paperreader feeds` lists, or the named ones, followed or not:
  huggingface, "arxiv cs.CL", "arxiv au:bengio AND ti:attention", an address, or a title from the list.
Without a time, each feed tells what is new and what is trending now. Feeds of other addresses keep no earlier times.

output with --json: an object for each feed as it ends, then one for all of them.
  feed, label    its name, and what the screen calls it
  outcome        refreshed, unchanged, passed (has nothing to say of that time) or failed
  new, changed   how many papers, of which the library had not heard, and which it now knows more of
  odd, left_off  entries not understood; papers that there are and that were not asked for
  reason, hint   why it passed or failed; until: when a cool-down ends; file: where an odd answer is kept
The last one has new and changed as lists of ids, failed as a list of feeds, and sentence.

Exit code 3: a feed failed; the papers of the others are there."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which feeds, of which time."""
    parser.add_argument("feeds", nargs="*", metavar="FEED", help="a feed; nothing: all that are followed")
    times = parser.add_mutually_exclusive_group()
    times.add_argument("--day", type=_day, metavar="YYYY-MM-DD", help="what was listed on that day")
    times.add_argument("--week", type=_week, nargs="?", const="", metavar="YYYY-Www", help="that ISO week, or this one")
    times.add_argument("--month", type=_month, nargs="?", const="", metavar="YYYY-MM", help="that month, or this one")
    parser.add_argument("--json", action="store_true", help="tell what came as JSON, one object a line")
    parser.epilog = _EPILOG


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Ask, index, and say what it brought."""
    from paperreader.library.following import Latest

    when = options.day or options.week or options.month or Latest()
    if options.json:
        write_as(JSON_ESCAPE)
    with library_at(paths, starter=False) as library:
        feeds = following(library, paths)
        chosen = names(options.feeds)
        if not chosen and not any(known.on for known in feeds.followed()):
            say("No feed is followed and switched on. `paperreader feeds add` follows one.")
            return 1
        outcome = _asked(feeds.refresh(when, names=chosen), _told_as_json if options.json else _told)
        if options.json:
            _put(_summary(library, outcome))
        bring_up(library)
        say(f"{outcome.sentence}.")
    return SOME_FAILED if outcome.failed else ALL_WELL


def _asked(refreshing: Iterable[News], tell: Callable[[News], None]) -> Outcome:
    """Go through the news; each feed's progress is on one line."""
    from paperreader.library.following import FeedAsked, Outcome

    outcome = Outcome()
    under_way: dict[str, str] = {}
    with Progress() as progress:
        for news in refreshing:
            outcome.add(news)
            if isinstance(news, FeedAsked):
                under_way[news.feed.name] = f"{news.feed.label} {news.done}/{news.total}"
            else:
                under_way.pop(news.feed.name, None)
                progress.wipe()
                tell(news)
            progress.tell(", ".join(under_way.values()))
    return outcome


def _told(news: News) -> None:
    """Say of a feed what the last sentence has no room for; being offline is said once, there."""
    from paperreader.library.following import FeedFailed, FeedPassed

    if isinstance(news, FeedPassed):
        say(news.reason)
    elif isinstance(news, FeedFailed) and not isinstance(news.error, FeedCoolingDown | FeedOffline):
        say(news.told)


def _told_as_json(news: News) -> None:
    from paperreader.library.following import FeedAsked

    if not isinstance(news, FeedAsked):
        _put({"feed": news.feed.name, "label": news.feed.label, **_said(news)})


def _said(news: FeedRefreshed | FeedPassed | FeedFailed) -> dict[str, Any]:
    from paperreader.library.following import FeedPassed, FeedRefreshed

    if isinstance(news, FeedPassed):
        return {"outcome": "passed", "new": 0, "changed": 0, "reason": news.reason}
    counts = {"new": news.recorded.new, "changed": news.recorded.changed}
    if isinstance(news, FeedRefreshed):
        outcome = "unchanged" if news.unchanged else "refreshed"
        return {"outcome": outcome, **counts, "odd": news.odd, "left_off": news.left_off}
    error = news.error
    said: dict[str, Any] = {"outcome": "failed", **counts, "reason": error.message, "hint": error.hint}
    if isinstance(error, FeedCoolingDown):
        said["until"] = datetime.fromtimestamp(error.until, UTC).isoformat(timespec="seconds")
    if isinstance(error, FeedUnreadable) and error.file:
        said["file"] = str(error.file)
    return said


def _summary(library: Library, outcome: Outcome) -> dict[str, Any]:
    came, changed = outcome.recorded.came, outcome.recorded.touched - outcome.recorded.came
    return {
        "new": [paper.id for paper in library.papers(sorted(came))],
        "changed": [paper.id for paper in library.papers(sorted(changed))],
        "failed": [failed.feed.name for failed in outcome.failed],
        "sentence": outcome.sentence,
    }


def _put(value: dict[str, Any]) -> None:
    """At once: who reads along wants to know when it happens."""
    write([json.dumps(value, ensure_ascii=False) + "\n"])
    flush()


def _day(text: str) -> When:
    from paperreader.library.following import Day

    return _time(Day.of, text)


def _week(text: str) -> When:
    from paperreader.library.following import Week

    return _time(Week.of, text) if text else Week.around(_today())


def _month(text: str) -> When:
    from paperreader.library.following import Month

    return _time(Month.of, text) if text else Month(_today().year, _today().month)


def _time(of: Callable[[str], When], text: str) -> When:
    try:
        return of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error}, not {text!r}") from error


def _today() -> date:
    """In UTC, as the lists of a day are made."""
    return datetime.now(UTC).date()
