"""The forms in which `find` prints an answer: papers, why they were found, counts; and whole files of questions."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from paperreader.cli.indexing import answer
from paperreader.cli.streams import JSON_ESCAPE, is_terminal, write, write_as
from paperreader.errors import UnreadableInput
from paperreader.plain import printable
from paperreader.wrapping import width

if TYPE_CHECKING:
    from paperreader.imports.lines import Lines
    from paperreader.library import Library
    from paperreader.library.facets import Facet
    from paperreader.paper import Paper
    from paperreader.search.highlighting import Highlighted

PASSAGE = 160
"""Characters of the passage that says why a paper was found."""
_OPEN, _CLOSE = "«", "»"


def listed(papers: Iterable[Paper], why: dict[int, Highlighted] | None) -> None:
    """One paper a line; on a terminal in columns, and what explains it on a line below, else in a fourth column."""
    aligned = is_terminal(sys.stdout)
    for paper in papers:
        # Made printable one by one: a tab within a title becomes a space, one between columns stays.
        shown, year, title = map(printable, (paper.id, paper.published[:4], paper.shown_title))
        line = f"{shown:<10}  {year:<4}  {title}" if aligned else f"{shown}\t{year}\t{title}"
        if why is not None:
            passage = printable(_marked(why[paper.rid])) if paper.rid in why else ""
            line += (f"\n{'':<18}{passage}" if passage else "") if aligned else f"\t{passage}"
        write([line + "\n"])


def table(rows: Sequence[Sequence[str]]) -> None:
    """Rows of a few values: in columns on a terminal, else with tabs between."""
    shown = [[printable(cell) for cell in row] for row in rows]
    if is_terminal(sys.stdout):
        widths = [max(map(width, column)) for column in zip(*shown, strict=True)]
        shown = [
            ["  ".join(cell + " " * (most - width(cell)) for cell, most in zip(row, widths, strict=True)).rstrip()]
            for row in shown
        ]
    write("\t".join(row) + "\n" for row in shown)


def counted(facets: Sequence[Facet], *, as_json: bool) -> None:
    """One value a line: its kind, the value, how many papers have it, and the condition that narrows to it."""
    if as_json:
        write_as(JSON_ESCAPE)
    aligned = is_terminal(sys.stdout)
    for facet in facets:
        for value in facet.values:
            told = (facet.label, value.value, str(value.count), value.condition)
            if as_json:
                names = ("facet", "value", "count", "condition")
                write(
                    [json.dumps(dict(zip(names, (*told[:2], value.count, told[3]), strict=True)), ensure_ascii=False)]
                )
                write(["\n"])
                continue
            label, shown, count, condition = map(printable, told)
            line = f"{label:<13}{count:>7}  {condition}" if aligned else f"{label}\t{shown}\t{count}\t{condition}"
            write([line + "\n"])


def answered(library: Library, file: str, limit: int) -> None:
    """Each line {"id", "text"} of the file ("-": standard input) is answered by a line {"id", "ids"}, best first.

    Raises UnreadableInput, naming the line, at the first that is no question; what came before is answered.
    """
    from paperreader.imports.lines import Lines
    from paperreader.paper import Sort, View

    write_as(JSON_ESCAPE)
    everything = library.listing(View.ALL, Sort.NEWEST)
    with ExitStack() as stack:
        if file == "-":
            lines = Lines("standard input", sys.stdin.buffer)
        else:
            try:
                lines = Lines(file, stack.enter_context(Path(file).open("rb")))
            except OSError as error:
                raise UnreadableInput(f"{printable(file)} cannot be read: {error.strerror}.") from error
        for name, text in _questions(lines):
            found = answer(library, partial(library.find, text, among=everything, limit=limit, finished=True))
            ids = library.search.bare_ids(found.ids)
            write([json.dumps({"id": name, "ids": ids}, ensure_ascii=False) + "\n"])


def _questions(lines: Lines) -> Iterator[tuple[object, str]]:
    for number, line in lines:
        if not line.strip():
            continue
        try:
            told = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise lines.refuse(number, "this is no JSON object.", 'Each line is {"id": ..., "text": ...}.') from error
        if not isinstance(told, dict) or not isinstance(told.get("text"), str) or "id" not in told:
            raise lines.refuse(number, 'this has no "id" and "text".', 'Each line is {"id": ..., "text": ...}.')
        yield told["id"], told["text"]


def _marked(passage: Highlighted) -> str:
    """The passage with what explains it between « and »."""
    text, at, pieces = passage.text, 0, list[str]()
    for start, end in passage.spans:
        pieces += [text[at:start], _OPEN, text[start:end], _CLOSE]
        at = end
    return "".join([*pieces, text[at:]])
