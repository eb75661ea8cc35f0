"""Start to list and search to hit with 5,000 papers, beside the Textual peers that are installed.

    python -m benchmarks.peers [--cobib VENV] [--asv VENV] [--rounds N] [--papers N]

VENV is a virtual environment of its own for each peer, made for this and thrown away after:
`python -m venv VENV && VENV/bin/pip install cobib==6.0.3` (a reference manager),
`python3.13 -m venv VENV && VENV/bin/pip install arxiv-subscription-viewer==0.4.0` (it wants Python 3.13).

All get the same papers of the corpus (title, authors, year, abstract) in the form that they keep them in, and a home of
their own. cobib has its cache of the database, as after any earlier start. Square brackets in titles become round ones
for arxiv-subscription-viewer: one title in them ends it at the start.

Everybody runs in a real pseudo-terminal of 140x40, taking turns, best of so many rounds, five where not said.
List: from the start of the process until papers of the list were written. Hit: the search field is opened and left half
a second to settle, which is not counted; then from the typing of a word (and Enter, where it takes that) that one paper
alone has until that paper was written to the screen, where it was not before. arxiv-subscription-viewer finds similar
words too and sorts its hits by title, so that the paper may lie below the screen: for it the line counts that says how
many papers match. Goal: both at least ten times as fast.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.homes import CORPUS, home_of
from benchmarks.scroll import COLUMNS, copy_of
from benchmarks.start import LIST
from tests.terminal.pty import Terminal

PAPERS = 5000
ROUNDS = 5
GOAL = 10.0
_CALM = 0.5
"""Seconds between the opening of the field and the typing."""
_HEAD = 18
"""Characters of a title that are a mark of it: no column is so narrow that it breaks them."""

Paper = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Program:
    """How a program is started and searched in."""

    name: str
    command: Sequence[str]
    listed: tuple[str, int]
    """What the list writes, and how often at least."""
    hit: str
    """What is written when the hit is shown, and was not before."""
    opened: str = ""
    """What the field writes when it opens; empty where it has a place of its own."""
    enter: str = ""
    """What follows the word."""
    environment: Mapping[str, str] = field(default_factory=dict)


def once(program: Program, word: str) -> tuple[float, float]:
    """Seconds from the start to the list, and from the word to its hit."""
    begin = time.perf_counter()
    with Terminal(list(program.command), columns=COLUMNS, environment=program.environment) as terminal:
        terminal.until_written(program.listed[0].encode(), program.listed[1])
        listed = time.perf_counter() - begin
        _pass(terminal, 2 * _CALM)
        before = terminal.raw.count(program.opened.encode())
        terminal.type("/")
        if program.opened:
            terminal.until_written(program.opened.encode(), before + 1)
        _pass(terminal, _CALM)
        before = terminal.raw.count(program.hit.encode())
        begin = time.perf_counter()
        terminal.type(word + program.enter)
        terminal.until_written(program.hit.encode(), before + 1)
        return listed, time.perf_counter() - begin


def _pass(terminal: Terminal, seconds: float) -> None:
    """Read for so long: a cursor that blinks is never quiet."""
    end = time.perf_counter() + seconds
    terminal.until(lambda screen: time.perf_counter() > end)


def corpus(papers: int) -> list[Paper]:
    """The first ones of the corpus."""
    with lzma.open(CORPUS, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in islice(lines, papers)]


def wanted(papers: Sequence[Paper]) -> tuple[int, str]:
    """A paper from the middle, of no list's first screen, and a word of its title that no other paper has."""
    texts = [f"{paper['title']} {paper['abstract']}".lower() for paper in papers]
    uses = Counter(word for text in texts for word in set(re.findall("[a-z]{7,}", text)))
    heads = Counter(paper["title"][:_HEAD] for paper in papers)
    newest = sorted((paper["published"] for paper in papers), reverse=True)[len(papers) // 10]
    for number in range(len(papers) // 2, len(papers) - 100):
        title = papers[number]["title"]
        head = title[:_HEAD]
        if not re.fullmatch("[M-R][A-Za-z -]+", head) or heads[head] > 1 or papers[number]["published"] >= newest:
            continue
        for word in re.findall(r"\b[a-z]{7,}\b", title[_HEAD:].lower()):
            if uses[word] == 1 and sum(word in text for text in texts) == 1:
                return number, word
    raise SystemExit("no paper has a word of its own")


def paperreader(home: Path, title: str) -> Program:
    """Ours; its search narrows as one types."""
    command = [sys.executable, "-m", "paperreader", "--home", str(home)]
    return Program("paperreader", command, LIST, title[:_HEAD])


def cobib(venv: Path, folder: Path, papers: Sequence[Paper], number: int) -> Program:
    """Its database is a YAML file; a scalar in JSON's quotes is one in YAML's as well."""
    settings = {
        "database.file": folder / "literature.yaml",
        "database.cache": folder / "cache",
        "logging.logfile": folder / "log",
        "logging.version": folder / "version",
    }
    lines = [f"config.{name} = {str(path)!r}" for name, path in settings.items()]
    (folder / "settings.py").write_text("\n".join(["from cobib.config import config", *lines]))
    settings["database.file"].write_text("".join(_yaml(at, paper) for at, paper in enumerate(papers)))
    command = [str(venv / "bin/cobib"), "-c", str(folder / "settings.py")]
    home = {"HOME": str(folder)}
    subprocess.run([*command, "list"], check=True, env={**os.environ, **home}, stdout=subprocess.DEVNULL)  # its news
    return Program(
        "cobib", command, (f"p{len(papers) - 1}", 1), f"p{number}", opened="▔" * 60, enter="\r", environment=home
    )


def _yaml(number: int, paper: Paper) -> str:
    fields = {
        "abstract": paper["abstract"],
        "author": " and ".join(paper["authors"]),
        "title": paper["title"],
        "year": paper["published"][:4],
    }
    written = "".join(f"  {name}: {json.dumps(text)}\n" for name, text in fields.items() if text)
    return f"---\np{number}:\n  ENTRYTYPE: article\n{written}...\n"


def asv(venv: Path, folder: Path, papers: Sequence[Paper], word: str) -> Program:
    """It reads the mails of arXiv; the first start is welcomed and asks for Enter, the later ones are not."""
    few, file = folder / "few.txt", folder / "papers.txt"
    entries = [_mail(at, paper) for at, paper in enumerate(papers)]
    few.write_text("".join(entries[:9]))
    file.write_text("".join(entries))
    home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config")}
    command = [str(venv / "bin/arxiv-viewer"), "browse", "--no-restore", "-i"]
    with Terminal([*command, str(few)], columns=COLUMNS, environment=home) as terminal:
        terminal.until("Welcome to")
        terminal.type("\r")
        terminal.until(lambda screen: "cs.LG" in screen and "Welcome to" not in screen)
        _pass(terminal, 2 * _CALM)
        terminal.type("q")
        terminal.wait()
    return Program(
        "arxiv-subscription-viewer",
        [*command, str(file)],
        ("cs.LG", 5),
        f'matching "{word}"',
        opened="earch papers",
        environment=home,
    )


def _arxiv_id(number: int) -> str:
    return f"2001.{number + 1:05d}"


def _mail(number: int, paper: Paper) -> str:
    title = paper["title"].translate(str.maketrans("[]", "()"))
    date = f"Mon, 15 Jan {paper['published'][:4]} 00:00:00 GMT"
    return (
        f"{'-' * 78}\n\\\\\narXiv:{_arxiv_id(number)}\nDate: {date}   (9kb)\n\n"
        f"Title: {title}\nAuthors: {', '.join(paper['authors']) or 'Nobody'}\nCategories: cs.LG\n\\\\\n"
        f"  {paper['abstract']}\n\\\\ ( https://arxiv.org/abs/{_arxiv_id(number)} ,  9kb)\n"
    )


def compare(programs: Sequence[Program], word: str, rounds: int) -> None:
    """Print the best times of each, and how many times as long as ours they are."""
    taken: dict[str, list[tuple[float, float]]] = {program.name: [] for program in programs}
    for _ in range(rounds):
        for program in programs:
            taken[program.name].append(once(program, word))
    ours = [min(times) for times in zip(*taken["paperreader"], strict=True)]
    for name, rows in taken.items():
        listed, hit = (min(times) for times in zip(*rows, strict=True))
        ratios = "" if name == "paperreader" else f"{listed / ours[0]:>9.1f}{hit / ours[1]:>9.1f}"
        print(f"{name:<28}{listed:>9.3f}{hit:>9.3f}{ratios}")


def installed(venv: Path | None, program: str) -> bool:
    """Whether it is there; says so where it is not."""
    if venv is not None and (venv / "bin" / program).exists():
        return True
    print(f"{program}: not installed")
    return False


def main() -> None:
    """Print a table of those that are there, and who is not."""
    parser = argparse.ArgumentParser(description="beside the Textual peers", allow_abbrev=False)
    parser.add_argument("--cobib", type=Path, metavar="VENV")
    parser.add_argument("--asv", type=Path, metavar="VENV")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--papers", type=int, default=PAPERS)
    given = parser.parse_args()
    home = home_of(given.papers)
    papers = corpus(given.papers)
    number, word = wanted(papers)
    with copy_of(home) as ours, tempfile.TemporaryDirectory(prefix="paperreader-peers-") as folder:
        programs = [paperreader(ours, papers[number]["title"])]
        if installed(given.cobib, "cobib"):
            programs.append(cobib(given.cobib.absolute(), Path(folder), papers, number))
        if installed(given.asv, "arxiv-viewer"):
            programs.append(asv(given.asv.absolute(), Path(folder), papers, word))
        print(f'{given.papers:,} papers; the word is "{word}"; goal: {GOAL:.0f} times')
        print(f"{'':<28}{'list s':>9}{'hit s':>9}{'list ×':>9}{'hit ×':>9}")
        compare(programs, word, given.rounds)


if __name__ == "__main__":
    main()
