"""How a question is read: every sentence of the grammar, and what is malformed."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paperreader.search.parsing import parse
from paperreader.search.question import Bag, Either, Every, Filter, Item, Node, Phrase, Where, Word


def shown(node: Node | None) -> str:
    """A tree in one line: what is required has +, what is excluded -."""
    match node:
        case None | Filter():
            return "" if node is None else f"{node.name}:"
        case Word(text, where, beginning, unfinished):
            scope = "" if where is Where.ANYWHERE else f"{where.value}:"
            return f"{scope}{text}{'*' * beginning}{'~' * unfinished}"
        case Phrase(words, where, unfinished):
            scope = "" if where is Where.ANYWHERE else f"{where.value}:"
            return f'{scope}"{" ".join(words)}"{"~" * unfinished}'
        case Bag(items):
            return f"[{' '.join('+' * i.required + '-' * i.excluded + shown(i.node) for i in items)}]"
        case Every(parts):
            return f"({' AND '.join(map(shown, parts))})"
        case Either(parts):
            return f"({' OR '.join(map(shown, parts))})"


READ = [
    ("graph networks", "[graph networks]"),
    ("+graph -neural protein", "[+graph -neural protein]"),
    ("graph NOT neural", "[graph -neural]"),
    ("NOT -neural graph", "[-neural graph]"),
    ('"self attention" heads', '[+"self attention" heads]'),
    ('-"self attention"', '[-"self attention"]'),
    ("-self-attention heads", '[-"self attention" heads]'),
    ("+state-of-the-art", "[+state +art]"),
    ("title:bert", "title:bert"),
    ("title: bert", "title:bert"),
    ("Title:bert", "title:bert"),
    ("Title: bert", "[title bert]"),
    ('author:"Yann LeCun" net', '[+author:"yann lecun" net]'),
    ("abstract:sparse", "abstract:sparse"),
    ("title:(bert gpt)", "[title:bert title:gpt]"),
    ("title:(bert OR gpt)", "(title:bert OR title:gpt)"),
    ("title:fine-tuning", "[+title:fine +title:tuning]"),
    ("a1 AND b1", "(a1 AND b1)"),
    ("a1 b1 AND c1", "([a1 b1] AND c1)"),
    ("a1 AND b1 OR c1", "((a1 AND b1) OR c1)"),
    ("a1 AND (b1 OR c1)", "(a1 AND (b1 OR c1))"),
    ("graph (neural networks)", "[graph neural networks]"),
    ("cats and dogs or not mice", "[cats dogs mice]"),
    ("state-of-the-art", "[state art]"),
    ("fine-tuning", "[fine tuning]"),
    ("transf*", "transf*"),
    ("c++", "c++"),
    ("c#", "c#"),
    ("the who", "[title:the who]"),
    ("who", "who"),
    ("the of", "[title:the title:of]"),
    ("attention at -2 degrees", "[attention 2 degrees]"),
    ("graph -3d", "[graph -3d]"),
    ("“self attention”", '"self attention"'),
    ("graph graph", "[graph graph]"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_question_is_read_so(text: str, expected: str) -> None:
    assert shown(parse(text, finished=True).root) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("graph neu", "[graph neu~]"),
        ("graph neu ", "[graph neu]"),
        ("graph n", "graph"),
        ("n", "n~"),
        ("graph-neu", "[graph neu~]"),
        ("graph-", "graph"),
        ('"graph neu', '"graph neu"~'),
        ('"graph neu"', '"graph neu"'),
        ("title:gr", "title:gr~"),
        ("author:lec", "author:lec~"),
        ("graph -neu", "[graph -neu]"),
        ("(graph neu", "[graph neu~]"),
        ("graph AND", "graph"),
        ("graph the", "graph"),
    ],
)
def test_the_last_word_is_a_beginning_while_it_is_typed(text: str, expected: str) -> None:
    root = parse(text).root
    got = shown(root)
    assert got.strip("[]") == expected.strip("[]")


@pytest.mark.parametrize(
    "text",
    ["", "  ", "(", ")", "()", '"', '""', "title:", "author: ", "AND", "OR", "NOT", "-", "+", "*", "-*", "( AND )"],
)
def test_what_asks_nothing_is_empty(text: str) -> None:
    assert parse(text).is_empty


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ('"neural net', "unclosed quote read as a phrase to the end"),
        ("(neural net", "unclosed ( read to the end"),
        ("neural) net", "a ) without its ( ignored"),
        ("neural AND", "AND with nothing beside it ignored"),
        ("OR neural", "OR with nothing beside it ignored"),
        ("neural NOT", "NOT with nothing after it ignored"),
        ("foo:bar", "no field is called foo: read as words"),
        ("x " * 300, "read up to word 256"),
        ("ab" * 10_000, "read up to character 10000"),
        ("(" * 30 + "x", "parentheses read to a depth of 20"),
        ('one two three four five six seven eight nine "ten eleven"', "quotes in a long question read as words"),
    ],
)
def test_an_odd_question_says_how_it_was_read(text: str, remark: str) -> None:
    assert remark in parse(text, finished=True).remarks


@pytest.mark.parametrize("text", ["BERT: pre-training", "https://arxiv.org/abs/1", "ratio 3:1", "graph neural", "a::b"])
def test_a_plain_question_has_no_remarks(text: str) -> None:
    assert parse(text, finished=True).remarks == ()


def test_neighbours_know_each_other() -> None:
    root = parse("boots tap", finished=True).root
    assert root == Bag((Item(Word("boots", after="tap")), Item(Word("tap", before="boots"))))


def test_operators_and_signs_part_neighbours() -> None:
    root = parse("boots -tap tip", finished=True).root
    assert isinstance(root, Bag)
    assert [item.node for item in root.items if isinstance(item.node, Word) and item.node.after] == []


HARD = ["(", ")", '"', "-", "+", "*", ":", "AND", "OR", "NOT", "title:", "author:", "abstract:", "foo:", " ", "the"]
HARD += ["c++", "graph", "net", "注意", "é", "\ud800", "\x00", "\u202e", "4", "2.5", "a-b", "'s"]
PIECES = st.sampled_from(HARD)


@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join)), st.booleans())
@example("\ud800" * 10, True)
@settings(deadline=None)
def test_whatever_is_typed_is_read(text: str, finished: bool) -> None:
    question = parse(text, finished=finished)
    assert question.text == text
    assert all(remark for remark in question.remarks)


@pytest.mark.parametrize("piece", ["(", '"', "-", "title:", "a AND ", "NOT ", "-(", 'x"', "é", ")"])
def test_a_hundred_kilobytes_are_read_in_bounded_time(piece: str) -> None:
    began = time.process_time()
    parse(piece * (100_000 // len(piece)))
    # A hundred times what it takes: this catches quadratic reading, not a slow machine.
    assert time.process_time() - began < 2
