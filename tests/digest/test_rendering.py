"""The HTML of a mail in a real browser, where one is installed: light, dark, and as narrow as a phone."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence
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
        pairs: [...new Set([...document.querySelectorAll('body *')]
            .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
            .map(one => {
                let ground = one;
                while (getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
                return getComputedStyle(one).color + ' on ' + getComputedStyle(ground).backgroundColor;
            }))],
    };
"""
_ENOUGH = 4.5
"""WCAG 2.2, 1.4.3: the contrast of text of any size."""


def parts(colour: str) -> list[int]:
    return [int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]


def written(colour: Sequence[float]) -> str:
    return f"rgb({', '.join(str(round(255 * part)) for part in colour)})"


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance of "rgb(1, 2, 3)"."""
    scaled = (part / 255 for part in parts(colour))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in scaled)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lighter_turned_darker(colour: str) -> str:
    """What Outlook and Gmail on Android make of it where a mail is not dark by itself: its lightness the other way."""
    hue, light, strength = colorsys.rgb_to_hls(*(part / 255 for part in parts(colour)))
    return written(colorsys.hls_to_rgb(hue, 1 - light, strength))


def inverted(colour: str) -> str:
    """What Gmail on iOS makes of it, and browsers that are told to darken every page."""
    return written(tuple(1 - part / 255 for part in parts(colour)))


@pytest.mark.parametrize(("width", "dark"), [(720, False), (400, True)], ids=["light", "dark and narrow"])
def test_a_mail_is_readable_and_no_wider_than_its_window(width: int, dark: bool) -> None:
    papers = [paper(number, title=text or "Title", summary=text) for number, text in enumerate(HOSTILE)]
    seen: dict[str, Any] = measure(html.write(digest(*papers)), _SEEN, width=width, dark=dark)
    assert seen["papers"] == len(papers)
    assert (seen["wide"], seen["seen"]) == (width, width)
    assert seen["loaded"] == 0
    assert (luminance(seen["card"]) < 0.1) is dark
    assert contrast(seen["card"], seen["title"]) > 7
    pairs = [pair.split(" on ") for pair in seen["pairs"]]
    assert len(pairs) >= 3  # text, what is quiet, links
    for turned in (str, lighter_turned_darker, inverted):
        for text, ground in pairs:
            assert contrast(turned(text), turned(ground)) >= _ENOUGH, (turned, text, ground)
