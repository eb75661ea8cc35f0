"""Every real body goes through its parse: understood, or refused in words; never another exception."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from paperreader.errors import FeedError
from tests.feeds.payloads import FOLDERS, PARSES, real


def test_every_real_body_is_understood_or_refused(shared: Callable[[str], Path]) -> None:
    understood: Counter[str] = Counter()
    refused: list[str] = []
    for file, body, parse in real(shared("payloads")):
        try:
            sightings = PARSES[parse](body)
        except FeedError as error:
            assert error.message.endswith((".", "…"))
            refused.append(file.name)
            continue
        understood[parse] += 1
        for sighting in sightings:
            assert sighting.identities, file
            assert "\n" not in sighting.title
            str(sighting).encode()  # no lone surrogates, which neither SQLite nor a terminal takes
    assert understood["huggingface"] == 32
    assert understood["query"] == 38  # 19 answers, recorded and unpacked
    assert understood["announcements"] == 6
    assert understood["syndication"] > 900
    assert understood["semantic scholar"] >= 2
    assert set(understood) == set(FOLDERS.values())
    assert {"2024-12-13.json", "2025-01-10.json", "newsboat_empty.xml", "rss_error_version.xml"} <= set(refused)


def test_arxivs_announcements_are_the_same_papers_to_either_parse(shared: Callable[[str], Path]) -> None:
    for file, body, parse in real(shared("payloads")):
        if parse == "announcements" and file.suffix == ".xml" and "error" not in file.name:
            own = [sighting.arxiv_id for sighting in PARSES["announcements"](body)]
            assert own == [sighting.arxiv_id for sighting in PARSES["syndication"](body)], file
