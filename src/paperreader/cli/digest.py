"""`paperreader digest`"""

from __future__ import annotations

import argparse
from datetime import time
from typing import TYPE_CHECKING

from paperreader.cli.opening import library_at
from paperreader.digest import FORMATS
from paperreader.errors import ScheduleError, SettingsError

if TYPE_CHECKING:
    from paperreader.paths import Paths

KEPT = "What went out is in the ledger; what is unclear is said at the next run."

_EPILOG = """A digest has what trends among the papers that came since the last one, what your saved searches match,
and new versions of bookmarked papers; [digest] in settings.toml says in which order, how many, and how it is sent.

Each reader has a last one of their own: what is shown here, or written with -o, takes nothing out of the mail.
Shown again within 12 hours while nothing is new, it is the same once more. --preview shows what the next mail would
have and counts nowhere.

A mail is entered in the library before it leaves. If nobody can know whether it arrived, the next digest says so, and
--again N sends it once more as it was.

Exit code 1: it did not go out, and the next try may. 3: it went out, and a feed had failed before. 4: it was refused
for good, the settings cannot be so, or nobody can know."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, in which form, to where."""
    forms = "; ".join(f"{form.name}: {form.label}" for form in FORMATS.values())
    parser.add_argument("--format", choices=tuple(FORMATS), help=f"{forms} (text if not said)")
    parser.add_argument("-o", "--output", metavar="FILE", help="write there and not to the terminal")
    parser.add_argument("--force", action="store_true", help="replace FILE if it exists")
    parser.add_argument("--refresh", action="store_true", help="ask the feeds first; if they fail, the digest says so")
    actions = parser.add_mutually_exclusive_group()
    actions.add_argument("--send", action="store_true", help="send it by mail")
    actions.add_argument(
        "--again",
        nargs="?",
        type=_number,
        const=0,
        metavar="N",
        help="send the last one that had papers, or number N, once more as it was",
    )
    actions.add_argument("--check", action="store_true", help="try every step of sending, and send nothing")
    actions.add_argument("--preview", action="store_true", help="open the next mail in the browser")
    actions.add_argument("--schedule", type=_time, metavar="HH:MM", help="refresh and send once a day, at this time")
    actions.add_argument("--unschedule", action="store_true", help="no longer do so")
    parser.epilog = _EPILOG


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of a mail: they begin with 1.")
    return int(text)


def _time(text: str) -> time:
    from paperreader.digest.timers.job import moment

    try:
        return moment(text)
    except ScheduleError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Do one of these."""
    mailing = options.send or options.again is not None or options.check
    if mailing or options.preview or options.schedule or options.unschedule:
        for name in ("format", "output", "force"):
            if getattr(options, name):
                options.misused(f"--{name} has no place where nothing is written")
    if options.schedule is not None or options.unschedule:
        from paperreader.cli import digest_schedule

        return digest_schedule.run(options.schedule, paths)
    from paperreader.cli import digest_mail, digest_shown
    from paperreader.settings import Settings

    try:
        settings = Settings.read(paths.settings)
    except SettingsError as error:
        if not options.send:
            raise
        return digest_mail.unfit(error)
    with library_at(paths) as library:
        library.trends.weights = settings.trending.weights
        library.trends.by_source = settings.trending.by_source
        if mailing:
            return digest_mail.run(options, library, settings)
        return digest_shown.run(options, library, settings)
