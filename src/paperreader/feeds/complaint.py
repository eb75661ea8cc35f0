"""What a refusal says, in a sentence: from JSON, HTML or plain text. Pure."""

from __future__ import annotations

import html
import json
import re
from typing import Any, Final

from paperreader.plain import one_line, printable

_LONGEST: Final = 200
_READ: Final = 20_000
"""Bytes that are looked at: a complaint that begins later is none."""
_TITLE: Final = re.compile(r"<title[^>]{0,200}>([^<]{1,500})", re.IGNORECASE)


def complaint(body: bytes) -> str:
    """The reason that an error's body gives, on one line; empty where it gives none."""
    text = body[:_READ].decode("utf-8", "replace").strip()
    if text[:1] in ("{", "["):
        return short(_said(_json(text)))
    if looks_like_page(body):
        title = _TITLE.search(text)
        return short(html.unescape(title[1])) if title else ""
    return "" if text[:1] == "<" else short(text)


def looks_like_page(body: bytes) -> bool:
    """Whether the body is a web page, as a proxy or the login of a hotel's network sends it."""
    head = body[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html")) or (b"<html" in head and b"<head" in body[:_READ].lower())


def _said(value: Any) -> str:
    """The text in Hugging Face's and Semantic Scholar's forms: error, error_description, errors, message, detail."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "; ".join(filter(None, map(_said, value[:3])))
    if isinstance(value, dict):
        for name in ("error_description", "error", "errors", "message", "detail"):
            if said := _said(value.get(name)):
                return said
    return ""


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def short(text: str) -> str:
    """The text on one line, cut where it would not fit a message."""
    line = printable(one_line(text))
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
