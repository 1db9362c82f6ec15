"""The query language."""

from pathlib import Path

import pytest
from tests.student import TODAY, cards, day, ids

from duly.cards import CardId
from duly.errors import DulyError
from duly.scheduling.schedule import Schedule, Sm2Memory
from duly.study.scope import find_deck
from duly.study.search import search

DECK = """\
deck: ML::Transformers
cards:
- {q: What is Attention?, a: A weighted mean, id: att, tags: [nn::attention, basics]}
- {q: 什么是词元化？, a: 'Ｂｙｔｅ pairs', id: tok, tags: [nnet]}
- {cloze: 'A {{c1::softmax}} of scores', id: soft, extra: see page 7}
- {q: never seen, a: x, id: fresh, reverse: true}
"""
SCHEDULES = {
    "att/front": Schedule(interval=15, due=day(0), last=day(-15), memory=Sm2Memory(3, 236)),
    "tok/front": Schedule(interval=1, lapses=8, due=day(5), last=day(0), starred=True, memory=Sm2Memory(easiness=130)),
    "fresh/back": Schedule(buried_until=day(1)),
    "soft/c1": Schedule(interval=1, due=day(-1), last=day(-2), suspended=True, memory=Sm2Memory(1)),
}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "att tok soft fresh fresh"),
        ("attention", "att"),
        ("ATTENTION mean", "att"),
        ('"weighted mean"', "att"),
        ('"mean weighted"', ""),
        ("词元化", "tok"),
        ("byte", "tok"),
        ("softmax", "soft"),
        ("page", "soft"),
        ("tok", "tok"),
        ("-a", "fresh fresh"),
        ("-attention -softmax", "tok fresh fresh"),
        ("deck:transf", "att tok soft fresh fresh"),
        ("deck:ml::transformers softmax", "soft"),
        ("-deck:ML", ""),
        ('deck:"ml::"', "att tok soft fresh fresh"),
        ("tag:nn", "att"),
        ("tag:NN::Attention", "att"),
        ("-tag:nn", "tok soft fresh fresh"),
        ("is:new", "fresh fresh"),
        ("is:due", "att"),
        ("is:suspended", "soft"),
        ("is:leech", "tok"),
        ("is:mature", ""),
        ("is:young", "att tok"),
        ("is:starred", "tok"),
        ("is:buried", "fresh"),
        ("-is:buried is:new", "fresh"),
        ("rated:1", "tok"),
        ("rated:16", "att tok soft"),
        ("note:att", "att"),
        ("note:at", ""),
        ("-is:new -is:suspended", "att tok"),
        ("prop:ivl>=15", "att"),
        ("prop:ivl<2", "tok soft"),
        ("prop:ease=2.36", "att"),
        ("prop:ease<1.5", "tok"),
        ("prop:reps=0", "tok fresh fresh"),
        ("prop:lapses!=0", "tok"),
        ("prop:due=-1", "soft"),
        ("prop:due<=0", "att soft"),
        ("-prop:due<=0", "tok fresh fresh"),
        ("ivl>=15", "att"),
        ("－ivl＞＝15 ｉｓ：ｄｕｅ", ""),
        ('"ivl>=15"', ""),
        ("x>20", ""),
        ("nothing:known", ""),
        ("tag：nn", "att"),
        ("－is：new ｓｏｆｔ", "soft"),
        ("prop：ivl＞5", "att"),
        ("Is:New Deck:ML", "fresh fresh"),
        ("−is:new", "att tok soft"),
        ("–is:new ivl≥5", "att"),
        ("ivl≤4", "tok soft"),
        ("“weighted mean”", "att"),
        ("deck:“ml::”", "att tok soft fresh fresh"),
        ('"dekc:ml" https://example.org/a std::vector', ""),
    ],
)
def test_a_query_finds_the_cards_that_every_term_holds_for(query: str, expected: str, tmp_path: Path) -> None:
    schedules = {CardId.parse(card): schedule for card, schedule in SCHEDULES.items()}
    result = ids(search(query, cards(DECK, tmp_path), schedules, TODAY))
    assert [card.rpartition("/")[0] for card in result] == expected.split()


def test_a_card_that_is_due_and_buried_waits_until_it_comes_out(tmp_path: Path) -> None:
    buried = {CardId.parse("att/front"): Schedule(interval=9, due=day(-1), last=day(-10), buried_until=day(1))}
    assert ids(search("is:due", cards(DECK, tmp_path), buried, TODAY)) == []
    assert ids(search("is:due", cards(DECK, tmp_path), buried, day(1))) == ["att/front"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("is:old", "is:old is unknown; there are is:new, is:due, is:young, is:mature"),
        ("prop:size>3", "prop:size>3 is unknown; write it like prop:ivl>20"),
        ("prop:ivl", "prop:ivl is unknown"),
        ("rated:never", "rated:never is unknown; rated:7 finds"),
        ("rated:0", "rated:0 is unknown"),
        (f"rated:{'9' * 100_000}", "rated:999"),
        ("".join(f"a{n} " for n in range(201)), "a query has at most 200 terms; this one has 201"),
        ("-prop:ivl>x", "prop:ivl>x is unknown"),
        ("dekc:ml", 'dekc: is unknown; did you mean deck:? To find the text, write "dekc:ml"'),
        ("dekc：ml", "dekc: is unknown; did you mean deck:?"),
        ("((", '((: a query has no parentheses: all of its terms hold at once; to find the text, write "(("'),
        ("（tag:nn or deck:ml)", "(tag:nn: a query has no parentheses"),
        ("lapse>3", 'lapse is unknown; did you mean lapses? To find the text, write "lapse>3"'),
    ],
)
def test_a_term_that_cannot_be_read_is_an_error_that_says_what_can(query: str, sentence: str) -> None:
    with pytest.raises(DulyError) as caught:
        search(query, (), {}, TODAY)
    assert str(caught.value).startswith(sentence)


def test_a_very_long_query_of_one_word_is_asked_once(tmp_path: Path) -> None:
    assert ids(search("att " * 1_000_000, cards(DECK, tmp_path), {}, TODAY)) == ids(
        search("att", cards(DECK, tmp_path), {}, TODAY)
    )


def test_a_deck_may_be_named_by_its_last_part_where_that_is_one_deck(tmp_path: Path) -> None:
    known = cards(DECK, tmp_path)
    assert find_deck("ML::Transformers", known) == find_deck("transformers", known) == "ML::Transformers"
    with pytest.raises(DulyError, match="there is no deck 'Tranformers'; did you mean"):
        find_deck("Tranformers", known)
    with pytest.raises(DulyError, match="there is no deck 'transf'; did you mean ML::Transformers"):
        find_deck("transf", known)
    assert find_deck("ＭＬ：：Transformers", known) == "ML::Transformers"


def test_parentheses_in_words_and_in_quotes_are_text(tmp_path: Path) -> None:
    known = cards("- q: What does f(x) mean (sic)?\n  a: '(('\n", tmp_path)
    for query in ("f(x)", "(sic)", '"(("'):
        assert search(query, known, {}, TODAY) == known
