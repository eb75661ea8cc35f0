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


UGLY = (
    FULL,
    Paper(
        rid=3,
        title=r"Schr\"odinger & {PF}$^2$: 50% of $\ell_∞$-norms, #1_a ~ C++ and <b>BERT</b> [x] `y`",
        authors=("João Łukasz van der Maaten Jr.", "OpenAI", "A. Kamor and D. Goldman", "Nguyễn Thị Ánh", "李 雷"),
        arxiv_id="cs/0401001",
        published="2004-01",
        abstract="Costs $5 and $10.\n\nA “quoted” text — with 5° and α→β, H₂O, x², ½ and ’s.",
        categories=("cs.LG", "stat.ML"),
        keywords=("a, b", "=cmd()"),
        added=86400.0,
    ),
    Paper(
        rid=4,
        title="=HYPERLINK(1) A study of Markov chains in Paris",
        other_id="conf2024.9",
        authors=("Ludwig van Beethoven",),
        published="1999",
        abstract="Of $\\begin{array}{c}N/2 \\\\{k}\\end{array}$.",
        journal="Journal of {Odd} & Ends",
        url="https://example.org/a?b=1&c=%7B",
    ),
    Paper(rid=5, title="On venues", doi="10.1000/x_y<z>", authors=("Luc Van Gool",), published="2020", venue="CVPR"),
    BARE,
)
"""What bibliographies, pages and tables trip over."""


def kept(papers: tuple[Paper, ...] = UGLY) -> list[Paper]:
    """The papers with keys as a library gives them."""
    return [paper._replace(citation_key=f"key{paper.rid}") for paper in papers]
