"""Links that may stand in a mail: http and https only, in ASCII (RFC 3986), and leading where they seem to lead."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from paperreader.paper import Paper

HUGGING_FACE: Final = "https://huggingface.co/papers/"
_SOURCE: Final = "huggingface"
_KEPT: Final = "/:;,@!$&*+=-._~%"
"""What stays as it is in a path: RFC 3986, section 2.2, but for brackets and quotes, which Markdown and mail
programs take for the end of a link."""


def links(paper: Paper) -> list[tuple[str, str]]:
    """Where the paper is on the web: label and address of each place that is known."""
    page = "arXiv" if paper.arxiv_id else "Page"
    known = [
        (page, safe(paper.link)),
        ("PDF", safe(paper.pdf_link)),
        ("Hugging Face", _hugging_face(paper)),
        ("Code", safe(paper.code_link)),
    ]
    seen: dict[str, str] = {}
    for label, link in known:
        if link:
            seen.setdefault(link, label)
    return [(label, link) for link, label in seen.items()]


def safe(link: str) -> str:
    """The link in ASCII, or nothing where it is not a plain http(s) one.

    A name or password before the host is refused: `https://arxiv.org@evil.example` leads to evil.example.
    """
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return ""
    if not all(c.isalnum() or c in "-._:" for c in host):
        return ""
    where = f"[{host}]{port}" if ":" in host else host + port
    query, fragment = quote(parts.query, safe=_KEPT + "?"), quote(parts.fragment, safe=_KEPT + "?")
    return urlunsplit((parts.scheme, where, quote(parts.path, safe=_KEPT), query, fragment))


def _hugging_face(paper: Paper) -> str:
    """Its page there, where Hugging Face has told us of it: for another paper there may be none."""
    if not paper.arxiv_id or _SOURCE not in paper.sources:
        return ""
    return safe(HUGGING_FACE + quote(paper.arxiv_id, safe="", errors="replace"))
