import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperreader.tui.tex import edits, readable

CERTAIN = {
    r"$\alpha$-divergence": "α-divergence",
    r"\textit{very} \emph{nice $k$-means} x": "very nice k-means x",
    r"{\it abc {def} x} and {\em online}": "abc {def} x and online",
    "n^2 and n^{3}, x^{-1}": "n² and n³, x⁻¹",
    r"Schr\"odinger and G\"odel, Caf\'e, \'{e}, {\"u}, {\o}": "Schrödinger and Gödel, Café, é, ü, ø",
    r"50\% of A\&B for \$5": "50% of A&B for $5",
    r"$\tilde{O}(\sqrt{T})$ and $T^{2/3}$": "Õ(√T) and T^(2/3)",
    r"$\frac{1}{2}$, $\frac{a+b}{c}$": "1/2, (a+b)/c",
    r"$x_i^2$, $\ell_\infty$, $\theta^*$": "xᵢ², ℓ_∞, θ*",
    r"$O(n\log n)$ and $\log T$": "O(n log n) and log T",
    r"$\mathbb{R}^{d \times n}$, $\mathcal C$, $\bf x$": "ℝ^(d × n), C, x",
    r"S$^2$LD is 3$\times$ faster, H$_2$O": "S²LD is 3× faster, H₂O",
    r"\(x^2\)": "x²",
    r"\ell_1-regularized \alpha\beta": "ℓ₁-regularized αβ",
    "we introduce ``Zero-Shot'' SR": "we introduce “Zero-Shot” SR",
    r"\textsuperscript{2}": "²",
    r"\url{https://example.org/a_b}": "https://example.org/a_b",
}

DOUBTFUL = [
    "$5 and $10",
    "$5-$10",
    "from $5k to $7k a month",
    "A$AP and Ke$ha",
    "paid $400 to acquire a subscriber, churn cost the industry nearly $5",
    r"\"hello\" she said, don\'t we\'ll they\'re",
    "m^1.5 and T^2/3 and 2^O(n)",
    "UCF_CC_50 and snake_case_name",
    r"$\unheard{x}$ and $\mathop{det}(K)^2$",
    "$$x^2$$",
    r"C:\users\name",
    r"\alphabet",
    "$",
    "",
    r"\emph{never closed",
    r"$\frac{1}$",
    r"${x$",
    "back``tick",
]


@pytest.mark.parametrize("source", CERTAIN)
def test_certain_tex_is_shown_in_unicode(source: str) -> None:
    assert readable(source) == CERTAIN[source]


@pytest.mark.parametrize("source", DOUBTFUL)
def test_what_is_doubtful_stays_as_it_is(source: str) -> None:
    assert readable(source) == source


def test_formulas_nested_beyond_reason_stay_as_they_are() -> None:
    source = "$" + "{" * 100 + "x" + "}" * 100 + "$"
    assert readable(source) == source


@given(st.text(alphabet=st.sampled_from("\\${}^_~'\"`%&() abcdexO12αfrqsti\n"), max_size=60))
def test_any_mess_of_tex_signs_gives_edits_in_order_inside_the_text(source: str) -> None:
    at = 0
    for edit in edits(source):
        assert at <= edit.start < edit.end <= len(source)
        at = edit.end


@given(st.text(max_size=80))
def test_whatever_comes_out_can_be_encoded_if_what_came_in_could(source: str) -> None:
    readable(source).encode("utf-8")


@given(st.text(alphabet=st.characters(exclude_characters="\\$^`"), max_size=80))
def test_text_without_tex_signs_is_not_touched(source: str) -> None:
    assert edits(source) == []
