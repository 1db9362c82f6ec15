"""Pictures with covered regions in deck files: how they are read and written, and what is wrong with them."""

from pathlib import Path

import pytest
from tests.cli.calling import call

from duly.cards import Note, Occlusion, cards_of
from duly.deckfile.load import LoadedDecks, load
from duly.deckfile.write.update import update_notes
from duly.deckfile.write.yaml_text import deck_text
from duly.problem import Severity

REGION = "1 rect .1 .1 .2 .2 = left atrium"


def loaded(folder: Path, text: str) -> LoadedDecks:
    (folder / "heart.png").write_bytes(b"picture")
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    return load([folder])


def kinds(folder: Path, text: str) -> list[str]:
    """Of each problem its line and kind."""
    return [f"{problem.place.line} {problem.kind}" for problem in loaded(folder, text).problems]


def test_a_picture_has_a_card_for_each_number(tmp_path: Path) -> None:
    result = loaded(
        tmp_path, f"- image: heart.png\n  q: Name it\n  regions:\n    - {REGION}\n    - 3 ellipse 0 0 .1 .1\n"
    )
    assert result.problems == ()
    (note,) = result.notes
    assert note.kind == Occlusion("Name it", "heart.png", (REGION, "3 ellipse 0 0 .1 .1"))
    assert [card.face for card in cards_of(note)] == ["c1", "c3"]
    assert not note.is_stamped


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"- image: heart.png\n  regions:\n    - {REGION}\n    - two\n", "4 bad-region"),
        (f"- image: heart.png\n  regions:\n    - {REGION}\n    - 2 rect .1 .1 0 .2\n", "4 bad-region"),
        (f"- image: heart.png\n  regions:\n    - {REGION}\n    - 501 rect .1 .1 .2 .2\n", "4 bad-region-number"),
        (f"- image: heart.png\n  regions:\n    - {REGION}\n    - 0 rect .1 .1 .2 .2 = x\n", "4 bad-region-number"),
        (f"- image: heart.png\n  regions:\n    - {REGION}\n    - 2 rect 120 80 40 30\n", "4 outside-picture"),
        (f"- image: heart.png\n  regions:\n    - {REGION}\n    - 2 rect .9 .1 .2 .2\n", "4 outside-picture"),
        (f"- image: heart.png\n  regions:\n    - {REGION}\n    - 1 rect .5 .5 .2 .2 = aorta\n", "4 same-number"),
        ("- image: heart.png\n  regions: [0 rect .1 .1 .2 .2]\n", "2 no-region"),
        ("- image: heart.png\n  regions: []\n", "2 empty"),
        ("- image: heart.png\n", "1 missing-key"),
        (f"- regions: [{REGION}]\n", "1 missing-key"),
        (f"- image: none.png\n  regions: [{REGION}]\n", "1 missing-media"),
        (f"- image: a.yaml\n  regions: [{REGION}]\n", "1 no-picture"),
        (f"- image: ../heart.png\n  regions: [{REGION}]\n", "1 media-outside"),
        (f"- image: heart.png\n  regions: [{REGION}]\n  a: b\n", "3 two-kinds"),
        (f"- image: heart.png\n  regions: [{REGION}]\n  hint: b\n", "3 two-kinds"),
        (f"- image: heart.png\n  regions: [{REGION}]\n  typed: true\n", "3 two-kinds"),
        (f"- cloze: '{{{{c1::a}}}}'\n  image: heart.png\n  regions: [{REGION}]\n", "2 two-kinds"),
        (f"- picture: heart.png\n  regions: [{REGION}]\n", "1 unknown-key"),
    ],
)
def test_a_mistake_is_reported_at_its_place(tmp_path: Path, text: str, problem: str) -> None:
    assert problem in kinds(tmp_path, text)


def test_a_picture_that_is_missing_keeps_its_note_out_and_no_other(tmp_path: Path) -> None:
    result = loaded(tmp_path, f"- image: none.png\n  regions: [{REGION}]\n- image: heart.png\n  regions: [{REGION}]\n")
    assert [note.place and note.place.line for note in result.notes] == [3]
    assert [(problem.kind, problem.severity) for problem in result.problems] == [("missing-media", Severity.ERROR)]


def test_a_region_over_the_edge_still_loads_and_so_do_two_shapes_of_one_card(tmp_path: Path) -> None:
    over = loaded(tmp_path, "- image: heart.png\n  regions:\n    - 1 rect -.01 0 .2 .2\n    - 1 rect .5 .5 .2 .2 = x\n")
    assert len(over.notes) == 1
    assert [problem.kind for problem in over.problems] == ["outside-picture"]


def test_what_is_written_is_read_as_the_same(tmp_path: Path) -> None:
    kind = Occlusion(
        "Name it:\n\n**all**", "heart.png", (REGION, "2 polygon 0,0 .1,.1 .2,0 = 'a': b # c", "0 text .1 .9 = d")
    )
    text = deck_text([Note("n", kind, "a", is_stamped=True)])  # type: ignore[arg-type]
    (note,) = loaded(tmp_path, text).notes
    assert note.kind == kind


def test_a_stamp_goes_below_the_picture(tmp_path: Path) -> None:
    before = f"- q: Name it\n  image: heart.png\n  regions:\n  - {REGION}\n"
    (note,) = loaded(tmp_path, before).notes
    assert call("stamp", tmp_path).exit_code == 0
    after = before.replace("heart.png\n", f"heart.png\n  id: {note.id}\n")
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == after


def test_regions_are_replaced_in_their_place(tmp_path: Path) -> None:
    (note,) = loaded(tmp_path, f"- image: heart.png\n  id: n\n  regions:\n    - {REGION}\n  extra: e # why\n").notes
    regions = (REGION, "2 rect .5 .5 .1 .1 = aorta")
    report = update_notes(tmp_path / "a.yaml", {note.id: {"regions": regions}})
    assert report.problems == ()
    text = f"- image: heart.png\n  id: n\n  regions:\n    - {REGION}\n    - {regions[1]}\n  extra: e # why\n"
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == text


def test_what_was_read_is_remembered_as_the_same(tmp_path: Path) -> None:
    cards = tmp_path / "cards"
    cards.mkdir()
    first = loaded(cards, f"- image: heart.png\n  regions:\n    - {REGION}\n")
    read_twice = [load([cards], tmp_path / "cache.db").notes for _round in range(2)]
    assert read_twice == [first.notes, first.notes]
    (cards / "heart.png").unlink()
    assert [problem.kind for problem in load([cards], tmp_path / "cache.db").problems] == ["missing-media"]
