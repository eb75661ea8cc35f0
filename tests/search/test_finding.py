"""What a question finds, however the index came about: built in one go, or caught up with in many."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperreader.errors import IndexDamaged
from paperreader.search.document import Document
from paperreader.search.finding import Finder, Stopped
from tests.search.shelf import LIBRARY, WAYS, Shelf, caught_up, paper, rebuilt

PAPERS = [
    paper(1, "BootsTAP: Bootstrapped Training for Tracking-Any-Point", "Points are followed.", ["Carl Doersch"]),
    paper(2, "Graph neural networks", "A neural network over graphs. Self-attention helps.", ["Yann LeCun"]),
    paper(3, "Protein folding", "Graphs of proteins, tracked over time by neural attention.", ["Łukasz Kaiser"]),
    paper(4, "C++ templates for robots", "A library in C++ and the language R.", ["Bjarne Stroustrup", "Anne O'Brien"]),
    paper(5, "The Who: a study", "On bands.", ["Yann Other", "Ann LeCun"]),
    paper(6, "β-VAE at scale", "We train a variational autoencoder with k-NN.", [], ["disentangled"]),
    paper(7, "GPT-4 technical report", "A large model, unlike GPT-2."),
    paper(8, "GPT-2", "Language models with 4 heads."),
    paper(9, "自注意力机制的研究", "基于Transformer的注意力"),
    paper(10, "Das Übersetzen naïver Sätze", "Von Müller.", ["José Müller"]),
    paper(11, "Untitled", ""),
    paper(12, "A survey of diffusion", "Diffusion models, diffusion processes."),
]

Way = Callable[[Path, Sequence[Document]], Shelf]


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__, scope="module")
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    way: Way = request.param
    return way(tmp_path_factory.mktemp("shelf"), PAPERS)


FOUND = [
    ("graph", {2, 3}),
    ("tracking", {1, 3}),
    ("tracked", {1, 3}),
    ("Übersetzen", {10}),
    ("ubersetzen NAIVER", {10}),
    ("lukasz", {3}),
    ("müller", {10}),
    ("disentangled", {6}),
    ("beta", {6}),
    ("β", {6}),
    ("betavae", {6}),
    ("knn", {6}),
    ("k-nn", {6}),
    ("c++", {4}),
    ("C", {4}),
    ("the who", {5}),
    ("bootstap", {1}),
    ("boots tap", {1}),
    ("boots-tap", {1}),
    ("注意力", {9}),
    ("力", {9}),
    ("transformer", {9}),
    ("+graph neural", {2, 3}),
    ("graph -proteins", {2}),
    ("graph NOT neural", set()),
    ('"neural network"', {2}),
    ('"neural networks"', {2}),
    ('"self attention"', {2}),
    ('"attention self"', set()),
    ('graph -"self attention"', {3}),
    ('-"self attention" +attention', {3}),
    ("neural AND proteins", {3}),
    ("(gpt OR graph) AND neural", {2, 3}),
    ("proteins OR bands", {3, 5}),
    ("title:graph", {2}),
    ("title:neural", {2}),
    ('title:"neural networks"', {2}),
    ('title:"self attention"', set()),
    ("abstract:graph", {2, 3}),
    ("abstract:folding", set()),
    ("author:lecun", {2, 5}),
    ('author:"yann lecun"', {2}),
    ('author:"LeCun Yann"', {2}),
    ("author:o'brien", {4}),
    ("author:obrien", {4}),
    ("author:kaiser protein", {3}),
    ("author:kaiser graph bands", {3}),
    ("author:kaiser bands", set()),
    ("prot*", {3}),
    ("title:prot*", {3}),
    ("zyzzyva", set()),
    ("zyzzyva graph", {2, 3}),
    ("zyzzyva AND graph", set()),
    ("-graph", {1, 4, 5, 6, 7, 8, 9, 10, 11, 12}),
]


@pytest.mark.parametrize(("question", "expected"), FOUND)
def test_a_question_finds_these(shelf: Shelf, question: str, expected: set[int]) -> None:
    found = shelf.finder.find(question, finished=True)
    assert set(found.ids) == expected
    assert found.total == len(expected)
    assert found.exact


@pytest.mark.parametrize("question", ["", "   ", "(", '"', "title:", "AND", "-", "*", "+"])
def test_what_asks_nothing_finds_everything(shelf: Shelf, question: str) -> None:
    found = shelf.finder.find(question)
    assert list(found.ids) == list(range(12, 0, -1))
    assert found.total == found.complete == 12


@pytest.mark.parametrize(
    ("question", "first"),
    [("gpt-4", 7), ("gpt 4", 7), ("gpt4", 7), ("gpt-2", 8), ("graph networks", 2), ("graph protein", 3)],
)
def test_the_paper_that_is_meant_comes_first(shelf: Shelf, question: str, first: int) -> None:
    assert shelf.ids(question)[0] == first


def test_the_last_word_is_a_beginning_until_it_is_finished(shelf: Shelf) -> None:
    assert shelf.ids("diffu", finished=False) == [12]
    assert shelf.ids("diffu ", finished=False) == []
    assert shelf.ids("diffu", finished=True) == []
    assert shelf.ids("pr", finished=False) == [3]
    assert shelf.ids("author:lec", finished=False) == shelf.ids("author:lecun")
    assert shelf.ids('"neural netw', finished=False) == [2]


def test_the_first_letter_of_the_next_word_changes_nothing(shelf: Shelf) -> None:
    assert shelf.ids("graph p", finished=False) == shelf.ids("graph ", finished=False)


def test_counts_say_how_many_have_all_the_words(shelf: Shelf) -> None:
    found = shelf.finder.find("graph proteins", finished=True)
    assert (found.total, found.complete) == (2, 1)


def test_a_view_limits_who_may_answer(shelf: Shelf) -> None:
    found = shelf.finder.find("graph", among=array("q", [3, 4, 999]), finished=True)
    assert (list(found.ids), found.total) == ([3], 1)
    assert list(shelf.finder.find("", among=[5, 2]).ids) == [5, 2]
    assert list(shelf.finder.find("graph", among=array("q")).ids) == []


def test_no_more_are_given_than_wanted_but_all_are_counted(shelf: Shelf) -> None:
    found = shelf.finder.find("neural graph gpt", limit=2, finished=True)
    assert len(found.ids) == 2
    assert found.total == 4


def test_the_marks_are_the_words_that_were_found(shelf: Shelf) -> None:
    marker = shelf.finder.find("tracking boots tap", finished=True).marker
    text = "BootsTAP tracked"
    assert [text[a:b] for a, b in marker.spans(text)] == ["BootsTAP", "tracked"]


def test_remarks_come_with_the_answer(shelf: Shelf) -> None:
    assert shelf.finder.find("nofield:graph", finished=True).remarks == ("no field is called nofield: read as words",)


def test_a_question_that_nobody_waits_for_ends(shelf: Shelf) -> None:
    with pytest.raises(Stopped):
        shelf.finder.find("graph neural", stop=lambda: True)


FORMS = ["BootsTAP", "bootstap", "boots tap", "boots-tap"]


@pytest.mark.parametrize("way", WAYS)
def test_what_is_written_as_one_or_two_finds_each_other(way: Way, tmp_path: Path) -> None:
    titles = [*FORMS, "Tracking-Any-Point", "TrackAny", "tap boots"]
    shelf = way(tmp_path, [paper(rid, title, "Some text.") for rid, title in enumerate(titles, 1)])
    for form in FORMS:
        assert {1, 2, 3, 4} <= set(shelf.ids(form)), form
        assert 5 not in shelf.ids(form)
    assert shelf.ids("TrackAny") == [6]


QUESTIONS = [*(question for question, _ in FOUND), "graph neu", "g", "gp", "d", "a survey of", '"a survey']


@pytest.mark.parametrize("finished", [True, False])
def test_both_ways_to_an_index_give_the_same_answers(tmp_path: Path, finished: bool) -> None:
    one, other = rebuilt(tmp_path / "one", PAPERS), caught_up(tmp_path / "other", PAPERS)
    for question in QUESTIONS:
        first, second = (shelf.finder.find(question, finished=finished) for shelf in (one, other))
        assert first.ids == second.ids, question
        assert (first.total, first.complete) == (second.total, second.complete), question


def test_an_answer_is_the_same_when_it_is_asked_again(shelf: Shelf) -> None:
    for question in QUESTIONS:
        first, second = (shelf.finder.find(question) for _ in range(2))
        assert first.ids == second.ids
        assert first.marker == second.marker


def test_phrases_are_read_in_bounded_many_texts(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, [paper(rid, f"Networks number {rid}", "neural apart from network") for rid in range(3000)])
    found = shelf.finder.find('"neural networks"', finished=True)
    assert shelf.read == 2000
    assert (len(found.ids), found.total, found.exact) == (0, 1000, False)
    assert found.remarks == ("verified in the first 2000 papers",)


def test_a_phrase_is_read_until_the_page_is_full(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, [paper(rid, "Neural networks") for rid in range(500)])
    found = shelf.finder.find('"neural networks"', limit=10, finished=True)
    assert (len(found.ids), found.total, found.exact) == (10, 500, False)
    assert shelf.read == 100


def test_only_papers_that_may_have_an_excluded_phrase_are_read(tmp_path: Path) -> None:
    papers = [paper(rid, "Graph") for rid in range(300)] + [paper(900, "Graph of neural networks")]
    shelf = Shelf(tmp_path, papers)
    found = shelf.finder.find('graph -"neural networks"', finished=True)
    assert (len(found.ids), found.total, found.exact, shelf.read) == (300, 300, True, 1)


def test_a_finder_sees_what_others_commit(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, PAPERS[:3])
    shelf.finder.warm()
    assert shelf.ids("gpt") == []
    shelf.update(PAPERS[6:8])
    assert set(shelf.ids("gpt")) == {7, 8}
    shelf.update([paper(8, "Now about llamas")])
    assert shelf.ids("gpt") == [7]
    shelf.update(gone=[7])
    assert shelf.ids("gpt") == []
    shelf.rebuild(PAPERS)
    assert set(shelf.ids("gpt")) == {7, 8}


def test_a_closed_finder_opens_again(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, PAPERS)
    shelf.finder.close()
    shelf.finder.close()
    assert shelf.ids("gpt-4")[0] == 7


def test_an_index_of_nothing_answers_nothing(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for question in ["", "graph", '"a b"', "-graph", "a AND b", "graph*"]:
        assert shelf.ids(question) == []


def test_there_is_no_index_yet(tmp_path: Path) -> None:
    finder = Finder(tmp_path / "none", library=LIBRARY, texts=lambda _: {})
    with pytest.raises(IndexDamaged, match="there is none yet"):
        finder.find("graph")


def test_another_librarys_index_is_not_asked(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, PAPERS)
    with pytest.raises(IndexDamaged, match="another library"):
        Finder(shelf.folder, library="other", texts=shelf.texts).find("graph")


def test_what_the_texts_raise_is_not_taken_for_damage(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, PAPERS)

    def broken(_: Sequence[int]) -> dict[int, object]:
        raise KeyError("the caller's own")

    finder = Finder(shelf.folder, library=LIBRARY, texts=broken)  # type: ignore[arg-type]  # it never returns
    with pytest.raises(KeyError, match="the caller's own"):
        finder.find('"neural network"')


def test_a_paper_that_the_library_no_longer_has_is_left_out_of_phrases(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, PAPERS)
    del shelf.papers[2]
    assert shelf.ids('"neural network"') == []


def test_many_threads_may_ask_while_another_writes(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, PAPERS)
    wrong: list[object] = []

    def ask() -> None:
        for _ in range(30):
            try:
                if not {2, 3} <= set(shelf.ids("graph")):
                    wrong.append("lost")
            except Exception as error:  # whatever it was, the test reports it
                wrong.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(6):
        shelf.update([paper(100 + number, "A new graph")])
    shelf.rebuild(list(shelf.papers.values()))
    for thread in threads:
        thread.join()
    assert wrong == []


def test_more_of_a_word_is_more(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, [*(paper(rid, text="word " * rid) for rid in range(1, 5)), paper(9, "other")])
    assert shelf.ids("word") == [4, 3, 2, 1]


HARD = ["graph", "neural", "(", ")", '"', "AND", "OR", "NOT", "-", "+", "title:", "author:", "abstract:", "*", "gpt-4"]
HARD += ["lecun", "注意力", "the", " ", "c++", "k"]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(HARD), max_size=12).map(" ".join)), st.booleans())
@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_is_answered(shelf: Shelf, text: str, finished: bool) -> None:
    found = shelf.finder.find(text, finished=finished)
    assert len(found.ids) <= found.total <= 12
    assert found.complete <= found.total


def test_a_word_glued_of_two_frequent_ones_completes_nothing(tmp_path: Path) -> None:
    papers = [paper(n, f"Graph network {n}", "They are synchronized.") for n in range(1, 41)]
    papers += [paper(50, "A network-synchronized clock"), paper(51, "Networkings of a kind")]
    finder = Shelf(tmp_path, papers).finder
    found = finder.complete("graph network", 8)
    assert "networkings" in found
    assert "networksynchronized" not in found
    assert "networksynchronized" in finder.complete("networks", 8), "typed further than its first part, it is meant"


def test_the_title_itself_is_meant_though_it_is_asked_for_in_the_singular(tmp_path: Path) -> None:
    papers = [paper(n, f"A graph attention network for task {n}", "graph attention network " * 3) for n in range(2, 9)]
    papers += [paper(1, "Graph Attention Networks", "We present them."), paper(9, "Graph attention networks revisited")]
    finder = Shelf(tmp_path, papers).finder
    for question in ("graph attention network", "graph attention networks"):
        assert list(finder.find(question, finished=True).ids[:2]) == [1, 9], question
