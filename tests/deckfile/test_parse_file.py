"""The two shapes of a file, and its head."""

from pathlib import Path

import pytest

from duly.cards import DeckName
from duly.deckfile.parse_file import parse
from duly.deckfile.yaml.source import Source


def problems(text: str, deck: str = "x") -> list[str]:
    parsed = parse(Source(Path("x.yaml"), text), DeckName(deck))
    return [f"{p.place.line}:{p.place.column} {p.severity} {p.kind}: {p.message}" for p in parsed.problems]


def test_a_list_is_a_deck() -> None:
    (entry,) = parse(Source(Path("x.yaml"), "# mine\n- q: What?\n  a: This.\n"), DeckName("ml::x")).entries
    note = entry.note
    assert (note.deck, note.language, note.tags, str(note.place)) == ("ml::x", "", (), "x.yaml:2:3")


def test_a_mapping_is_a_deck_with_a_head_wherever_its_keys_stand() -> None:
    text = "tags: [gpt, a]\ncards:\n- q: What?\n  a: This.\n  tags: [b, gpt]\ndeck: GPT::Basics\nlanguage: zh-Hans\n"
    (entry,) = parse(Source(Path("x.yaml"), text), DeckName("x")).entries
    note = entry.note
    assert (note.deck, note.language, note.tags) == ("GPT::Basics", "zh-Hans", ("gpt", "a", "b"))


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]", "cards:\n", "cards: []\ndeck: x\n", "---\n...\n"])
def test_a_file_without_cards_is_only_a_warning(text: str) -> None:
    assert problems(text) == ["1:1 warning no-cards: this file has no cards; write one that begins with - q:"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("hello", "1:1 error wrong-type: this is not a deck"),
        ("q: x\na: y\n", "1:1 error wrong-type: a card begins with a dash"),
        ("问题: x\n答案: y\n", "1:1 error wrong-type: a card begins with a dash"),
        ("cards: []\n牌组: x\n", "2:1 error unknown-key: there is no key '牌组'; did you mean deck?"),
        ("deck: x\n", "1:1 error missing-key: this file has no cards:"),
        ("cards: x\n", "1:8 error wrong-type: cards takes a list"),
        ("cards: {q: a}\n", "1:8 error wrong-type: cards takes a list"),
        ("cards: []\ndekc: x\n", "2:1 error unknown-key: there is no key 'dekc'; did you mean deck?"),
        ("cards: []\nlang: zh\n", "2:1 error unknown-key: there is no key 'lang'; did you mean language?"),
        ("notes: []\n", "1:1 error unknown-key: there is no key 'notes'; did you mean cards?"),
        ("cards: []\ncards: []\n", "2:1 error duplicate-key: cards is written twice"),
        (
            "cards: []\nzzzzzz: 1\n",
            "2:1 error unknown-key: there is no key 'zzzzzz'; there are deck, language, tags, c",
        ),
        ("cards: []\n? [a]\n: b\n", "2:3 error wrong-type: a key must be a word"),
        ("cards: []\ndeck: a::::b\n", "2:7 error bad-deck: 'a::::b' is not a valid deck name"),
        ("cards: []\ndeck: ' a'\n", "2:7 error bad-deck: ' a' is not a valid deck name"),
        ("cards: []\ndeck: a:::b\n", "2:7 error bad-deck: 'a:::b' is not a valid deck name"),
        ("cards: []\ndeck:\n", "2:6 error bad-deck: '' is not a valid deck name"),
        ('cards: []\ndeck: "a\\tb"\n', "2:7 error bad-deck: 'a\\tb' is not a valid deck name"),
        (
            "cards: []\ndeck: [a]\n",
            "2:7 error wrong-type: deck takes a text; put quotes around text that begins with [",
        ),
        ("cards: []\nlanguage: chinese\n", "2:11 error bad-language: 'chinese' is not a language tag"),
        ("cards: []\nlanguage: zh_CN\n", "2:11 error bad-language: 'zh_CN' is not a language tag"),
        ("cards: []\nlanguage:\n  a: b\n", "3:3 error wrong-type: language takes a text, no list and no further keys"),
    ],
)
def test_a_mistake_in_the_head_is_reported_at_its_place(text: str, problem: str) -> None:
    (report,) = problems(text)
    assert report.startswith(problem)


@pytest.mark.parametrize("tag", ["zh", "zh-Hans", "pt-BR", "de-CH-1996", "es-419", "no", "en-x-mine", "sl-rozaj-biske"])
def test_language_tags_are_those_of_bcp_47(tag: str) -> None:
    (entry,) = parse(Source(Path("x"), f"language: {tag}\ncards: [{{q: a, a: b}}]"), DeckName("x")).entries
    assert entry.note.language == tag


def test_a_mistake_in_the_head_keeps_the_notes_out_and_their_mistakes_are_reported_all_the_same() -> None:
    text = "langauge: zh\ncards:\n- q: a\n  a: b\n- q: a\n"
    assert not parse(Source(Path("x.yaml"), text), DeckName("x")).entries
    assert [problem.split(":")[0] for problem in problems(text)] == ["1", "5"]


@pytest.mark.parametrize(
    ("head", "problem"),
    [
        ("tags: [*x]", "1:8 error unknown-alias: no &x stands before this *x"),
        ("tags: [gpt, *x]", "1:13 error unknown-alias: no &x stands before this *x"),
        ("tags: *x", "1:7 error unknown-alias: no &x stands before this *x"),
        ("language: *x", "1:11 error unknown-alias: no &x stands before this *x"),
        ("deck: !!python/name:os x", "1:7 error custom-tag: !!python/name:os is a YAML tag"),
        ("? *x\n: zh", "1:3 error unknown-alias: no &x stands before this *x"),
    ],
)
@pytest.mark.parametrize("card", ["- q: a\n  a: b\n", "- q: a\n  a: b\n- q: 'c\n"])
def test_what_is_broken_in_the_head_is_reported_once_and_keeps_the_notes_out(
    head: str, problem: str, card: str
) -> None:
    text = f"{head}\ncards:\n{card}"
    assert not parse(Source(Path("x.yaml"), text), DeckName("x")).entries
    reports = problems(text)
    assert reports[0].startswith(problem)
    assert len(reports) == 1 + card.count("'")


def test_a_path_that_makes_no_deck_name_needs_one_in_the_file() -> None:
    (report,) = problems("- q: a\n  a: b\n", deck=" x")
    assert report.startswith("1:1 error bad-deck: ' x' is not a valid deck name; rename the file")
    assert not problems("deck: x\ncards:\n- q: a\n  a: b\n", deck=" x")


def test_the_notes_before_a_second_document_load() -> None:
    parsed = parse(Source(Path("x.yaml"), "- q: a\n  a: b\n---\n- q: c\n  a: d\n"), DeckName("x"))
    assert ([entry.note.question for entry in parsed.entries], [p.kind for p in parsed.problems]) == (
        ["a"],
        ["many-documents"],
    )
