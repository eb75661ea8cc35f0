from __future__ import annotations

from pathlib import Path

import pytest

from paperreader.errors import ExportError
from paperreader.exports import Document, templates
from paperreader.paper import Paper
from tests.exports.papers import FULL

EACH = "{% for section in sections %}{% for paper in section.papers %}"
ENDS = "{% endfor %}{% endfor %}"


def made(source: str, *papers: Paper, escape: bool = False) -> str:
    return "".join(templates.write(source, Document.of(papers or (FULL,)), escape=escape))


def test_a_template_has_every_field_and_what_is_made_of_them() -> None:
    source = f"{{{{ title }}}} {EACH}{{{{ paper.citation_key }}}} {{{{ paper.year }}}} {{{{ paper.link }}}}{ENDS}"
    assert made(source) == "Papers lopez2024graphs 2024 https://arxiv.org/abs/2401.01234"
    assert made(f"{EACH}{{{{ paper.title | latex }}}}{ENDS}", Paper(rid=1, title="A & B_é")) == r"A \& B\_{\'e}"
    assert made(f"{EACH}{{{{ paper.title | csv }}}}{ENDS}", Paper(rid=1, title="=1")) == "'=1"


def test_values_are_escaped_in_html_and_left_alone_elsewhere(tmp_path: Path) -> None:
    hostile = Paper(rid=1, title="<script>")
    assert made(f"{EACH}{{{{ paper.title }}}}{ENDS}", hostile) == "<script>"
    assert made(f"{EACH}{{{{ paper.title }}}}{ENDS}", hostile, escape=True) == "&lt;script&gt;"
    for name, escaped in (("a.html", True), ("a.xml.j2", True), ("a.txt", False), ("a.tex.jinja", False)):
        (tmp_path / name).write_text("x")
        assert templates.read(tmp_path / name) == ("x", escaped)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{{ title.__class__.__mro__ }}", "unsafe"),
        ("{% include 'other' %}", "template"),
        ("one\n{% bad %}", "line 2"),
        ("{{ nothing }}", "nothing"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{% for p in sections %}{{ p.papers.gi_frame.f_globals }}{% endfor %}", "no attribute"),
    ],
)
def test_what_a_template_must_not_or_cannot_do_is_told(source: str, words: str) -> None:
    with pytest.raises(ExportError, match=words):
        made(source)


def test_a_file_that_is_no_template_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="No such file"):
        templates.read(tmp_path / "none")
    (tmp_path / "bytes").write_bytes(b"\xff")
    with pytest.raises(ExportError, match="UTF-8"):
        templates.read(tmp_path / "bytes")
