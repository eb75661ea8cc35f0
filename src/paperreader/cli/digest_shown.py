"""A digest on the terminal, in a file, or in the browser."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from paperreader.cli.digest_refresh import refreshed
from paperreader.cli.streams import Escape, flush, say, write, write_as
from paperreader.digest import FORMATS
from paperreader.exports.whole_file import put_in_place, refuse_existing

if TYPE_CHECKING:
    from paperreader.digest.letter import Envelope
    from paperreader.library import Library
    from paperreader.settings import Settings


def run(options: argparse.Namespace, library: Library, settings: Settings) -> int:
    """Compose it and show it; 3 where a refresh before it failed."""
    from paperreader.library.digests import READER

    target = Path(options.output) if options.output not in (None, "-") else None
    if target is not None and not options.force:
        refuse_existing(target)
    readers = library.digests.readers(settings.digest) if options.preview else [READER]
    remarks = refreshed(options, library, settings, readers)
    if options.preview:
        _previewed(library, settings, remarks)
    else:
        _written(library, settings, remarks, options.format or "text", target, force=options.force)
    return 3 if remarks else 0


def _written(
    library: Library, settings: Settings, remarks: list[str], form: str, target: Path | None, *, force: bool
) -> None:
    draft, new = library.digests.shown(settings.digest, remarks)
    if not new:
        say(f"Nothing new since {draft.digest.at:%H:%M}; this is that digest once more.")
    elif not draft.digest.items and library.trends.latest_day() is None:
        say("No feed has told of trending papers yet; `paperreader digest --refresh` asks first.")
    digest = draft.digest
    if form == "atom":
        digest = replace(digest, before=library.digests.earlier())
    for trouble in library.digests.troubles(settings.digest):
        say(trouble)
    text = FORMATS[form].write(digest, _envelope(library, settings))
    number = len(draft.digest.items)
    if target is not None:
        put_in_place(target, [text], replace=force)
        say(f"Wrote {number:,} {'paper' if number == 1 else 'papers'} to {target}.")
    else:
        write_as(cast("Escape", FORMATS[form].escape))
        write([text])
        flush()
    library.digests.keep(draft)


def _previewed(library: Library, settings: Settings, remarks: list[str]) -> None:
    """The next mail, counted nowhere. The page stays in the cache folder: a browser may read it later."""
    from paperreader.browser import open_page
    from paperreader.digest import html

    reader, *others = library.digests.readers(settings.digest)
    draft = library.digests.draft(settings.digest, reader, remarks)
    page = library.paths.cache / "digest.html"
    put_in_place(page, [html.in_mail(draft.digest)], replace=True)
    opened = open_page(page, settings.browser)
    if others:
        say(f"This is what {reader} would get.")
    say(f"Opened {page}" if opened.started else f"{opened.reason} The page is {page}")


def _envelope(library: Library, settings: Settings) -> Envelope:
    from paperreader.digest.addresses import Mailbox
    from paperreader.library.digests import ways

    wishes = settings.digest
    recipient = ways.recipients(wishes)[0] if wishes.to or wishes.maildir else Mailbox("", "reader", "localhost")
    return library.digests.sending.envelope(wishes, recipient)
