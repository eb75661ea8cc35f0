"""The HTML of a mail in a real browser, where one is installed: light, dark, and as narrow as a phone."""

from __future__ import annotations

from typing import Any

import pytest

from paperreader.digest import html
from screenshots.rendering import chromium, measure
from tests.digest.digests import HOSTILE, digest, paper

pytestmark = pytest.mark.skipif(chromium() is None, reason="Chromium is not installed: the mail is not rendered")

_SEEN = """
    const card = document.querySelector('.c'), title = document.querySelector('a.h');
    return {
        wide: document.documentElement.scrollWidth, seen: innerWidth,
        card: getComputedStyle(card).backgroundColor, title: getComputedStyle(title).color,
        papers: document.querySelectorAll('a.h').length, loaded: performance.getEntriesByType('resource').length,
        title_height: title.getBoundingClientRect().height,
    };
"""


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance of "rgb(1, 2, 3)"."""
    parts = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("width", "dark"), [(720, False), (400, True)], ids=["light", "dark and narrow"])
def test_a_mail_is_readable_and_no_wider_than_its_window(width: int, dark: bool) -> None:
    papers = [paper(number, title=text or "Title", summary=text) for number, text in enumerate(HOSTILE)]
    seen: dict[str, Any] = measure(html.write(digest(*papers)), _SEEN, width=width, dark=dark)
    assert seen["papers"] == len(papers)
    assert (seen["wide"], seen["seen"]) == (width, width)
    assert seen["loaded"] == 0
    assert (luminance(seen["card"]) < 0.1) is dark
    assert contrast(seen["card"], seen["title"]) > 7
