from __future__ import annotations

import pytest

from paperreader.exports.citation_key import citation_key
from paperreader.paper import Paper


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (Paper(rid=1, title="BootsTAP", authors=("Carl Doersch",), published="2024-02"), "doersch2024bootstap"),
        (Paper(rid=1, title="The heading", authors=("李 雷",), published="2024"), "heading2024"),
        (Paper(rid=1, title="3D Things", published="2024"), "anon3d2024"),
        (Paper(rid=1, title="", arxiv_id="2401.00012"), "anon240100012"),
        (Paper(rid=1, title="李", other_id="雷"), "paper"),
    ],
)
def test_a_key_begins_with_a_letter(paper: Paper, key: str) -> None:
    assert citation_key(paper) == key
