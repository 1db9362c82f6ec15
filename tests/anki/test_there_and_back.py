"""A learner's own collection: into deck files, out again, and into Anki, where each note is known again."""

import json
from hashlib import sha1
from pathlib import Path

import pytest
from tests.anki.household import NOW, Household
from tests.learner import Learner

from duly.anki.package_export import export_package
from duly.cards import Basic, DeckName, Note, NoteId
from duly.problem import Place


def test_a_note_with_an_embedded_image_is_exported_unchanged_until_it_is_edited(household: Household) -> None:
    image = '<img src="data:image/png;base64,cGljdHVyZQ==">'
    guid = household.learner.adds("Basic", f"one {image}", "a").guid
    household.takes_over()
    assert household.brings_back() == {"duplicate": 1}
    household.edits("Default.yaml", "q: one ", "q: two ")
    assert household.brings_back() == {"updated": 1}
    question = household.learner.note(guid)["Front"]
    name = question.removeprefix('two <img src="').partition('"')[0]
    assert Path(household.learner.collection.media.dir(), name).read_bytes() == b"picture"


def stock(learner: Learner) -> dict[str, str]:
    """A note of each stock note type, with what people write in them; the guid of each by the name of its type."""
    learner.collection.media.write_data("cat 1.png", b"picture")
    learner.collection.media.write_data("a.mp3", b"sound")
    notes = (
        learner.adds("Basic", "<b>2*3</b>?<br>4_5_6?", "six&nbsp;<div>more</div>", deck="语言::中文", tags="a c::d"),
        learner.adds("Basic (and reversed card)", 'H<sub>2</sub>O <img src="cat 1.png">', "water [sound:a.mp3]"),
        learner.adds("Basic (optional reversed card)", "one", "two", "y"),
        learner.adds("Basic (type in the answer)", "capital?", "Lima"),
        learner.adds("Cloze", r"{{c1::<i>x</i>}} and {{c3::\(\frac{1}{2}\)::half}}", "<ul><li>extra</li></ul>"),
    )  # fmt: skip
    return {note.note_type()["name"]: note.guid for note in notes}  # type: ignore[index]


def fields(learner: Learner) -> dict[str, list[str]]:
    rows = learner.collection.db.execute("select guid, flds from notes")  # type: ignore[union-attr]
    return {guid: flds.split("\x1f") for guid, flds in rows}


def cards(learner: Learner) -> list[tuple[object, ...]]:
    query = "select n.guid, c.ord, c.due, c.ivl, c.reps, c.queue, c.did from cards c join notes n on n.id = c.nid"
    return sorted(map(tuple, learner.collection.db.execute(query)))  # type: ignore[union-attr]


def test_notes_that_nobody_edited_are_left_alone(household: Household) -> None:
    stock(household.learner)
    household.takes_over()
    before = fields(household.learner), cards(household.learner)
    assert household.brings_back() == {"duplicate": 5}
    assert (fields(household.learner), cards(household.learner)) == before
    household.learner.assert_sound()


def test_an_edited_note_is_updated_in_place_and_keeps_its_cards_and_schedule(household: Household) -> None:
    guids = stock(household.learner)
    household.learner.reviews(guids["Basic (and reversed card)"], 1)
    household.takes_over()
    before, schedule = fields(household.learner), cards(household.learner)
    household.edits("Default.yaml", "a: water", "a: the *water*")
    assert household.brings_back() == {"updated": 1, "duplicate": 4}
    changed = {guid for guid, values in fields(household.learner).items() if values != before[guid]}
    assert changed == {guids["Basic (and reversed card)"]}
    assert fields(household.learner)[guids["Basic (and reversed card)"]] == [
        'H<sub>2</sub>O <img src="cat 1.png">', "the <em>water</em> [sound:a.mp3]",
    ]  # fmt: skip
    assert cards(household.learner) == schedule
    household.learner.assert_sound()


@pytest.mark.parametrize(
    ("old", "new", "field", "value"),
    [
        ("capital?", "capital of Peru?", "Front", "capital of Peru?"),
        ("Lima", "Old **Lima**", "Back", "Old <strong>Lima</strong>"),
        ("q: one", "q: <b>one</b>", "Front", "<b>one</b>"),
        ("- extra", "- more", "Back Extra", "<ul>\n<li>more</li>\n</ul>"),
        ("{{c1::*x*}}", "{{c2::*x*}}", "Text", r"{{c2::<em>x</em>}} and {{c3::\(\frac{1}{2}\)::half}}"),
    ],
)
def test_each_text_goes_back_into_its_field(household: Household, old: str, new: str, field: str, value: str) -> None:
    guids = stock(household.learner)
    before = fields(household.learner)
    household.takes_over()
    household.edits("Default.yaml", old, new)
    assert household.brings_back() == {"updated": 1, "duplicate": 4}
    (guid,) = (guid for guid, values in fields(household.learner).items() if values != before[guid])
    assert guid in guids.values()
    assert household.learner.note(guid)[field] == value
    assert len([1 for new, old in zip(fields(household.learner)[guid], before[guid], strict=True) if new != old]) == 1
    household.learner.assert_sound()


def test_edits_made_in_anki_since_the_last_export_stay(household: Household) -> None:
    guids = stock(household.learner)
    household.takes_over()
    household.learner.edits(guids["Basic"], Back="mine")
    household.edits("Default.yaml", "Lima", "Lima!")
    assert household.brings_back() == {"updated": 1, "duplicate": 4}
    assert household.learner.note(guids["Basic"])["Back"] == "mine"


def test_in_a_fresh_anki_everything_is_there_again(household: Household, tmp_path: Path) -> None:
    stock(household.learner)
    household.takes_over()
    household.exports()
    other = Learner(tmp_path / "other")
    try:
        assert other.imports(tmp_path / "out.apkg") == {"new": 5}
        assert fields(other) == fields(household.learner)
        assert [row[:2] for row in cards(other)] == [row[:2] for row in cards(household.learner)]
        for guid in fields(other):
            ours, theirs = other.note(guid), household.learner.note(guid)
            assert ours.tags == theirs.tags
            assert other.deck(guid, min(card.ord for card in ours.cards())) == household.learner.deck(
                guid, min(card.ord for card in theirs.cards())
            )
            first, second = ours.note_type(), theirs.note_type()
            assert first is not None and second is not None
            assert _without_dates(first) == _without_dates(second)
        other.assert_sound()
    finally:
        other.close()


def _without_dates(kind: object) -> object:
    """A note type without what Anki works out, and without its name: a fresh Anki has one of the same name already."""
    table = json.loads(json.dumps(kind))
    return {key: table[key] for key in table.keys() - {"mod", "usn", "req", "name", "originalId"}}


def test_importing_again_changes_nothing(household: Household) -> None:
    stock(household.learner)
    household.takes_over()
    before = {file: file.read_bytes() for file in household.cards.rglob("*") if file.is_file()}
    result = household.takes_over()
    assert "0 notes taken over, 5 already there" in result.output
    assert {file: file.read_bytes() for file in household.cards.rglob("*") if file.is_file()} == before


def test_a_note_that_changes_its_note_type_is_reported_because_anki_will_refuse_it(household: Household) -> None:
    guids = stock(household.learner)
    household.takes_over()
    household.edits(
        "Default.yaml",
        "  typed: true\n",
        "",
    )
    (message,) = household.exports().messages
    assert "Basic (type in the answer)" in str(message) and guids["Basic (type in the answer)"] in str(message)
    assert household.learner.imports(household.folder / "out.apkg") == {"conflicting": 1, "duplicate": 4}


def test_notes_with_a_lost_origin_are_reported_because_anki_will_refuse_them(household: Household) -> None:
    stock(household.learner)
    household.takes_over()
    household.exports()
    origins = household.cards / ".duly" / "anki"
    lost = origins.rename(household.folder / "lost")
    for _ in range(2):
        messages = [str(message) for message in household.exports().messages]
        assert len(messages) == 5 and all("anki no longer says" in message for message in messages)
    assert household.learner.imports(household.folder / "out.apkg")["conflicting"]
    lost.rename(origins)
    assert household.exports().messages == ()


def test_a_text_without_a_field_in_the_note_type_is_reported(household: Household) -> None:
    stock(household.learner)
    household.takes_over()
    household.edits("Default.yaml", "  typed: true\n", "  typed: true\n  hint: think\n")
    (message,) = household.exports().messages
    assert "Basic (type in the answer)" in str(message) and "hint:" in str(message)


def test_a_new_text_is_exported_into_an_empty_field_of_the_note_type(household: Household) -> None:
    note = household.learner.adds("Cloze", "{{c1::x}}")
    household.takes_over()
    household.edits("Default.yaml", "- cloze", "- extra: new\n  cloze")
    assert household.brings_back() == {"updated": 1}
    assert household.learner.note(note.guid)["Back Extra"] == "new"


def test_a_sound_that_came_from_anki_is_heard_on_a_card_of_ones_own(household: Household) -> None:
    household.learner.collection.media.write_data("x.mp3", b"sound")
    household.learner.adds("Basic", "one", "[sound:x.mp3]")
    household.takes_over()
    file = household.cards / "mine.yaml"
    file.write_text("- q: mine\n  a: '![](media/x.mp3) and `[sound:x.ogg]`'\n  id: mine\n", encoding="utf-8")
    assert household.brings_back() == {"new": 1, "duplicate": 1}
    assert household.learner.note("mine")["Back"] == "[sound:x.mp3] and <code>&#91;sound:x.ogg]</code>"
    assert len(household.learner.card("mine").render_output().answer_av_tags) == 1


@pytest.mark.parametrize("ending", ["mp4", "webm", "mkv", "mov", "avi", "ogv"])
def test_a_film_is_played_also_when_its_note_is_edited(household: Household, ending: str) -> None:
    household.learner.collection.media.write_data(f"x.{ending}", b"film")
    note = household.learner.adds("Basic", "one", f"[sound:x.{ending}]")
    household.takes_over()
    household.edits("Default.yaml", "a: '![]", "a: 'see ![]")
    assert household.brings_back() == {"updated": 1}
    assert household.learner.note(note.guid)["Back"] == f"see [sound:x.{ending}]"


def test_files_that_no_text_shows_come_along_and_are_there_in_a_fresh_anki(
    household: Household, tmp_path: Path
) -> None:
    collection = household.learner.collection
    names = ("_font.woff2", "_look.css", "_back.png", "word.mp3", "_script.js", "film.mp4")
    for name in names:
        collection.media.write_data(name, name.encode())
    kind = collection.models.by_name("Basic (optional reversed card)")
    assert kind is not None
    kind["css"] = (
        '@import "_look.css"; @font-face { font-family: x; src: url("_font.woff2") } b { background: url(_back.png) }'
    )
    kind["tmpls"][0]["qfmt"] += '<script src="_script.js"></script>'
    collection.models.update_dict(kind)
    household.learner.adds(
        "Basic (optional reversed card)", "one", "two", '[sound:word.mp3]<video src="film.mp4"></video>'
    )
    output = household.takes_over("--json").output
    assert "unused-media" not in output
    household.exports()
    other = Learner(tmp_path / "other")
    try:
        other.imports(tmp_path / "out.apkg")
        assert {name for name in names if other.collection.media.have(name)} == {*names}
    finally:
        other.close()


def test_images_of_latex_are_exported_to_an_empty_anki(household: Household, tmp_path: Path) -> None:
    drawn = ("x", "$y$", r"\begin{displaymath}z\end{displaymath}")
    names = [f"latex-{sha1(source.encode()).hexdigest()}.png" for source in drawn]
    for name in names:
        household.learner.collection.media.write_data(name, name.encode())
    household.learner.adds("Basic", "[latex]x[/latex]", "[$]y[/$] [$$]z[/$$]")
    household.takes_over()
    household.exports()
    other = Learner(tmp_path / "other")
    try:
        other.imports(tmp_path / "out.apkg")
        assert all(other.collection.media.have(name) for name in names)
    finally:
        other.close()


def test_a_missing_picture_is_shown_as_its_alternative_text(household: Household) -> None:
    kind = Basic("mine", '![a leaf](no.png) ![](none.png) <img src="lost.png">')
    note = Note(NoteId("mine"), kind, DeckName("d"), place=Place(household.cards / "mine.yaml"))
    exported = export_package(
        [note], household.folder / "out.apkg", household.folder / "exports.db", NOW, paths=[household.cards]
    )
    assert len(exported.messages) == 3
    household.learner.imports(household.folder / "out.apkg")
    assert household.learner.note("mine")["Back"] == "a leaf none.png lost.png"
