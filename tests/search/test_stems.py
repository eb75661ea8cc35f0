"""Word forms, by the examples of Porter's paper."""

from __future__ import annotations

import pytest

from paperreader.search.stems import stem

# M. F. Porter, "An algorithm for suffix stripping", 1980: the examples of steps 1 to 5, to the end of the algorithm.
EXAMPLES = """caresses caress ponies poni cats cat feed feed agreed agre plastered plaster bled bled motoring motor
sing sing conflated conflat troubled troubl sized size hopping hop tanned tan falling fall hissing hiss fizzed fizz
failing fail filing file happy happi sky sky relational relat conditional condit rational ration valenci valenc
hesitanci hesit digitizer digit conformabli conform radicalli radic differentli differ vileli vile analogousli analog
vietnamization vietnam predication predic operator oper feudalism feudal decisiveness decis hopefulness hope
callousness callous formaliti formal sensitiviti sensit sensibiliti sensibl triplicate triplic formative form formalize
formal electriciti electr electrical electr hopeful hope goodness good revival reviv allowance allow inference infer
airliner airlin gyroscopic gyroscop adjustable adjust defensible defens irritant irrit replacement replac adjustment
adjust dependent depend adoption adopt homologou homolog communism commun activate activ angulariti angular homologous
homolog effective effect bowdlerize bowdler probate probat rate rate cease ceas controll control roll roll
bootstrapped bootstrap running run tracking track tracked track"""
PAIRS = list(zip(EXAMPLES.split()[::2], EXAMPLES.split()[1::2], strict=True))


@pytest.mark.parametrize(("word", "expected"), PAIRS)
def test_a_word_is_stemmed_as_porter_has_it(word: str, expected: str) -> None:
    assert stem(word) == expected


@pytest.mark.parametrize("word", ["ai", "gpt4", "c++", "лингвистика", "注意", ""])
def test_what_is_no_english_word_is_its_own_stem(word: str) -> None:
    assert stem(word) == word
