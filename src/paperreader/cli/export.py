"""`paperreader export`"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from paperreader.cli.indexing import bring_up
from paperreader.cli.opening import as_typed, library_at, resolved
from paperreader.cli.streams import JSON_ESCAPE, Escape, say, write, write_as
from paperreader.errors import ExportError
from paperreader.exports import FORMATS
from paperreader.exports.whole_file import put_in_place, refuse_existing

if TYPE_CHECKING:
    from paperreader.library import Library
    from paperreader.paths import Paths

KEPT = "No half-written file was left."

_STDOUT = "-"
_OWN: Final = "template"
_VIEWS: Final = ("trending", "new", "rising", "unread")
_ESCAPES: Final[dict[str, Escape]] = {
    **{"markdown": "xmlcharrefreplace", "html": "xmlcharrefreplace", "atom": "xmlcharrefreplace"},
    **{"json": JSON_ESCAPE, "jsonl": JSON_ESCAPE, "csl-json": JSON_ESCAPE, "jsonfeed": JSON_ESCAPE},
}
_EPILOG = f"""formats:
{chr(10).join(f"  {form.name:<9}  {form.label}" for form in FORMATS.values())}
  template   your own, which settings.toml names: template = "~/papers.tex.j2"

A template is a file for Jinja2: {{{{ title }}}} is the heading, {{% for section in sections %}} goes through the
sections, {{% for paper in section.papers %}} through their papers; {{{{ paper.title }}}}, {{{{ paper.authors }}}},
{{{{ paper.citation_key }}}} and so on as `export --format json` names them. Filters: latex, latex_title, csv, oneline,
paragraphs. In a template named .html or .xml (.html.j2 too) every value is escaped.

A question that finds nothing writes nothing and ends with exit code 1, as `find` does. No bookmarks and an empty list
are written as an empty file of the form: that is done, 0."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which papers, in which form, to where."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="these papers; without any: the bookmarked ones")
    scope = parser.add_mutually_exclusive_group()
    scope.add_argument("--all", action="store_true", help="the whole library")
    scope.add_argument("--list", metavar="L", help="the papers of this list, in its order")
    scope.add_argument("--query", metavar="Q", help="what `find` finds, best first")
    scope.add_argument("--view", choices=_VIEWS, metavar="V", help=f"a view as the app has it: {', '.join(_VIEWS)}")
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--format", choices=(*FORMATS, _OWN), default="markdown", metavar="F", help="one of those below (markdown)"
    )
    form.add_argument("--template", type=Path, metavar="FILE", help="your own form, see below")
    parser.add_argument("-o", "--output", metavar="FILE", default=_STDOUT, help="write there and not to the terminal")
    parser.add_argument("--force", action="store_true", help="replace FILE if it exists")
    parser.epilog = _EPILOG


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Write the papers."""
    if options.ids and (options.all or any(v is not None for v in (options.query, options.list, options.view))):
        options.misused("ids name the papers already; leave --all, --list, --query and --view out")
    to_file = options.output != _STDOUT
    target = Path(options.output)
    if to_file and not options.force:
        refuse_existing(target)
    if options.format == _OWN:
        options.template = _own_template(paths)
    with library_at(paths, writes=False) as library:
        rids, title, none = _chosen(library, options)
        if options.query is not None and not rids:
            say(none)
            return 1
        whole = not (options.ids or options.list or options.query or options.view)
        text = library.export(rids, options.format, title=title, by_list=whole, template=options.template)
        if to_file:
            put_in_place(target, text, replace=options.force)
            say(f"Wrote {len(rids):,} {'paper' if len(rids) == 1 else 'papers'} to {target}.")
        else:
            write_as("replace" if options.template else _ESCAPES.get(options.format, "replace"))
            write(text)
        if not rids:
            say(none)
    return 0


def _own_template(paths: Paths) -> Path:
    """The template that settings.toml names. Raises SettingsError, ExportError."""
    from paperreader.settings import Settings

    named = Settings.read(paths.settings).template
    if not named:
        raise ExportError(f"{paths.settings} names no template.", 'template = "~/papers.tex.j2" does, or --template.')
    return paths.settings.parent / Path(named).expanduser()


def _chosen(library: Library, options: argparse.Namespace) -> tuple[Sequence[int], str, str]:
    """The papers, what they are, and what to say where there is none."""
    from paperreader.paper import View

    if options.ids:
        return resolved(library, options.ids), "Papers", ""
    if options.list is not None:
        name = as_typed(options.list)
        return library.keeping.listed(name), name, "There is no paper in this list."
    if options.view is not None:
        view = View(options.view)
        return library.listing(view), view.label, f"There is no paper in {view.label}."
    if options.query is not None:
        return _found(library, as_typed(options.query))
    if options.all:
        everything = library.in_lasting_order(library.listing(View.ALL))
        return everything, "Papers", "There is no paper in the library."
    kept = library.in_lasting_order(library.listing(View.BOOKMARKS))
    return kept, "Bookmarks", "Nothing is bookmarked; --all takes all papers."


def _found(library: Library, question: str) -> tuple[Sequence[int], str, str]:
    from paperreader.paper import View

    bring_up(library)
    everything = library.listing(View.ALL)
    found = library.find(question, among=everything, limit=max(1, len(everything)), finished=True)
    for remark in found.remarks:
        say(f"Note: {remark}.")
    for typed, shown in found.corrections:
        say(f"Showing {shown} for {typed}.")
    return found.ids, question, "Nothing found."
