"""JSON from outside: parsed, or refused with a sentence."""

from __future__ import annotations

import json
from typing import Any

from paperreader.errors import FeedUnreadable
from paperreader.feeds.complaint import complaint, looks_like_page


def parsed(body: bytes, who: str) -> Any:
    """The value. Raises FeedUnreadable, which says what came instead."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):  # ValueError: also bad UTF-8, and numbers of more than 4,300 digits
        pass
    raise not_what_was_asked(body, who, "JSON")


def not_what_was_asked(body: bytes, who: str, wanted: str) -> FeedUnreadable:
    """The error for a body that is not in the form that was asked for."""
    if not body.strip():
        return FeedUnreadable(f"{who} sent an empty answer instead of {wanted}.", "Try again later.")
    if looks_like_page(body):
        title = complaint(body)
        text = f"{who} sent a web page instead of {wanted}{': ' + title if title else ''}".rstrip(".") + "."
        return FeedUnreadable(text, "A network that wants you to log in first answers like that.")
    return FeedUnreadable(f"{who} sent something that is not {wanted}.")
