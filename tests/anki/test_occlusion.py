"""Pictures with covered regions, to a real Anki and from it and back."""

import json
from pathlib import Path

from anki.cards import Card
from tests.anki.household import Household
from tests.anki.test_there_and_back import cards, fields
from tests.learner import Export, Learner

from duly.cards import DeckName, Note, NoteId, Occlusion
from duly.deckfile.load import load
from duly.problem import Place

REGIONS = (
    "1 rect .1 .12 .3 .15 = left **atrium**",
    "2 ellipse .55 .2 .25 .15 = aorta",
    "3 polygon .3,.7 .6,.7 .45,.9 oi=0",
    "0 text .02 .9 = heart: front",
)
THERE = "{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4:oi=1}}<br>"


def heart(tmp_path: Path, *regions: str, **values: str) -> Note:
    (tmp_path / "heart.png").write_bytes(b"picture")
    kind = Occlusion("Name *it*", "heart.png", regions or REGIONS)
    return Note(NoteId("h"), kind, DeckName("d"), place=Place(tmp_path / "a.yaml"))._replace(**values)  # type: ignore[arg-type]


def occlusion(learner: Learner, guid: str) -> tuple[object, dict[str, dict[str, str]]]:
    """What Anki's own editor for image occlusion reads of a note, and the properties of its shapes by their names."""
    image = learner.collection.get_image_occlusion_note(note_id=learner.note(guid).id).note
    shapes = [shape for group in image.occlusions for shape in group.shapes]
    return image, {shape.shape: {each.name: each.value for each in shape.properties} for shape in shapes}


def add_in_anki(learner: Learner, occlusions: str = THERE, **values: str) -> str:
    """Makes a note with Anki's own call; its guid."""
    picture = Path(learner.collection.path).parent / "my heart.png"
    picture.write_bytes(b"picture")
    collection = learner.collection
    collection.add_image_occlusion_notetype()
    kind = collection.models.by_name("Image Occlusion")
    assert kind is not None
    before = {*collection.find_notes("")}
    collection.add_image_occlusion_note(
        notetype_id=kind["id"], image_path=str(picture), occlusions=occlusions, header=values.get("header", ""),
        back_extra=values.get("back_extra", ""), tags=["bio"],
    )  # fmt: skip
    (added,) = {*collection.find_notes("")} - before
    return collection.get_note(added).guid


def test_anki_reads_the_package_as_its_own_image_occlusion(learner: Learner, package: Export, tmp_path: Path) -> None:
    assert learner.imports(package(heart(tmp_path), paths=[tmp_path])) == {"new": 1}
    image, shapes = occlusion(learner, "h")
    assert image.header == "Name <em>it</em>"  # type: ignore[attr-defined]
    assert image.image_data == b"picture"  # type: ignore[attr-defined]
    assert shapes == {
        "rect": {"left": ".1", "top": ".12", "width": ".3", "height": ".15", "oi": "1"},
        "ellipse": {"left": ".55", "top": ".2", "rx": ".125", "ry": ".075", "oi": "1"},
        "polygon": {"points": ".3,.7 .6,.7 .45,.9"},
        "text": {"left": ".02", "top": ".9", "text": "heart: front"},
    }
    assert [card.ord for card in learner.note("h").cards()] == [0, 1, 2]
    assert 'class="cloze" data-ordinal="2"' in learner.question("h", 1)
    assert "left <strong>atrium</strong>" in learner.answer("h") and "atrium" not in learner.question("h")
    learner.assert_sound()


def test_edited_regions_are_updated_in_place_and_a_new_one_is_a_new_card(
    learner: Learner, package: Export, tmp_path: Path
) -> None:
    learner.imports(package(heart(tmp_path), paths=[tmp_path]))
    learner.reviews("h", 1)
    card: Card = learner.card("h", 1)
    assert learner.imports(package(heart(tmp_path), paths=[tmp_path])) == {"duplicate": 1}
    more = (REGIONS[0], "2 rect .5 .5 .1 .1 = aorta", *REGIONS[2:], "4 rect .8 .8 .1 .1 = apex")
    assert learner.imports(package(heart(tmp_path, *more), paths=[tmp_path])) == {"updated": 1}
    assert learner.card("h", 1).id == card.id and learner.card("h", 1).due == card.due
    assert [card.ord for card in learner.note("h").cards()] == [0, 1, 2, 3]
    learner.assert_sound()


def test_an_edit_of_a_duly_note_in_anki_is_imported(household: Household) -> None:
    household.cards.mkdir()
    heart(household.cards)
    text = "- image: heart.png\n  id: h\n  regions:\n    - 1 rect .1 .12 .3 .15 = atrium\n  extra: see Gray\n"
    (household.cards / "a.yaml").write_text(text, encoding="utf-8")
    assert household.brings_back() == {"new": 1}
    moved = household.learner.note("h")["Occlusion"].replace("left=.1", "left=.25")
    household.learner.edits(
        "h", Occlusion=moved, **{"Back Extra": household.learner.note("h")["Back Extra"].replace("atrium", "left")}
    )
    household.takes_over("--update")
    assert (household.cards / "a.yaml").read_text(encoding="utf-8") == text.replace(
        "1 rect .1 .12 .3 .15 = atrium", "1 rect .25 .12 .3 .15 = left"
    )


def test_a_header_added_in_anki_becomes_the_question(household: Household) -> None:
    guid = add_in_anki(household.learner)
    household.takes_over()
    household.learner.edits(guid, Header="Which <b>part</b>?")
    household.learner.collection.db.execute("update notes set mod = mod + 9")  # type: ignore[union-attr]
    household.takes_over("--update")
    (note,) = load([household.cards]).notes
    assert isinstance(note.kind, Occlusion) and note.kind.prompt == "Which **part**?"
    assert household.brings_back() == {"duplicate": 1}


def test_an_occlusion_note_made_in_anki_is_imported_and_exported_unchanged(household: Household) -> None:
    learner = household.learner
    every = (
        THERE + "{{c2::image-occlusion:ellipse:left=.5:top=.5:rx=.1:ry=.1:oi=1:fill=#ff0000}}<br>"
        "{{c2::image-occlusion:polygon:points=.1,.1 .2,.2 .3,.1:angle=12:oi=1}}<br>"
        r"{{c0::image-occlusion:text:left=.1:top=.9:text=a\:b:scale=1:fs=.1}}"
    )
    guid = add_in_anki(learner, every, header="<b>Which</b> part?", back_extra="from <i>Gray</i>")
    other = add_in_anki(learner, THERE.replace(":oi=1", ""))
    learner.edits(other, Comments="a <u>comment</u>")
    for number, button in ((0, 3), (1, 4)):
        learner.reviews(guid, number, button)
    before = fields(learner), cards(learner)
    household.takes_over()
    notes = {note.id: note for note in load([household.cards]).notes}
    assert notes[NoteId(guid)].kind == Occlusion(
        "**Which** part?",
        "media/my heart.png",
        (
            "1 rect .1 .2 .3 .4",
            "2 ellipse .5 .5 .2 .2 fill=#ff0000",
            "2 polygon .1,.1 .2,.2 .3,.1 angle=12",
            "0 text .1 .9 scale=1 fs=.1 = a:b",
        ),
    )
    assert (notes[NoteId(guid)].extra, notes[NoteId(guid)].tags) == ("from *Gray*", ("bio",))
    assert notes[NoteId(other)].source == "a comment"
    assert household.brings_back() == {"duplicate": 2}
    assert (fields(learner), cards(learner)) == before
    learner.assert_sound()


def test_an_edited_region_of_what_anki_made_is_updated_in_place(household: Household) -> None:
    learner = household.learner
    guid = add_in_anki(learner, header="<u>Which</u> part?")
    learner.reviews(guid)
    card = learner.card(guid)
    household.takes_over()
    household.edits("Default.yaml", "1 rect .1 .2 .3 .4", "1 rect .15 .2 .3 .4 = heart")
    assert household.brings_back() == {"updated": 1}
    _, shapes = occlusion(learner, guid)
    assert shapes == {"rect": {"left": ".15", "top": ".2", "width": ".3", "height": ".4", "oi": "1"}}
    assert (learner.note(guid)["Header"], learner.note(guid)["Image"]) == (
        "<u>Which</u> part?",
        '<img src="my heart.png">',
    )
    assert "heart" in learner.answer(guid)
    assert (learner.card(guid).id, learner.card(guid).due) == (card.id, card.due)
    learner.assert_sound()


def test_another_anki_gets_it_with_guid_fields_and_progress(household: Household, tmp_path: Path) -> None:
    guid = add_in_anki(household.learner)
    household.learner.reviews(guid, 0, 4)
    household.takes_over()
    household.exports()
    other = Learner(tmp_path / "other")
    assert other.imports(tmp_path / "out.apkg") == {"new": 1}
    assert other.note(guid).fields == household.learner.note(guid).fields
    assert occlusion(other, guid)[1] == occlusion(household.learner, guid)[1]
    other.assert_sound()
    other.close()


def test_an_occlusion_note_without_its_picture_is_left_out_and_reported(household: Household) -> None:
    guid = add_in_anki(household.learner, header="gone")
    there = add_in_anki(household.learner, header="there")
    household.learner.edits(guid, Image='<img src="gone.png">')
    losses = json.loads(household.takes_over("--json").stdout)["not_carried"]
    assert {loss["kind"]: loss["cases"] for loss in losses}["image-occlusion"] == ["gone.png"]
    assert [note.id for note in load([household.cards]).notes] == [there]
