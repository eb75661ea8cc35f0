"""Pages made by Jinja2 templates: the HTML that is ours, and any text that the person's own template makes.

A template cannot reach what it is not given: its environment is a sandbox, papers are handed in as values without
methods, and files beside it can be neither included nor read. For a template that is named .html, .htm or .xml every
value is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from paperreader.errors import ExportError
from paperreader.exports import bib_entry, csv_table
from paperreader.exports.citation_key import citation_key
from paperreader.exports.document import Document
from paperreader.latex.titles import title as latex_title
from paperreader.paper import Paper
from paperreader.plain import printable

if TYPE_CHECKING:
    from jinja2 import Environment

_LARGEST: Final = 1 << 20
"""Bytes of a template: one that is longer is no template."""
_ESCAPED: Final = (".html", ".htm", ".xhtml", ".xml")


def write(source: str, document: Document, *, escape: bool, name: str = "template") -> Iterator[str]:
    """What the template makes of the document, in pieces as its papers come.

    Raises ExportError, with the line, where the template cannot be understood or fails.
    """
    from jinja2 import TemplateError

    try:
        template = _environment(escape=escape).from_string(source)
        yield from template.generate(_values(document))
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        place = f"{name}, line {line}" if line else name
        said = printable(error.message or type(error).__name__).rstrip(".")
        raise ExportError(f"{printable(place)}: {said}.") from error
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError) as error:
        raise ExportError(f"{printable(name)}: the template fails: {printable(str(error))}.") from error


def read(file: Path) -> tuple[str, bool]:
    """The text of a template file, and whether its values are escaped. Raises ExportError."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExportError(f"{file} is not UTF-8 text.", "A template is a text file.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ExportError(f"The template {file} cannot be read: {reason}.") from error
    if len(raw) > _LARGEST:
        raise ExportError(f"{file} is larger than {_LARGEST >> 20} MiB.", "Is it a template?")
    stem = file.with_suffix("") if file.suffix in (".j2", ".jinja", ".jinja2") else file
    return text, stem.suffix.lower() in _ESCAPED


def _environment(*, escape: bool) -> Environment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(
        autoescape=escape, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    made.filters |= {
        "latex": lambda text: bib_entry.prose(text, ascii_only=True),
        "latex_title": latex_title,
        "csv": csv_table.safe_cell,
        "oneline": lambda text: " ".join(printable(text).split()),
        "paragraphs": lambda text: [part.strip() for part in text.split("\n\n") if part.strip()],
    }
    return made


def _values(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "made": datetime.fromtimestamp(document.made, UTC).strftime("%Y-%m-%d"),
        "sections": ({"title": part.title, "papers": map(seen, part.papers)} for part in document.sections),
    }


def seen(paper: Paper) -> dict[str, Any]:
    """What a template sees of a paper: every field by its name, and what is made of them."""
    known = paper._asdict()
    made = ("id", "text", "text_is_summary", "shown_title", "link", "pdf_link", "code_link", "project_link")
    known |= {name: getattr(paper, name) for name in made}
    return known | {
        "state": paper.state.value,
        "citation_key": paper.citation_key or citation_key(paper),
        "year": paper.published[:4],
    }
