"""Papers to write down."""

from __future__ import annotations

from paperreader.paper import Paper, Sighting

FULL = Paper(
    rid=1,
    title="Graphs [and] *trees*",
    arxiv_id="2401.01234",
    doi="10.1000/182",
    other_id="conf2024.7",
    authors=("Ana Lopez", "李 雷"),
    published="2024-01-02",
    abstract="First.\n\nSecond.",
    summary="In short.",
    keywords=("graphs", "trees"),
    categories=("cs.CL",),
    code="https://example.org/code",
    url="https://example.org/paper",
    votes=7,
    sources=("import",),
    bookmarked=1.0,
    key="arxiv:2401.01234",
)
BARE = Paper(rid=2, title="", other_id="only an id")


def as_recorded(sighting: Sighting, rid: int = 1) -> Paper:
    """The paper that a library without others makes of a sighting."""
    return Paper(
        rid=rid,
        title=sighting.title,
        arxiv_id=sighting.arxiv_id,
        doi=sighting.doi,
        other_id=sighting.id or next((name.value for name in sighting.identities if name.kind == "title"), ""),
        authors=sighting.authors,
        published=sighting.published,
        abstract=sighting.abstract,
        summary=sighting.summary,
        keywords=sighting.keywords,
        categories=sighting.categories,
        code=sighting.code,
        url=sighting.url,
    )
