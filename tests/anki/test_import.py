"""What a learner meets who imports our packages into a real Anki."""

import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from anki.sound import SoundOrVideoTag
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.learner import Export, Learner, visible

from duly.anki.notes.anki_note import card_ord
from duly.anki.package_export import export_package
from duly.cards import Basic, Choice, Cloze, DeckName, Note, NoteId, Reversed, Typed, cards_of, faces
from duly.cards.media_references import references
from duly.problem import Place

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DECK = DeckName("d")
BASIC = Note(
    NoteId("什么是 <泛化>?"),
    Basic("What is **it**?", "This:\n\n```python\nreturn 1 < 2\n```"),
    DeckName("ml::basics"),
    tags=("gpt", "a::b"),
    hint="think",
    extra="*more*",
    source="book, p. 3",
    language="zh-Hans",
)
REVERSED = Note(NoteId("rev"), Reversed("H₂O", "water"), DeckName("ML::other"))
TYPED = Note(NoteId("typed"), Typed("Which?", "a **<b>** & c"), DECK)
CHOICE = Note(NoteId("choice"), Choice("Which half?", "the decoder", ("the encoder", "both", "neither")), DECK)
CLOZE = Note(NoteId("cloze"), Cloze("keeps {{c1::three}} arrays: {{c3::data {{c2::and::joins}} more}}"), DECK)
ALL = (BASIC, REVERSED, TYPED, CHOICE, CLOZE)


def test_every_note_arrives_with_its_cards_decks_and_tags(learner: Learner, package: Export) -> None:
    assert learner.imports(package(*ALL)) == {"new": 5}
    assert learner.collection.note_count() == 5
    assert learner.collection.card_count() == sum(len(cards_of(note)) for note in ALL) == 8
    assert learner.deck(BASIC.id) == "ml::basics"
    assert learner.deck("rev", 1) == "ml::other"
    assert learner.note(BASIC.id).tags == ["a::b", "gpt"]
    assert {deck.name for deck in learner.collection.decks.all_names_and_ids(skip_empty_default=True)} == {
        "d", "ml", "ml::basics", "ml::other",
    }  # fmt: skip
    learner.assert_sound()


def test_new_cards_come_in_the_order_of_the_file(learner: Learner, package: Export) -> None:
    learner.imports(package(*(note._replace(deck=DECK) for note in ALL)))
    order = [
        learner.collection.get_card(card) for card in learner.collection.find_cards("", order="c.due asc, c.ord asc")
    ]
    assert [(card.note().guid, card.ord) for card in order] == [
        (BASIC.id, 0), ("rev", 0), ("rev", 1), ("typed", 0), ("choice", 0), ("cloze", 0), ("cloze", 1), ("cloze", 2),
    ]  # fmt: skip


def test_a_basic_card_shows_its_hint_on_demand_and_the_rest_after_the_answer(learner: Learner, package: Export) -> None:
    learner.imports(package(BASIC))
    question, answer = learner.question(BASIC.id), learner.answer(BASIC.id)
    assert "What is <strong>it</strong>?" in question
    assert 'lang="zh-Hans"' in question
    assert re.search(r'<div id="hint\w+" class=hint style="display: none">think</div>', question)
    assert visible(question) == "What is it ? Hint think"
    assert '<span class="k">return</span>' in answer
    assert visible(answer).endswith("This: return 1 < 2 more book, p. 3")
    assert "gpt" not in question + answer


def test_a_card_without_hint_extra_and_source_has_no_empty_places_for_them(learner: Learner, package: Export) -> None:
    learner.imports(package(REVERSED))
    assert not any(name in learner.answer("rev") for name in ("hint", "extra", "source", "options", "typing"))


def test_a_reversed_note_is_asked_both_ways(learner: Learner, package: Export) -> None:
    learner.imports(package(REVERSED))
    assert [visible(learner.question("rev", number)) for number in (0, 1)] == ["H₂O", "water"]
    assert [visible(learner.answer("rev", number)) for number in (0, 1)] == ["H₂O water", "water H₂O"]


def test_a_typed_answer_is_compared_with_plain_text(learner: Learner, package: Export) -> None:
    learner.imports(package(TYPED._replace(kind=Typed("Which?", "**x < y** & `&amp;`"))))
    assert "[[type:Typed]]" in learner.question("typed")
    expected = learner.note("typed")["Typed"]
    right = learner.collection.compare_answer(expected, "x < y & &amp;")
    assert "typeGood" in right
    assert not re.search("typeBad|typeMissed", right)
    assert "typeBad" in learner.collection.compare_answer(expected, "x > y & &amp;")


def test_a_choice_shows_its_options_and_marks_the_right_one(learner: Learner, package: Export) -> None:
    learner.imports(package(CHOICE))
    question, answer = learner.question("choice"), learner.answer("choice")
    for option in ("the decoder", "the encoder", "both", "neither"):
        assert f">{option}</li>" in question
    assert '<li class="right">the decoder</li>' in answer
    assert answer.index('<div class="back">') < answer.index("<ol>")
    assert visible(answer).endswith("the decoder")


def test_a_cloze_has_a_card_for_each_number(learner: Learner, package: Export) -> None:
    learner.imports(package(CLOZE))
    assert [visible(learner.question("cloze", number)) for number in range(3)] == [
        "keeps [...] arrays: data and more",
        "keeps three arrays: data [joins] more",
        "keeps three arrays: [...]",
    ]
    assert visible(learner.answer("cloze", 2)) == "keeps three arrays: data and more"


COMMANDS = (
    "{{c1::x}}", "{{Front}}", "<b> & &amp;", "std::vector<T>{{}}", "[sound:x.mp3]", "[[type:Front]]", "[$]x[/$]",
)  # fmt: skip


@pytest.mark.parametrize("code", COMMANDS)
def test_text_that_only_looks_like_a_command_is_unchanged(learner: Learner, package: Export, code: str) -> None:
    learner.imports(package(Note(NoteId("n"), Basic(f"`{code}`", f"a `{code}`"), DECK, extra=f"`{code}`")))
    card = learner.card("n")
    assert visible(card.render_output().question_text) == code
    assert visible(card.render_output().answer_text) == f"{code} a {code} {code}"
    assert not card.render_output().question_av_tags
    assert learner.collection.card_count() == 1
    learner.assert_sound()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("std&#58;:map", "std::map"),
        ("`f(){{}}`", "f(){{}}"),
        ("`&lt;` < &amp;amp;", "&lt; < &amp;"),
        ("`{{c2`", "{{c2"),
        ("`[sound:x.mp3]`", "[sound:x.mp3]"),
        ("`a\x1fb`", "ab"),
    ],
)
def test_inside_a_cloze_it_is_shown_as_written_too(learner: Learner, package: Export, written: str, shown: str) -> None:
    note = Note(NoteId("n"), Cloze(f"one {{{{c1::{written} two::hint}}}} three"), DECK)
    learner.imports(package(note))
    assert visible(learner.question("n")) == "one [hint] three"
    assert visible(learner.answer("n")) == f"one {shown} two three"
    assert learner.collection.card_count() == 1
    learner.assert_sound()


def test_math_is_left_to_mathjax(learner: Learner, package: Export) -> None:
    learner.imports(
        package(
            Note(NoteId("n"), Basic(r"$a<b$ and $$\frac{1}{2}$$", "a"), DECK),
            Note(NoteId("z"), Cloze(r"so {{c1::$\frac{1}{\sqrt{d}}$}}"), DECK),
        )
    )
    assert r"\(a&lt;b\)" in learner.question("n")
    assert r"\[\frac{1}{2}\]" in learner.question("n")
    assert r"\(\frac{1}{\sqrt{d} }\)" in learner.answer("z")


def test_html_of_the_author_is_kept(learner: Learner, package: Export) -> None:
    learner.imports(package(Note(NoteId("n"), Basic("{漢|かん} H<sub>2</sub>O 列[0]", "a"), DECK)))
    assert "<ruby>漢<rt>かん</rt></ruby> H<sub>2</sub>O 列[0]" in learner.question("n")


def test_images_and_sounds_come_along(learner: Learner, package: Export, tmp_path: Path) -> None:
    cards = tmp_path / "cards"
    (cards / "ml").mkdir(parents=True)
    (cards / "图 1.png").write_bytes(b"picture")
    (cards / "ml" / "a.mp3").write_bytes(b"sound")
    place = Place(cards / "ml" / "deck.yaml")
    notes = (
        Note(NoteId("n"), Basic("![p](<../图 1.png>)", "![s](a.mp3)"), DECK, place=place),
        Note(NoteId("c"), Choice("q", "![p](<../图 1.png>)", ("![s](a.mp3)",)), DECK, place=place),
        Note(NoteId("z"), Cloze("{{c1::![p](<../图 1.png>)}}"), DECK, place=place, hint="![s](a.mp3)"),
    )
    learner.imports(package(*notes, paths=[cards]))
    (name,) = re.findall(r'<img[^>]* src="(duly-[0-9a-f]{32}\.png)"', learner.question("n"))
    assert Path(learner.collection.media.dir(), name).read_bytes() == b"picture"
    (sound,) = learner.card("n").render_output().answer_av_tags
    assert isinstance(sound, SoundOrVideoTag)
    assert Path(learner.collection.media.dir(), sound.filename).read_bytes() == b"sound"
    assert len(list(Path(learner.collection.media.dir()).iterdir())) == 2
    learner.assert_sound()


def test_decks_that_differ_in_case_are_one(learner: Learner, package: Export) -> None:
    learner.collection.decks.id("ML")
    learner.imports(package(BASIC, REVERSED, CLOZE._replace(deck=DeckName("Ml::Basics"))))
    assert learner.deck("cloze") == learner.deck(BASIC.id) == "ML::basics"
    learner.assert_sound()


def test_a_deck_named_default_is_the_default_deck_of_anki(learner: Learner, package: Export) -> None:
    learner.imports(package(REVERSED._replace(deck=DeckName("default"))))
    assert learner.card("rev").did == 1
    learner.assert_sound()


PARTS = (
    *(
        "a",
        "字",
        " ",
        "\n",
        "\n\n",
        "::",
        "{",
        "}",
        "{{",
        "}}",
        "{{c1::",
        "{{c2::",
        "{{c2,4::",
        "<",
        "&",
        "&amp;",
        "<b>",
    ),
    *(
        "</b>",
        "`",
        "```",
        "$",
        "$$",
        "\\",
        "*",
        "[",
        "](",
        ")",
        "![",
        "[sound:",
        "]",
        "\x1f",
        "\0",
        "#",
        "- ",
        "|",
        '"',
    ),
    *("<!--", "<script>"),
)
texts = (
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=25)
    .map("".join)
    .filter(lambda text: not any(references(text)))  # an image without its file never gets past `load`
)


@given(st.lists(texts, min_size=20, max_size=40))
@settings(max_examples=15, deadline=None)
def test_every_text_reaches_anki_complete(written: list[str]) -> None:
    notes = [
        Note(NoteId(f"{kind.__name__}{number}"), kind(text, "answer"), DECK, extra=text)
        for number, text in enumerate(written)
        for kind in (Basic, Reversed, Typed)
    ]
    clozes = [Note(NoteId(f"c{number}"), Cloze(text), DECK) for number, text in enumerate(written)]
    notes += [note for note in clozes if cards_of(note)]
    with tempfile.TemporaryDirectory() as name:
        export_package(notes, Path(name, "out.apkg"), Path(name, "exports.db"), NOW)
        learner = Learner(Path(name, "anki"))
        try:
            assert learner.imports(Path(name, "out.apkg")) == {"new": len(notes)}
            for note in notes:
                raw = learner.note(note.id)
                assert {card.ord for card in raw.cards()} == {card_ord(face) for face in faces(note)}
                assert raw["Duly ID"] == note.id
                if isinstance(note.kind, Cloze):
                    numbers = learner.collection._backend.cloze_numbers_in_note(raw._to_backend_note())
                    assert {number - 1 for number in numbers} == {card.ord for card in raw.cards()}
            learner.assert_sound()
        finally:
            learner.close()
