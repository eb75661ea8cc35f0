from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.latex.reading import read
from paperreader.latex.titles import title
from paperreader.latex.writing import as_read, normal, written

PIECES = st.sampled_from(
    [
        *("$", "\\", "{", "}", "''", "``", "'", "`", "-", "--", "---", "\\'e", '\\"{o}', "{\\ss}", "\\ell_1", "$x_1$"),
        *("\\textit{a}", "é", "ệ", "ß", "’", "“", "‘", "–", "²", "₀", "α", "∞", "李", "🎉", "ﬁ", "ı\u0308", "\u0301"),
        *("%", "&", "#", "_", "^", "~", " ", "\n", "\n\n", "BERT", "Markov", "\\par", "\\unknown{x}", "\x1b", "\u202e"),
    ]
)
TEXT = st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(st.characters(exclude_categories=["Cs"])))


@given(TEXT)
def test_every_normal_text_comes_back_as_it_was(text: str) -> None:
    for ascii_only in (True, False):
        assert read(written(normal(text), ascii_only=ascii_only)) == normal(text)


@given(TEXT)
def test_a_title_is_the_same_however_often_it_goes_out_and_in(text: str) -> None:
    for ascii_only in (True, False):
        once = title(text, ascii_only=ascii_only)
        assert title(read(once), ascii_only=ascii_only) == once
        assert read(once) == as_read(text)


@given(TEXT)
def test_an_entry_never_loses_its_balance(text: str) -> None:
    for source in (title(text), written(normal(text))):
        depth = 0
        for sign in source:
            depth += (sign == "{") - (sign == "}")
            assert depth >= 0
        assert depth == 0


@given(TEXT)
def test_whatever_stands_in_a_file_is_read_as_something(text: str) -> None:
    assert isinstance(read(text), str)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("BootsTAP: Bootstrapped Training", "{BootsTAP}: Bootstrapped Training"),
        ("A study of Markov chains in Paris", "A study of {Markov} chains in {Paris}"),
        ("Bayesian 3D Q-Learning: A Survey", "{Bayesian} {3D} {Q-Learning}: A Survey"),
        (r"Uniform $\ell_p$ and \ell_1 noise", r"Uniform {$\ell_p$} and {$\ell_1$} noise"),
        (
            "Deep learning with Gaussian processes and Monte Carlo in Germany",
            "Deep learning with {Gaussian} processes and {Monte} {Carlo} in {Germany}",
        ),
        (
            "Mistral and Llama on Apple Silicon: Learning German from English",
            "{Mistral} and {Llama} on {Apple} Silicon: Learning {German} from {English}",
        ),
        (
            "Large models that both Anthropic and Volvo trained",
            "Large models that both {Anthropic} and {Volvo} trained",
        ),
        ("It costs $5 and $10", r"It costs \$5 and \$10"),
        (r"Schr\"odinger & João's 50%_#1 {x}", r"{Schr{\"o}dinger} \& Jo{\~a}o's 50\%\_\#1 x"),
        (
            r"A $\begin{array}{c}N/2 \\{k}\end{array}$ and $\{x\\\{\}\}$",
            r"A {$\begin{array}{c}N/2 \\ {k}\end{array}$} and {$\{x\\\{\}\}$}",
        ),
        ("α→β, H₂O", r"\ensuremath{\alpha}\ensuremath{\to}\ensuremath{\beta}, {H\textsubscript{2}O}"),
    ],
)
def test_capitals_formulas_signs_and_accents(text: str, source: str) -> None:
    assert title(text) == source


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"{\'E}tale {\o}re na\"{\i}ve \c{c}a G{\"o}del {\AA}", "Étale øre naïve ça Gödel Å"),
        (r"\emph{very} {\em big} \textsc{small}~caps", "very big small caps"),
        (r"A \& B 5\% \$3 --- \url{http://a.b/c_d}", "A & B 5% $3 — http://a.b/c_d"),
        (r"{{Deep} {L}earning} of $\alpha^{2}$ \foo{bar}", r"Deep Learning of $\alpha^{2}$ \foo{bar}"),
    ],
)
def test_other_programs_latex_is_read(source: str, text: str) -> None:
    assert read(source) == text
