"""Notes of Anki whose note type makes several cards, shows words around a field, or a part of it: asked, and back."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.anki.household import Household
from tests.cli.calling import call
from tests.learner import Learner, visible

from duly.anki.notes import origin_files
from duly.anki.notes.origins import OriginalHtml
from duly.anki.notes.template import Piece
from duly.cards import Basic, Face, FurtherCard, Note, Reversed, cards_of
from duly.deckfile.load import load
from duly.markup.html.to_html import to_html

WORD = (
    ("Meaning", "What does {{Word}} mean?", "{{Meaning}}<br>{{Notes}}"),
    ("Word", "{{Meaning}}<br>{{#Notes}}not easy{{/Notes}}", "{{Word}}"),
    ("The reading", "<p>How is <b>{{Word}}</b> read?</p>", "{{type:Reading}}"),
)
FIELDS = ("Word", "Meaning", "Reading", "Notes")


def makes(learner: Learner, name: str, fields: tuple[str, ...], *templates: tuple[str, str, str]) -> None:
    """Makes a note type with cards of these names, fronts and backs."""
    models = learner.collection.models
    kind = models.new(name)
    for field in fields:
        models.add_field(kind, models.new_field(field))
    for card, front, back in templates:
        template = models.new_template(card)
        template["qfmt"], template["afmt"] = front, back
        models.add_template(kind, template)
    models.add_dict(kind)


@pytest.fixture
def word(household: Household) -> Iterator[str]:
    makes(household.learner, "Vocabulary", FIELDS, *WORD)
    yield household.learner.adds("Vocabulary", "水", "water", "みず", "<i>common</i>").guid


def only(household: Household) -> Note:
    (note,) = load([household.cards]).notes
    return note


def test_every_card_is_asked_as_its_template_asks_it(household: Household, word: str) -> None:
    household.takes_over()
    note = only(household)
    assert note.kind == Basic("What does 水 mean?", "water")
    assert note.further_cards == (
        FurtherCard(Face("word"), "water\nnot easy", "水"),
        FurtherCard(Face("the-reading"), "How is 水 read?", "みず", typed=True),
    )
    assert note.extra == "**Notes:** *common*"
    asked = [" ".join(card.asked_note.question.split()) for card in cards_of(note)]
    assert asked == [" ".join(visible(household.learner.question(word, number)).split()) for number in range(3)]


def test_nothing_is_changed_on_the_way_back_and_a_fresh_anki_has_the_same(household: Household, word: str) -> None:
    household.takes_over()
    assert household.brings_back() == {"duplicate": 1}
    other = Learner(household.folder / "other")
    try:
        assert other.imports(household.folder / "out.apkg") == {"new": 1}
        assert other.note(word).fields == household.learner.note(word).fields
        assert [other.question(word, number) for number in range(3)] == [
            household.learner.question(word, number) for number in range(3)
        ]
        other.assert_sound()
    finally:
        other.close()


def test_each_card_has_its_own_progress_there_and_back(household: Household, word: str) -> None:
    household.learner.reviews(word, 1, 3)
    household.learner.reviews(word, 2, 1)
    household.takes_over("--progress")
    listed = json.loads(call("list", "--in", household.cards, "--json").output)
    assert {card["face"]: card["schedule"]["repetitions"] for card in listed} == {
        "front": 0,
        "word": 1,
        "the-reading": 0,
    }
    assert {card["face"]: card["schedule"]["due"] is None for card in listed} == {
        "front": True, "word": False, "the-reading": False,
    }  # fmt: skip
    package = household.folder / "learned.apkg"
    assert call("export", household.cards, "-o", package, "--progress", "--yes").exit_code == 0
    other = Learner(household.folder / "other")
    try:
        other.imports(package, progress=True)
        assert [other.card(word, number).reps for number in range(3)] == [0, 1, 1]
    finally:
        other.close()


def test_a_field_edited_in_a_further_card_is_updated_and_every_schedule_stays(household: Household, word: str) -> None:
    household.learner.reviews(word, 2)
    before = [(card.ord, card.due, card.reps) for card in household.learner.note(word).cards()]
    household.takes_over()
    household.edits("Default.yaml", "a: みず", "a: ミズ")
    assert household.brings_back() == {"updated": 1}
    assert household.learner.note(word).fields == ["水", "water", "ミズ", "<i>common</i>"]
    assert [(card.ord, card.due, card.reps) for card in household.learner.note(word).cards()] == before


def test_a_field_that_several_cards_show_gets_the_text_that_was_edited(household: Household, word: str) -> None:
    household.takes_over()
    household.edits("Default.yaml", "How is 水 read", "How is 湯 read")
    (message,) = household.exports().messages
    assert "q: and the-reading q: are one field (Word)" in str(message)
    assert household.brings_back() == {"updated": 1}
    assert household.learner.note(word)["Word"] == "湯"


def test_an_edit_in_anki_is_imported_into_every_card_that_shows_it(household: Household, word: str) -> None:
    household.learner.collection.db.execute("update notes set mod = mod - 60")  # type: ignore[union-attr]
    household.takes_over()
    household.learner.edits(word, Word="湯", Meaning="hot water")
    household.takes_over("--update")
    note = only(household)
    assert note.kind == Basic("What does 湯 mean?", "hot water")
    assert [card.question for card in note.further_cards] == ["hot water\nnot easy", "How is 湯 read?"]
    assert household.brings_back() == {"duplicate": 1}


def test_the_field_of_a_removed_further_card_stays_in_anki(household: Household, word: str) -> None:
    household.takes_over()
    text = (household.cards / "Default.yaml").read_text(encoding="utf-8")
    (household.cards / "Default.yaml").write_text(text[: text.index("    - face: the-reading")], encoding="utf-8")
    assert [card.face for card in cards_of(only(household))] == ["front", "word"]
    assert household.brings_back() == {"duplicate": 1}
    assert household.learner.note(word)["Reading"] == "みず"


@pytest.mark.usefixtures("word")
def test_a_further_card_without_a_template_in_anki_stays_here_with_a_message(household: Household) -> None:
    household.takes_over()
    file = household.cards / "Default.yaml"
    own = "    - face: kun\n      q: kun?\n      a: x\n"
    file.write_text(file.read_text(encoding="utf-8") + own, encoding="utf-8")
    (household.cards / "mine.yaml").write_text(f"- q: a\n  a: b\n  id: mine\n  more:\n{own}", encoding="utf-8")
    assert [str(message).count("the card kun below more: stays here") for message in household.exports().messages] == [
        1,
        1,
    ]
    assert household.brings_back() == {"duplicate": 1, "new": 1}
    assert len(household.learner.note("mine").cards()) == 1


MUSCLE = ("Card 1", "<p>Which movements result from the contraction of {{Muscle}}?</p>{{Tags}}", "{{Movement}}")


def test_the_words_of_a_template_are_in_the_question_and_not_in_the_field(household: Household) -> None:
    makes(household.learner, "Muscles", ("Muscle", "Movement"), MUSCLE)
    guid = household.learner.adds("Muscles", "<b>biceps</b>", "flexion").guid
    household.takes_over()
    assert only(household).question == "Which movements result from the contraction of **biceps**?"
    assert household.brings_back() == {"duplicate": 1}
    household.edits("Default.yaml", "**biceps**", "the *biceps*")
    assert household.brings_back() == {"updated": 1}
    assert household.learner.note(guid).fields == ["the <em>biceps</em>", "flexion"]


def test_edited_words_of_a_template_are_reported_and_the_field_stays(household: Household) -> None:
    makes(household.learner, "Muscles", ("Muscle", "Movement"), MUSCLE)
    guid = household.learner.adds("Muscles", "biceps", "flexion").guid
    household.takes_over()
    household.edits("Default.yaml", "Which movements result from the contraction of", "What does")
    (message,) = household.exports().messages
    assert "the words in q: around Muscle" in str(message)
    assert household.brings_back() == {"duplicate": 1}
    assert household.learner.note(guid)["Muscle"] == "biceps"


@pytest.mark.parametrize(
    ("front", "field", "question"),
    [
        ("{{Word}} 是什么？", "图：\n<ul><li>a</li></ul>", "图：\n\n- a\n\n是什么？"),
        ("Word:<br>{{Word}}", "<ul><li>a</li></ul>", "Word:\n\n- a"),
        ("1. {{Word}}", "x", "x"),
        ("*not* <u>{{Word}}</u>", "x", r"\*not\* x"),
        ("{{#Other}}with {{Other}}{{/Other}}{{^Other}}alone: {{/Other}}{{Word}}", "x", "alone: x"),
        ("Type: {{type:Other}}<br>{{Word}}", "x", "x"),
        ("Again {{Word}} and {{Word}}", "x", "x"),
        ('<span title="words">{{Word}}</span><script>let words</script><!-- words -->', "x", "x"),
    ],
)
def test_words_are_the_visible_ones_around_the_fields(
    household: Household, front: str, field: str, question: str
) -> None:
    makes(household.learner, "Kind", ("Word", "Back", "Other"), ("Card 1", front, "{{Back}}"))
    household.learner.adds("Kind", field, "b")
    household.takes_over()
    assert only(household).question == question
    assert household.brings_back() == {"duplicate": 1}


@pytest.mark.parametrize(
    ("front", "back", "question", "shown"),
    [
        ("{{kanji:Word}}", "{{furigana:Word}}", "私は食べ物", ("{私|わたし}は{食|た}べ{物|もの}", "")),
        ("{{kana:Word}}", "{{kanji:Word}} {{Meaning}}", "わたしはたべもの", ("food", "**Word:** 私は食べ物")),
        ("{{kanji:Word}}", "{{Meaning}}", "私は食べ物", ("food", "")),
        ("{{furigana:Word}}", "{{Word}} {{Meaning}}", "{私|わたし}は{食|た}べ{物|もの}", ("food", "")),
    ],
)
def test_a_reading_is_hidden_where_the_template_hides_it(
    household: Household, front: str, back: str, question: str, shown: tuple[str, str]
) -> None:
    makes(household.learner, "Japanese", ("Word", "Meaning"), ("Card 1", front, back))
    guid = household.learner.adds("Japanese", "私[わたし]は 食[た]べ 物[もの]", "food").guid
    household.takes_over()
    note = only(household)
    assert (note.kind, note.extra) == (Basic(question, shown[0]), shown[1])
    assert to_html(question) == re.sub("</?rb>| ", "", household.learner.question(guid))
    assert household.brings_back() == {"duplicate": 1}


def test_a_text_with_readings_is_exported_into_its_field(household: Household) -> None:
    makes(
        household.learner,
        "Japanese",
        ("Word", "Meaning"),
        ("Card 1", "{{kanji:Word}}", "{{Meaning}} {{furigana:Word}}"),
    )
    guid = household.learner.adds("Japanese", "食[た]べ 物[もの]", "food").guid
    household.takes_over()
    household.edits("Default.yaml", "{物|もの}", "{方|かた}")
    assert household.brings_back() == {"updated": 1}
    assert household.learner.note(guid)["Word"] == "食[た]べ 方[かた]"


def test_an_edit_of_a_text_that_shows_only_a_part_of_a_field_is_reported(household: Household) -> None:
    makes(household.learner, "Japanese", ("Word", "Meaning"), ("Card 1", "{{kanji:Word}}", "{{Meaning}}"))
    guid = household.learner.adds("Japanese", "食[た]べる", "food").guid
    household.takes_over()
    household.edits("Default.yaml", "q: 食べる", "q: 飲む")
    (message,) = household.exports().messages
    assert "shows only a part of the field Word" in str(message)
    assert household.brings_back() == {"duplicate": 1}
    assert household.learner.note(guid)["Word"] == "食[た]べる"


def test_a_reversed_card_with_no_words_of_its_own_stays_a_reversed_card(household: Household) -> None:
    household.learner.adds("Basic (and reversed card)", "one", "two")
    household.takes_over()
    assert (only(household).kind, only(household).further_cards) == (Reversed("one", "two"), ())


OLD_DECK = """\
- q: 水
  a: water
  id: {guid}
  extra: '**Notes:** *common*'
"""


def as_taken_over_by_an_earlier_duly(household: Household, guid: str) -> None:
    """The deck and what is kept beside it, as it was before a note could have further cards."""
    household.takes_over()
    file = household.cards / "Default.yaml"
    file.write_text(OLD_DECK.format(guid=json.dumps(guid)), encoding="utf-8")
    known = origin_files.read(household.cards)
    old = replace(
        known.notes[guid],
        further_ords={},
        words={},
        originals={"Reading": OriginalHtml("みず"), "Notes": known.notes[guid].originals["Notes"]},
        parts={"question": (Piece("Word"),), "answer": (Piece("Meaning"),), "extra": (Piece("Notes"),)},
    )
    origin_files.write(household.cards, replace(known, notes={guid: old}))


def test_cards_left_out_by_an_earlier_version_are_reported_and_imported_with_update(
    household: Household, word: str
) -> None:
    as_taken_over_by_an_earlier_duly(household, word)
    assert household.brings_back() == {"duplicate": 1}
    assert (
        "cards that an earlier duly left out; import with --update to have them asked: 2"
        in household.takes_over().output
    )
    assert len(cards_of(only(household))) == 1
    household.takes_over("--update")
    assert only(household).kind == Basic("What does 水 mean?", "water")
    assert [card.face for card in cards_of(only(household))] == ["front", "word", "the-reading"]
    assert household.brings_back() == {"duplicate": 1}
    assert "earlier duly" not in household.takes_over().output
    household.edits("Default.yaml", "a: みず", "a: ミズ")
    assert household.brings_back() == {"updated": 1}
    assert household.learner.note(word).fields == ["水", "water", "ミズ", "<i>common</i>"]


def test_edits_made_here_since_an_import_by_an_earlier_version_are_not_overwritten(
    household: Household, word: str
) -> None:
    household.learner.collection.db.execute("update notes set mod = mod - 60")  # type: ignore[union-attr]
    as_taken_over_by_an_earlier_duly(household, word)
    household.edits("Default.yaml", "a: water", "a: the water")
    household.learner.edits(word, Reading="ミズ")
    household.takes_over("--update")
    assert only(household).kind == Basic("水", "the water")
    assert only(household).further_cards == ()


def test_edits_made_in_anki_since_an_import_by_an_earlier_version_are_imported_with_the_cards(
    household: Household, word: str
) -> None:
    household.learner.collection.db.execute("update notes set mod = mod - 60")  # type: ignore[union-attr]
    as_taken_over_by_an_earlier_duly(household, word)
    household.learner.edits(word, Meaning="fresh water")
    household.takes_over("--update")
    assert only(household).kind == Basic("What does 水 mean?", "fresh water")
    assert [card.question for card in only(household).further_cards] == ["fresh water\nnot easy", "How is 水 read?"]
    assert household.brings_back() == {"duplicate": 1}


def test_an_update_keeps_the_further_cards_of_ones_own_and_those_removed_away(household: Household, word: str) -> None:
    household.learner.collection.db.execute("update notes set mod = mod - 60")  # type: ignore[union-attr]
    household.takes_over()
    file = household.cards / "Default.yaml"
    text = file.read_text(encoding="utf-8")
    own = "    - face: kun\n      q: kun?\n      a: x\n"
    file.write_text(text[: text.index("    - face: the-reading")] + own, encoding="utf-8")
    household.learner.edits(word, Word="湯")
    household.takes_over("--update")
    note = only(household)
    assert note.question == "What does 湯 mean?"
    assert [(card.face, card.answer) for card in note.further_cards] == [("word", "湯"), ("kun", "x")]


def test_a_card_keeps_its_face_when_its_template_is_renamed_in_anki(household: Household, word: str) -> None:
    household.learner.collection.db.execute("update notes set mod = mod - 60")  # type: ignore[union-attr]
    household.takes_over()
    kind = household.learner.note(word).note_type()
    assert kind
    kind["tmpls"][2]["name"] = "Word and reading"
    household.learner.collection.models.update_dict(kind)
    household.learner.edits(word, Reading="ミズ")
    household.takes_over("--update")
    assert [(card.face, card.answer) for card in only(household).further_cards] == [
        ("word", "水"),
        ("the-reading", "ミズ"),
    ]
