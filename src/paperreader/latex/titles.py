"""Titles for BibTeX: which of their capitals must stay whatever a style does to the others.

Many styles write titles in small letters. Braces keep what would be wrong so: abbreviations, names of systems, names
of people. In a title whose words all begin with capitals only words like these are kept, in a plain sentence every
capital: there it is a name.
"""

from __future__ import annotations

import re
from typing import Final

from paperreader.latex.writing import as_read, pieces, written

_TOKEN: Final = re.compile(r"[^\W_]+(?:['.+#@/&_-]?[^\W_]+)*[+#]*")
_PART: Final = re.compile(r"[^\W\d_]+")
_LONG: Final = 4
"""Letters. Shorter words are small in most titles anyway, and say nothing of the others."""

_SMALL_TEXT: Final = (
    "with from into over under that than this via using through between without towards toward beyond when what where "
    "which while within upon onto across against about after before during their your them they have does "
)
_SMALL: Final = frozenset(_SMALL_TEXT.split())
"""Longer words that are small in titles of either kind."""

_NAMES_TEXT: Final = (
    "abel abelian adamw african american arabic asian banach bayes bayesian beltrami bellman bernoulli bernstein "
    "boltzmann boolean bregman brownian cauchy chebyshev chinese cholesky dirichlet dutch earth elo english "
    "euclidean euler eulerian european fisher fourier fréchet french frobenius galerkin gauss gaussian german "
    "gibbs github google gram greek hadamard hamiltonian hausdorff hawkes hebbian hebrew hermitian hessian "
    "hilbert hindi huber indian internet italian jacobi jacobian jaccard japanese jensen kalman korean krylov "
    "kullback lagrange lagrangian langevin laplace laplacian latin lebesgue leibler levenberg levy lipschitz "
    "lorentz lorentzian lyapunov mahalanobis markov markovian marquardt mars mercer minkowski monte carlo moore "
    "nash neyman nesterov newton newtonian nyström navier stokes ornstein uhlenbeck pareto pearson penrose "
    "persian poincaré poisson polyak portuguese python rao rademacher rényi riccati riemann riemannian robbins "
    "monro russian schrödinger shannon shapley sinkhorn slater sobolev spanish stackelberg stein sylvester taylor "
    "thompson tikhonov turing turkish vapnik volterra voronoi wasserstein web wiener wikipedia winograd youtube "
    "zipf adam africa african alzheimer amazon america android apple arnold asia asian atari australia basque bengali "
    "berlin bitcoin bradley brazil brazilian britain british bulgarian cantonese catalan chernoff china croatian czech "
    "danish egyptian estonian ethereum europe facebook finnish fokker france galician gemini germany hausa heisenberg "
    "hoeffding hopfield hungarian icelandic india indonesian instagram irish ising italy japan java kolmogorov korea "
    "kubernetes latvian linux lithuanian llama london malay mandarin mexican microsoft minecraft mistral mongolian "
    "nigerian norwegian nvidia olympiad paris parkinson planck plackett potts reddit romanian russia sanskrit serbian "
    "shapiro slovak slovenian smirnov spain swahili swedish tamil terry thai tibetan tokyo twitter ukraine ukrainian "
    "urdu vietnamese welsh wikidata wikimedia windows yoruba "
)
_NAMES: Final = frozenset(_NAMES_TEXT.split())
"""Words that are somebody's or something's name, in lower case: those that titles of the field have most."""


def title(text: str, *, ascii_only: bool = True) -> str:
    """The title in LaTeX, its formulas kept, its capitals protected."""
    cut = list(pieces(as_read(text)))
    keeps_all = not _is_headline(cut)
    done = []
    first = True
    for piece, is_math in cut:
        done.append(f"{{{piece}}}" if is_math else _words(piece, first, keeps_all, ascii_only))
        first = first and not is_math and not _TOKEN.search(piece)
    return "".join(done)


def _words(text: str, first: bool, keeps_all: bool, ascii_only: bool) -> str:
    done = []
    at = 0
    for match in _TOKEN.finditer(text):
        done.append(written(text[at : match.start()], ascii_only=ascii_only))
        word = written(match[0], ascii_only=ascii_only)
        done.append(f"{{{word}}}" if _is_kept(match[0], first=first, keeps_all=keeps_all) else word)
        at = match.end()
        first = False
    return "".join([*done, written(text[at:], ascii_only=ascii_only)])


def _is_kept(word: str, *, first: bool, keeps_all: bool) -> bool:
    if word.islower():
        return False
    parts: list[str] = _PART.findall(word)
    inner = any(any(letter.isupper() for letter in part[1:]) for part in parts)
    lone = any(len(part) == 1 and part.isupper() and part != "A" for part in parts)
    coded = any(sign.isdigit() for sign in word) and any(sign.isupper() for sign in word)
    if inner or lone or coded:
        return True
    if any(part.casefold() in _NAMES and part[0].isupper() for part in parts):
        return True
    return keeps_all and not first and word != "A" and any(part[0].isupper() for part in parts)


def _is_headline(cut: list[tuple[str, bool]]) -> bool:
    """Whether the title has capitals at three of four of its longer words at least: prepositions say nothing."""
    words: list[str] = [word for piece, is_math in cut if not is_math for word in _PART.findall(piece)][1:]
    long = [word for word in words if len(word) >= _LONG and word.casefold() not in _SMALL]
    return bool(long) and sum(word[0].islower() for word in long) * 4 <= len(long)
