"""What is indexed of a paper: three bags of words without places, and two numbers.

| field    | holds                                                                                    |
|----------|------------------------------------------------------------------------------------------|
| `all`    | title words twice, text, authors, keywords; without the commonest and one-letter words   |
| `title`  | every word of the title, once more: for `title:`, short words, first letters             |
| `author` | every word of the names                                                                  |
| `rid`    | the paper's row                                                                          |
| `length` | how many words `all` counts, for BM25                                                    |

Words are folded and not stemmed; a posting's weight is its count. Only field types of Whoosh's own are used: the
schema is pickled into the index, and a module path of ours there would become part of the format.
"""

from __future__ import annotations

import string
from collections import Counter

from whoosh import columns
from whoosh import fields as whoosh_fields

from paperreader.search import words
from paperreader.search.document import Document

ALL = "all"
TITLE = "title"
AUTHOR = "author"
BAGS = (ALL, AUTHOR, TITLE)
"""Sorted, as Whoosh wants to have them written."""
RID = "rid"
LENGTH = "length"
RID_COLUMN = columns.NumericColumn("q", default=-1)
LENGTH_COLUMN = columns.NumericColumn("I", default=0)

_LEFT_OUT = words.COMMONEST | frozenset(string.ascii_lowercase) | frozenset(string.digits)
_TITLE_COUNTS = 3


def schema() -> whoosh_fields.Schema:
    """The schema that the index is written with."""
    bags = {name: whoosh_fields.ID() for name in BAGS}
    numbers = {RID: whoosh_fields.COLUMN(RID_COLUMN), LENGTH: whoosh_fields.COLUMN(LENGTH_COLUMN)}
    return whoosh_fields.Schema(**bags, **numbers)


def bags(document: Document) -> dict[str, Counter[str]]:
    """The words of a paper with their counts, by field."""
    title = words.terms(document.title)
    author = words.terms("; ".join(document.authors)) if document.authors else []
    rest = words.terms(document.text)
    if document.keywords:
        rest += words.terms("; ".join(document.keywords))
    everything = Counter(title * _TITLE_COUNTS + rest + author)
    for word in everything.keys() & _LEFT_OUT:
        del everything[word]
    return {ALL: everything, AUTHOR: Counter(author), TITLE: Counter(title)}
