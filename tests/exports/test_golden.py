"""Every format as it was when somebody last looked at it: `PAPERREADER_GOLDEN=1 pytest` writes the files anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from paperreader import __version__
from paperreader.exports import FORMATS, Document, Section, write
from paperreader.views import State
from tests.exports.papers import UGLY, kept

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_as_it_was(name: str) -> None:

    first, *rest = kept(UGLY)
    marked = first._replace(tags=("rl", "to *cite*"), rating=4, state=State.READING, note="# Head\n* point\n<b>")
    document = Document((Section("Thesis [1]", [marked]), Section("In no list", rest)), "All & <more>", 86400.0)
    written = "".join(write(name, document)).replace(f'version="{__version__}"', 'version="0"')
    file = GOLDEN / f"{name}{FORMATS[name].suffix}"
    if os.environ.get("PAPERREADER_GOLDEN"):
        file.write_text(written, encoding="utf-8", newline="")
    assert written == file.read_bytes().decode()
