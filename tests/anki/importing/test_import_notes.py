"""What notes of Anki become, whatever note type they are of, and what is said of the rest."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.learner import Learner

from duly.anki.importing import media_import
from duly.anki.importing.import_notes import ImportedNotes, import_notes
from duly.anki.importing.losses import Loss
from duly.anki.read import open_anki as reader
from duly.cards import Basic, Choice, Cloze, DeckName, Face, FurtherCard, Kind, Note, NoteId, Reversed, Typed

ImportAll = Callable[..., ImportedNotes]


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    learner = Learner(tmp_path / "anki")
    yield learner
    learner.close()


@pytest.fixture
def import_all(learner: Learner, tmp_path: Path) -> ImportAll:
    """Takes over everything the learner has; the media go to the folder ``cards``."""
    cards = tmp_path / "cards"

    def import_collection(*known_ids: str) -> ImportedNotes:
        file = Path(learner.collection.path)
        with reader.open_anki(file) as collection, media_import.open_media_import(cards, collection.media) as media:
            imported = import_notes(collection, media, lambda deck: cards.joinpath(*deck.split("::")), known_ids)
            media.move_into_folder()
            return imported

    return import_collection


def adds_type(learner: Learner, name: str, fields: str, *templates: tuple[str, str]) -> None:
    """Makes a note type with these fields and the two sides of its cards."""
    models = learner.collection.models
    kind = models.new(name)
    for field in fields.split():
        models.add_field(kind, models.new_field(field))
    for number, (front, back) in enumerate(templates, 1):
        template = models.new_template(f"Card {number}")
        template["qfmt"], template["afmt"] = front, back
        models.add_template(kind, template)
    models.add_dict(kind)


def losses(imported: ImportedNotes) -> dict[Loss, tuple[str, ...]]:
    return {loss: cases for loss, _, cases in imported.losses.report() if loss is not Loss.LOOK}


@pytest.mark.parametrize(
    ("note_type", "fields", "kind"),
    [
        ("Basic", ("<b>q</b>", "a<br>b"), Basic("**q**", "a\nb")),
        ("Basic (and reversed card)", ("q", "a"), Reversed("q", "a")),
        ("Basic (optional reversed card)", ("q", "a", ""), Basic("q", "a")),
        ("Basic (optional reversed card)", ("q", "a", "y"), Reversed("q", "a")),
        ("Basic (type in the answer)", ("q", "a"), Typed("q", "a")),
        ("Cloze", ("{{c1::x::h}} and {{c2::y}}", ""), Cloze("{{c1::x::h}} and {{c2::y}}")),
    ],
)
def test_a_note_of_a_stock_type_becomes_the_kind_that_asks_the_same(
    learner: Learner, import_all: ImportAll, note_type: str, fields: tuple[str, ...], kind: Kind
) -> None:
    guid = learner.adds(note_type, *fields, deck="a::b", tags="x y::z").guid
    imported = import_all()
    assert imported.notes == (Note(NoteId(guid), kind, DeckName("a::b"), ("x", "y::z"), is_stamped=True),)
    assert losses(imported) == {}
    assert import_all(guid).notes == ()
    assert import_all(guid).known_count == 1


def test_the_first_field_of_each_side_is_question_and_answer_and_others_follow_with_their_names(
    learner: Learner, import_all: ImportAll
) -> None:
    front = "{{Word}} <i>{{Where}}</i> {{hint:Memo}}"
    back = "{{FrontSide}}<hr>{{kana:Reading}} {{#Meaning}}{{Meaning}}{{/Meaning}} {{Example}}"
    adds_type(learner, "Words", "Word Where Reading Meaning Example Memo Private", (front, back))
    learner.adds("Words", "猫", "", "ねこ", "cat", "<ul><li>黒い猫</li></ul>", "neko", "mine")
    imported = import_all()
    (note,) = imported.notes
    assert note.kind == Basic("猫", "ねこ")
    assert note.extra == "**Meaning:** cat\n\n**Example:**\n\n- 黒い猫"
    assert note.hint == "neko"
    assert losses(imported) == {Loss.FIELDS: ("Words: Private",)}


def test_several_fields_that_are_asked_are_one_question(learner: Learner, import_all: ImportAll) -> None:
    adds_type(learner, "Two", "A B C", ("{{A}} {{B}}", "{{FrontSide}} {{C}}"))
    learner.adds("Two", "what?", "here", "answer")
    assert [note.kind for note in import_all().notes] == [Basic("what?\n\n**B:** here", "answer")]


def test_cards_beyond_a_question_and_its_reverse_are_further_cards(learner: Learner, import_all: ImportAll) -> None:
    adds_type(
        learner, "Three", "A B C", ("{{A}}", "{{B}}"), ("{{B}}", "{{A}}"), ("{{C}}", "{{A}}"), ("{{C}}!", "{{C}}")
    )
    guid = learner.adds("Three", "one", "two", "three").guid
    imported = import_all()
    (note,) = imported.notes
    assert (note.kind, note.further_cards) == (Reversed("one", "two"), (FurtherCard(Face("card-3"), "three", "one"),))
    assert imported.origins.notes[guid].numbers(note) == {"front": 0, "back": 1, "card-3": 2}
    assert losses(imported) == {Loss.CARDS: ("one: Card 4",)}


def test_a_note_whose_first_card_has_nothing_to_answer_is_asked_by_another(
    learner: Learner, import_all: ImportAll
) -> None:
    adds_type(learner, "Odd", "A B", ("{{A}}", "{{A}}"), ("{{A}}!", "{{FrontSide}} {{B}}"))
    guid = learner.adds("Odd", "one", "two").guid
    imported = import_all()
    assert [note.kind for note in imported.notes] == [Basic("one", "two")]
    assert (imported.origins.notes[guid].faces, imported.origins.notes[guid].cards) == ((1,), (0, 1))


@pytest.mark.parametrize(
    ("note_type", "fields"),
    [("Basic", ("only a question", "<br>")), ("Basic", ("q", "")), ("Cloze", ("no {{deletion}}",))],
)
def test_notes_that_cannot_be_asked_are_left_out_and_reported(
    learner: Learner, import_all: ImportAll, note_type: str, fields: tuple[str, ...]
) -> None:
    learner.adds(note_type, *fields)
    imported = import_all()
    assert imported.notes == ()
    assert losses(imported) == {Loss.UNASKED: (fields[0],)}


def test_unreadable_image_occlusion_is_reported(learner: Learner, import_all: ImportAll) -> None:
    learner.adds("Image Occlusion", "{{c1::image-occlusion:rect:left=.1:top=.1:width=.2:height=.2}}", "", "the heart")
    imported = import_all()
    assert (imported.notes, losses(imported)) == ((), {Loss.OCCLUSION: ("the heart",)})


def test_media_are_copied_beside_the_decks_and_what_is_there_is_never_changed(
    learner: Learner, import_all: ImportAll, tmp_path: Path
) -> None:
    for name, content in (("图 1.png", b"one"), ("b.mp3", b"two"), ("c.png", b"three"), ("unused.png", b"x")):
        learner.collection.media.write_data(name, content)
    media = tmp_path / "cards" / "media"
    media.mkdir(parents=True)
    (media / "B.MP3").write_bytes(b"mine")
    (media / "c.png").write_bytes(b"three")
    learner.adds("Basic", '<img src="图 1.png">', '[sound:b.mp3]<img src="c.png"> <img src="gone.png">', deck="a::b")
    imported = import_all()
    files = {file.name: file.read_bytes() for file in media.iterdir()}
    (renamed,) = (name for name in files if name.startswith("b-"))
    assert files == {"图 1.png": b"one", "B.MP3": b"mine", renamed: b"two", "c.png": b"three"}
    assert {name for name, _ in imported.origins.media.values()} == {"图 1.png", "b.mp3", "c.png"}
    (kind,) = (note.kind for note in imported.notes)
    assert isinstance(kind, Basic)
    assert kind.question == "![](<../media/图 1.png>)"
    assert kind.answer == f'![](../media/{renamed})![](../media/c.png) <img src="gone.png">'
    assert losses(imported) == {Loss.MISSING_MEDIA: ("gone.png",), Loss.UNUSED_MEDIA: ("unused.png",)}


def test_losses_of_cards_are_reported(learner: Learner, import_all: ImportAll) -> None:
    note = learner.adds("Basic (and reversed card)", "q", "a", deck="one")
    first, second = note.cards()
    learner.collection.set_deck([second.id], learner.collection.decks.id("two"))  # type: ignore[arg-type]
    learner.collection.set_user_flag_for_cards(3, [first.id])
    learner.collection.sched.suspend_cards([first.id])
    learner.reviews(note.guid, 1)
    filtered = learner.collection.decks.new_filtered("Cram")
    learner.collection.decks.id("empty")
    learner.collection.sched.rebuild_filtered_deck(filtered)
    imported = import_all()
    assert [(note.deck, note.kind) for note in imported.notes] == [("one", Reversed("q", "a"))]
    assert losses(imported) == {
        Loss.DECKS: ("q (2): two",), Loss.FLAGS: ("q (1)",), Loss.SUSPENDED: ("q (1)",), Loss.PROGRESS: ("q (2)",),
        Loss.FILTERED: ("Cram",), Loss.EMPTY_DECKS: ("empty",),
    }  # fmt: skip


def test_a_guid_that_cannot_be_an_id_is_kept_beside_a_derived_id(learner: Learner, import_all: ImportAll) -> None:
    learner.adds("Basic", "q", "a")
    guid = "x" * 65
    learner.collection.db.execute("update notes set guid = ?, tags = ' a:::: ::b '", guid)  # type: ignore[union-attr]
    imported = import_all()
    (note,) = imported.notes
    assert imported.origins.notes[note.id].guid == guid
    assert note.tags == ("a", "b")
    assert losses(imported) == {Loss.IDS: (f"{note.id} ({guid})",), Loss.TAGS: ("a::::", "::b")}


def test_lost_formatting_is_reported(learner: Learner, import_all: ImportAll) -> None:
    learner.adds("Basic", 'a <span style="color: red">b</span>', "a")
    imported = import_all()
    assert [note.question for note in imported.notes] == ['a <span style="color: red">b</span>']
    assert losses(imported) == {Loss.FORMATTING: ("a b: Front",)}


@pytest.mark.parametrize("image", ["a%20b.png", "file:///C:/a.png", "C:\\a.png", "a:b.png"])
def test_a_missing_image_is_reported_once_and_not_as_formatting(
    learner: Learner, import_all: ImportAll, image: str
) -> None:
    learner.adds("Basic", f'one <img src="{image}">', f"[sound:{image}]")
    learner.adds("Basic", f'two <img src="{image}"> <span style="color: red">b</span>', "a")
    assert losses(import_all()) == {Loss.MISSING_MEDIA: (image,), Loss.FORMATTING: ("two b: Front",)}


@pytest.mark.parametrize(
    ("address", "ending"),
    [
        ("data:image/png;base64,cGljdHVyZQ==", "png"),
        ("data:image/png;base64,cGljdHVyZQ", "png"),
        ("DATA:image/jpeg;charset=utf-8;BASE64,cGlj dHVy%0AZQ%3D%3D", "jpg"),
        ("data:image/svg+xml,pict%75re", "svg"),
    ],
)
def test_an_embedded_image_becomes_a_file(
    learner: Learner, import_all: ImportAll, tmp_path: Path, address: str, ending: str
) -> None:
    learner.adds("Basic", f'one <img src="{address}">', f'<img src="{address}">')
    imported = import_all()
    (image,) = (tmp_path / "cards" / "media").iterdir()
    assert (image.read_bytes(), image.suffix) == (b"picture", f".{ending}")
    (note,) = imported.notes
    assert note.kind == Basic(f"one ![](media/{image.name})", f"![](media/{image.name})")
    assert losses(imported) == {}


def test_a_photograph_in_the_text_does_not_make_it_too_long_for_markdown(
    learner: Learner, import_all: ImportAll
) -> None:
    learner.adds("Basic", f'<b>one</b> <img src="data:image/png;base64,{"cGlj" * 500_000}">', "a")
    (note,) = import_all().notes
    assert note.question.startswith("**one** ![](media/")


@pytest.mark.parametrize("held", ["image/png;base64,cGlj*", "image/png;base64,*", "image/png,", "text/plain,a"])
def test_embedded_data_that_is_no_image_is_reported_as_missing(
    learner: Learner, import_all: ImportAll, held: str
) -> None:
    learner.adds("Basic", f'one <img src="data:{held}">', "a")
    assert losses(import_all()) == {Loss.MISSING_MEDIA: (f"data:{held}",)}


def test_an_image_of_the_web_is_not_missing(learner: Learner, import_all: ImportAll) -> None:
    web = '<img src="https://example.org/a.png"> <img src="//example.org/b.png">'
    learner.adds("Basic", f"one {web}", f'<span style="color: red">b</span> {web} <img src="gone.png">')
    assert losses(import_all()) == {Loss.MISSING_MEDIA: ("gone.png",), Loss.FORMATTING: ("one: Back",)}


OWN = (
    Note(NoteId("b"), Basic("**it**?", "```python\nreturn 1\n```\n\nso"), DeckName("d"), ("t",), "*h*", "e", "p. 3"),
    Note(NoteId("r"), Reversed("H₂O", "water & $x<y$"), DeckName("d"), language="zh-Hans"),
    Note(NoteId("t"), Typed("Which?", "a **b**"), DeckName("d")),
    Note(NoteId("c"), Choice("Which?", "right", ("*wrong*", "- a\n- b")), DeckName("d")),
    Note(NoteId("z"), Cloze("{{c1::one {{c2::two}}}} $\\frac{1}{2}$"), DeckName("d"), extra="e"),
)  # fmt: skip


def test_notes_that_duly_exported_come_back_as_they_were(
    learner: Learner, import_all: ImportAll, package: Callable[..., Path]
) -> None:
    learner.imports(package(*OWN))
    imported = import_all()
    by_id = {note.id: note for note in imported.notes}
    for note in OWN:
        back = by_id[note.id]
        assert (back.kind, back.deck, back.tags, back.hint, back.extra, back.source, back.language) == (
            note.kind, note.deck, note.tags, note.hint, note.extra, note.source, note.language,
        )  # fmt: skip
    assert losses(imported) == {}
    assert imported.origins.notes == {}


@pytest.mark.parametrize(
    ("front", "fields", "kind"),
    [
        ("{{^B}}{{A}}{{/B}}{{#B}}{{B}}{{/B}}", ("a", "", "c"), Basic("a", "c")),
        ("{{^B}}{{A}}{{/B}}{{#B}}{{B}}{{/B}}", ("a", "b", "c"), Basic("b", "c")),
        ("{{#A}}{{^B}}{{B}} {{A}}{{/B}}{{/A}}{{#B}}{{B}}{{/B}}", ("a", "b", "c"), Basic("b", "c")),
        ("{{#Tags}}{{A}}{{/Tags}}{{#c1}}{{B}}{{/c1}}", ("a", "", "c"), Basic("a", "c")),
    ],
)
def test_a_section_that_is_hidden_for_a_note_is_no_part_of_its_question(
    learner: Learner, import_all: ImportAll, front: str, fields: tuple[str, ...], kind: Kind
) -> None:
    adds_type(learner, "Sections", "A B C", (front, "{{FrontSide}}<hr>{{C}}"))
    learner.adds("Sections", *fields, tags="t")
    assert [note.kind for note in import_all().notes] == [kind]


def test_a_section_for_one_deletion_of_a_cloze_is_taken_for_all(learner: Learner, import_all: ImportAll) -> None:
    adds_type(learner, "Sections", "Text More", ("{{cloze:Text}}", "{{cloze:Text}}{{#c1}}{{More}}{{/c1}}"))
    kind = learner.collection.models.by_name("Sections")
    assert kind is not None
    kind["type"] = 1
    learner.collection.models.update_dict(kind)
    learner.adds("Sections", "{{c1::x}} {{c2::y}}", "more")
    (note,) = import_all().notes
    assert (note.kind, note.extra) == (Cloze("{{c1::x}} {{c2::y}}"), "**More:** more")
