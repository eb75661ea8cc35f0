"""`paperreader model [show|get|make|remove]`"""

from __future__ import annotations

import argparse
import os
import time
from typing import TYPE_CHECKING, Final

from paperreader.cli.opening import library_at
from paperreader.cli.progress import Progress
from paperreader.cli.reindex import tell
from paperreader.cli.streams import put, say
from paperreader.plain import printable

if TYPE_CHECKING:
    from paperreader.library.meaning import MeaningCare
    from paperreader.paths import Paths

KEPT = "What was fetched or read is kept; the same command goes on from there."

_SHOW, _GET, _MAKE, _REMOVE = "show", "get", "make", "remove"
_POLITE: Final = 10
"""How much the reading gives way to other programs, as `nice` counts: it takes hours and nobody waits for it."""
_MB: Final = 1_000_000

_EPILOG = """what to do:
  show     say what there is for search by meaning, and what is missing
  get      fetch the model all-MiniLM-L6-v2 (23 MB, Apache-2.0) from huggingface.co, and check it
  make     let the model read the papers that are new or changed, 11 a second; the app does so by itself
  remove   remove the fetched model, and what it read

Search by meaning finds papers that say the same in other words, beside those that have the words. It needs the extra:
  pip install 'paperreader[semantic]'
Nothing is fetched without `get`. HF_ENDPOINT names a mirror. In settings.toml a model of your own can be named, a
folder with onnx/model.onnx and vocab.txt, or an installed package that carries one:
  [search]
  model = "~/models/all-MiniLM-L6-v2\""""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    parser.add_argument("what", nargs="?", default=_SHOW, metavar="WHAT", help="show, if nothing is said; see below")
    parser.add_argument("--progress-lines", action="store_true", help=argparse.SUPPRESS)
    parser.epilog = _EPILOG


def run(options: argparse.Namespace, paths: Paths) -> int:
    """Do it."""
    doing = {_SHOW: _show, _GET: _get, _MAKE: _make, _REMOVE: _remove}.get(options.what)
    if doing is None:
        options.misused(f"{options.what!r} is nothing to do with the model; known are show, get, make, remove")
        raise AssertionError  # `misused` has ended the program
    return doing(options, paths)


def _show(_: argparse.Namespace, paths: Paths) -> int:
    from paperreader.paper import View

    with library_at(paths) as library:
        care = library.search.meaning
        state = care.state()
        put(f"extra   {'installed' if state.installed else 'not installed'}")
        put(f"model   {printable(str(state.model)) if state.model else 'none'}")
        if state.model is not None:
            put(f"read    {care.count():,} of {library.counts()[View.ALL]:,} papers")
        if state.hint:
            say(f"{printable(state.hint)}{'' if state.hint.endswith('.') else '.'}")
    return 0


def _get(_: argparse.Namespace, paths: Paths) -> int:
    from paperreader.library.model_files import LICENCE, NAME, fetch, fetched_folder

    with library_at(paths) as library:  # it must be there and writable before 23 MB are fetched
        say(f"Fetching {NAME} ({LICENCE}) from {_host()} ...")
        with Progress() as progress:
            for step in fetch(paths):
                progress.show("Fetching: byte", step.done, step.total)
        say(f"{NAME} is in {printable(str(fetched_folder(paths)))}, and every byte is right.")
        state = library.search.meaning.state()
        if state.hint:
            say(f"{printable(state.hint)}{'' if state.hint.endswith('.') else '.'}")
    return 0


def _make(options: argparse.Namespace, paths: Paths) -> int:
    os.nice(_POLITE)
    with library_at(paths) as library:
        steps = library.search.meaning.make()
        if options.progress_lines:
            tell(steps)
            return 0
        began, read = time.monotonic(), 0
        with Progress() as progress:
            progress.tell("Looking which papers are new or changed ...")
            for step in steps:
                read = step.done
                left = (time.monotonic() - began) / read * (step.total - read) if read else 0.0
                progress.show(f"{_lasting(left)}Reading", step.done, step.total)
    say(f"The model has read every paper; {read:,} were new or changed.")
    return 0


def _remove(_: argparse.Namespace, paths: Paths) -> int:
    from paperreader.library.model_files import forget

    with library_at(paths) as library:
        care: MeaningCare = library.search.meaning
        freed = care.forget()
        there = forget(paths)
    if not there and not freed:
        say("No model was fetched, and none has read anything.")
        return 1
    say(f"Removed {'the fetched model and ' if there else ''}what it read, {freed / _MB:.0f} MB. Words find as before.")
    return 0


def _host() -> str:
    from paperreader.library.model_files import remote_files

    return next(iter(remote_files().values())).url.split("/")[2]


def _lasting(seconds: float) -> str:
    """How long it will take, before the rest of the line."""
    if seconds < 60:
        return ""
    minutes = int(seconds // 60)
    return f"{minutes // 60} h {minutes % 60:02} min left. " if minutes >= 60 else f"{minutes} min left. "
