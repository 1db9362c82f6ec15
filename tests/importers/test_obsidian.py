"""Notes of Obsidian, read as cards the way its plugin does."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.importers.reading import lost_words, pair, pairs, places

from duly.cards import Basic, Cloze, Reversed
from duly.importers.importer import ImportedText, ImportOptions
from duly.importers.obsidian import read, recognise
from duly.scheduling.day import StudyDay

PATH = Path("细胞.md")
AUGUST = StudyDay((date(2024, 8, 16) - date(1970, 1, 1)).days)


def schedules(imported: ImportedText) -> dict[str, tuple[int, int, int]]:
    """Due day, interval and easiness of each card, by its question, or ``cloze``, and its face."""
    questions = {note.id: "cloze" if isinstance(note.kind, Cloze) else pair(note)[0] for note in imported.notes}
    plans = imported.schedules.items()
    return {f"{questions[card.note]} {card.face}": (plan.due, plan.interval, plan.easiness) for card, plan in plans}


def cloze(text: str, *signs: str) -> str:
    (note,) = read(PATH, text, ImportOptions(clozes=signs)).notes
    assert isinstance(note.kind, Cloze)
    return note.kind.text


def test_a_line_is_a_card_asked_one_way_or_both_ways() -> None:
    imported = read(PATH, "什么是线粒体？::能量工厂\n- ATP ::: 三磷酸腺苷\n`a::b` is code::yes\n")
    assert [note.kind for note in imported.notes] == [
        Basic("什么是线粒体？", "能量工厂"), Reversed("ATP", "三磷酸腺苷"), Basic("`a::b` is code", "yes"),
    ]  # fmt: skip
    assert imported.problems == ()


def test_a_card_of_several_lines_ends_at_a_blank_line() -> None:
    imported = read(PATH, "one\ntwo\n?\nthree\n- four\n\nfive\n??\nsix")
    assert [note.kind for note in imported.notes] == [Basic("one\ntwo", "three\n- four"), Reversed("five", "six")]
    assert places(read(PATH, "one\n\n?\n\ntwo")) == [(1, "not-placed")]


def test_blank_lines_stay_in_code_and_in_cards_with_an_end_marker() -> None:
    assert pairs(read(PATH, "one\n?\n```\na::b\n\nc\n```\n")) == [("one", "```\na::b\n\nc\n```")]
    assert pairs(read(PATH, "one\n?\ntwo\n\n| a |\n|---|\n+++\nthree\n?\nfour\n\nfive\n+++")) == [
        ("one", "two\n\n| a |\n|---|"), ("three", "four\n\nfive"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A ==first== and ==second==.", "A {{c1::first}} and {{c2::second}}."),
        ("A ==first==^[a hint] here", "A {{c1::first::a hint}} here"),
        ("==a==[^1] ==b==[^2] ==c==^[h][^1]", "{{c1::a}} {{c2::b}} {{c1::c::h}}"),
        ("==2;;a;;h== ==1;;b==", "{{c2::a::h}} {{c1::b}}"),
        ("`==code==` $a==b==c$ ==d==", "`==code==` $a==b==c$ {{c1::d}}"),
        ("==see [[Page|this]]== in [[Other#Part]]", "{{c1::see this}} in Other › Part"),
        ("above\nthe ==hidden== line\nbelow", "above\nthe {{c1::hidden}} line\nbelow"),
        ("- a ==b==", "a {{c1::b}}"),
        ("above\n\n==x== and\n?no::", "{{c1::x}} and\n?no::"),
    ],
)
def test_highlighted_text_is_hidden(text: str, written: str) -> None:
    assert cloze(text) == written


def test_other_signs_hide_text_only_with_an_option() -> None:
    assert read(PATH, "a **bold** word").notes == ()
    assert cloze("a **bold** word", "bold") == "a {{c1::bold}} word"
    assert cloze("{{2::curly::hint}} {{1::x}}", "curly") == "{{c2::curly::hint}} {{c1::x}}"


def test_tags_name_decks_and_headings_become_tags() -> None:
    text = """\
---
tags: [flashcards/biology, school]
---
one::1
# Parts
two::2
#flashcards/geo/capitals #quiz
three::3
#flashcards/other #own four::4
five::5
#flashcards
six::6
"""
    imported = read(PATH, text)
    assert [(note.deck, note.tags) for note in imported.notes] == [
        ("biology", ("school",)),
        ("biology", ("school", "Parts")),
        ("geo::capitals", ("school", "quiz", "Parts")),
        ("other", ("school", "quiz", "Parts", "own")),
        ("geo::capitals", ("school", "quiz", "Parts")),
        ("细胞", ("school", "Parts")),
    ]
    assert imported.problems == ()


def test_a_heading_right_above_the_sign_is_the_question() -> None:
    imported = read(PATH, "# T\n## What?\n?\nThat.\n\n## Section\nfront\n?\nback")
    assert [(note.kind, note.tags) for note in imported.notes] == [
        (Basic("What?", "That."), ("T",)), (Basic("front", "back"), ("Section",)),
    ]  # fmt: skip


def test_links_and_embedded_images_become_markdown() -> None:
    assert pairs(read(PATH, "see [[A|b]]::![[my cell.png|300]] ![[x.mp3]] `[[c]]`")) == [
        ("see b", "![](<my cell.png>) ![](x.mp3) `[[c]]`")
    ]
    imported = read(PATH, "a::![[Note]]")
    assert (pairs(imported), places(imported)) == ([("a", "Note")], [(1, "embed")])


@pytest.mark.parametrize(
    "text",
    [
        "a::b\n<!--SR:!2024-08-16,51,230-->\nc::d <!--SR:!2024-08-16,51,230!2024-08-16,51,230-->",
        "a::b\n> [!sr|card-metadata]\n> <!--SR:!2024-08-16,51,230-->\n\nc\n?\nd\n<!--SR:!2024-08-16,51,230-->",
        "a::b <!--SR:2024-08-16,51,230-->\n\nc\n?\nd\n\n<!--SR:!2024-08-16,51.4,230-->\n+++\n",
        "a::b <!--SR:!2024-08-16,51,230-->\n\nc\n?\nd\n+++\n<!--SR:!2024-08-16,51,230-->\n",
    ],
)
def test_a_schedule_belongs_to_the_card_on_its_line_or_above(text: str) -> None:
    imported = read(PATH, text)
    assert (pairs(imported), places(imported)) == ([("a", "b"), ("c", "d")], [])
    assert schedules(imported) == {"a front": (AUGUST, 51, 230), "c front": (AUGUST, 51, 230)}


def test_a_schedule_below_the_end_marker_of_the_vault_belongs_to_the_card_above() -> None:
    text = "a\n?\nb\n/end\n<!--SR:!2024-08-16,51,230-->\n"
    imported = read(PATH, text, ImportOptions(end_marker="/end"))
    assert (pairs(imported), places(imported)) == ([("a", "b")], [])
    assert schedules(imported) == {"a front": (AUGUST, 51, 230)}


def test_the_parts_of_a_schedule_are_in_the_order_of_the_cards() -> None:
    text = (
        "a:::b <!--SR:!2000-01-01,1,250!2024-08-16,3,270-->\n\n"
        "==c== ==d== ==e== <!--SR:!2024-08-16,4,290!2024-08-16,0,130-->"
    )
    assert schedules(read(PATH, text)) == {
        "a back": (AUGUST, 3, 270), "cloze c1": (AUGUST, 4, 290), "cloze c2": (AUGUST, 0, 130),
    }  # fmt: skip


def test_an_fsrs_schedule_is_imported_with_the_easiness_of_a_new_card() -> None:
    text = "a::b\n<!--SR:!fsrs,2024-08-16T08:10:00.000Z,12.5,0.4,5.5,2,1,0,0,2024-08-04T00:00:00.000Z-->"
    assert schedules(read(PATH, text)) == {"a front": (AUGUST, 12, 250)}


@pytest.mark.parametrize(
    "text",
    [
        "<!--SR:!2024-08-16,51,230-->\n\na::b",
        "a::b\n\n<!--SR:!2024-08-16,51,230-->",
        "a::b\nprose\n<!--SR:!2024-08-16,51,230-->",
        "a::b <!--SR:!2024-02-31,51,230-->",
        "a::b <!--SR:!soon-->",
        "a::b <!--SR:-->",
        "==a== <!--SR:!2024-08-16,51,230!2024-08-16,51,230-->",
        "==a==[^1] ==b==[^3] <!--SR:!2024-08-16,51,230-->",
        "==a==[^as] ==b==[^sa] <!--SR:!2024-08-16,51,230-->",
        "a::b\n\na::c <!--SR:!2024-08-16,51,230-->",
    ],
)
def test_a_schedule_that_cannot_be_read_or_placed_is_left_out_and_reported(text: str) -> None:
    imported = read(PATH, text)
    assert schedules(imported) == {}
    (problem,) = [problem for problem in imported.problems if problem.kind == "schedule"]
    assert str(problem.message) == "schedules (1) were left out; their cards begin as new ones"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("text\nmore\n\na::b", [(1, "not-placed")]),
        ("<!-- a\nb::c -->\na::b", [(1, "not-placed")]),
        ("a::b\n<!-- never closed", [(2, "not-placed")]),
        ("a::\n\n::b\n", [(1, "not-placed"), (3, "not-placed")]),
        ("a\n?\n\n", [(1, "no-answer")]),
        ("==a==[^ash] ==b==[^hha]", [(1, "overlapping")]),
        ("==`a}}b`==", [(1, "unwritable-cloze")]),
        ("---\nsr-due: 2024-07-01\n---\na::b", [(2, "not-placed")]),
    ],
)
def test_text_that_is_left_out_is_reported(text: str, expected: list[tuple[int, str]]) -> None:
    assert places(read(PATH, text)) == expected


@pytest.mark.parametrize(
    ("name", "text", "is_one"),
    [
        ("a.md", "#flashcards/x\nQ::A", True),
        ("a.txt", "Q: a\nA: b\n<!--SR:!2024-08-16,51,230-->", True),
        ("a.md", "---\ntags:\n  - flashcards\n---\ntext", True),
        ("a.md", "front\n?\nback", True),
        ("a.md", "a::b", True),
        ("a.txt", "a::b", False),
        ("a.md", "# Why?\nstd::sort", False),
        ("a.md", "text ==b==", False),
        ("a.md", "```\na::b\n#flashcards\n```", False),
    ],
)
def test_a_note_is_recognised_by_its_tag_its_schedules_or_its_signs(name: str, text: str, is_one: bool) -> None:
    assert bool(recognise(Path(name), text).confidence) is is_one


LINES = st.sampled_from(
    ["a{}::b{}", "c{}:::d{}", "e{}", "", "?", "??", "==f{}== g{}", "```", "#flashcards/h{}", "# i{}", "<!-- j{} -->",
     "<!-- k{}", "l{} -->", "+++", "- m{}", "#n{} o{}::p{}", "q{} [[r{}]]", "`s{}", "{{t{}::u{}}}", "---", "v{}: w{}"]
)  # fmt: skip


@given(st.lists(LINES, max_size=14))
def test_every_line_is_in_a_card_or_reported(lines: list[str]) -> None:
    text = "\n".join(line.replace("{}", str(number)) for number, line in enumerate(lines))
    assert lost_words(text, read(PATH, text), besides="#.*") == []


@pytest.mark.parametrize(
    ("below", "expected"),
    [("列表项::答案", ("列表项", "答案")), ("==DNA== 在核里", None), ("又问\n?\n又答", ("又问", "又答"))],
)
def test_a_schedule_ends_its_card(below: str, expected: tuple[str, str] | None) -> None:
    imported = read(PATH, f"什么？\n?\n答案一\n<!--SR:!2024-08-16,51,230-->\n{below}\n")
    first, second = imported.notes
    assert pair(first) == ("什么？", "答案一")
    assert isinstance(second.kind, Cloze) if expected is None else pair(second) == expected
    assert not imported.problems and [card.note for card in imported.schedules] == [first.id]


def test_prose_below_a_schedule_is_left_out_and_named() -> None:
    imported = read(PATH, "什么？\n?\n答案一\n<!--SR:!2024-08-16,51,230-->\n后来写的\n")
    assert pairs(imported) == [("什么？", "答案一")]
    assert [problem.place.line for problem in imported.left_out] == [5]
