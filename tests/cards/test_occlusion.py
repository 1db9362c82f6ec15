"""Regions of a picture, each written in one line."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.cards import DeckName, Note, NoteId, Occlusion, faces
from duly.cards.media_references import references
from duly.cards.occlusion import COORDINATES, Region, label_of, read_region, read_regions, region_numbers

SHARES = st.decimals(-1, 2, places=4)
NAMES = st.from_regex(r"[a-z]{1,6}", fullmatch=True)
VALUES = st.from_regex(r"[a-z0-9#.]{1,8}", fullmatch=True)
LABELS = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=20).map(str.strip)


@st.composite
def regions(draw: st.DrawFn) -> Region:
    shape = draw(st.sampled_from([*COORDINATES, "polygon"]))
    count = COORDINATES.get(shape) or 2 * draw(st.integers(3, 6))
    places = tuple(draw(st.lists(SHARES, min_size=count, max_size=count)))
    properties = tuple(draw(st.dictionaries(NAMES, VALUES, max_size=2)).items())
    return Region(draw(st.integers(0, 500)), shape, places, draw(LABELS), properties)


@given(regions())
def test_a_region_is_read_as_it_was_written(region: Region) -> None:
    assert read_region(str(region)) == region


def test_a_line_has_number_shape_place_properties_and_label() -> None:
    region = read_region("12 rect .1 0.2 0.30 .4 oi=0 fill=#ff8e8e = **left** = atrium")
    assert region is not None
    assert (region.number, region.shape, region.label) == (12, "rect", "**left** = atrium")
    assert region.coordinates == (Decimal("0.1"), Decimal("0.2"), Decimal("0.3"), Decimal("0.4"))
    assert region.properties == (("oi", "0"), ("fill", "#ff8e8e"))
    assert not region.hides_others
    assert str(region) == "12 rect .1 .2 .3 .4 oi=0 fill=#ff8e8e = **left** = atrium"


@pytest.mark.parametrize(
    "line",
    [
        "", "1", "rect .1 .2 .3 .4", "1 rect .1 .2 .3", "1 rect .1 .2 .3 .4 .5", "1 circle .1 .2 .3 .4",
        "1 rect .1 .2 .3 .4 label", "1 rect .1 .2 .3 a", "1 rect .1,.2 .3,.4", "1 polygon .1,.2 .3,.4",
        "1 rect . . . .", "1 polygon .1 .2 .3 .4 .5 .6", "-1 rect .1 .2 .3 .4", "١ rect .1 .2 .3 .4",
        "1 rect .1 .2 .3 .4 == x",
    ],
)  # fmt: skip
def test_other_lines_are_no_region(line: str) -> None:
    assert read_region(line) is None


def test_every_number_that_covers_something_is_a_card() -> None:
    lines = ("3 rect 0 0 .1 .1 = c", "1 rect 0 0 .1 .1", "3 ellipse 0 0 .1 .1", "0 rect 0 0 .1 .1", "2 text .1 .1 = b")
    note = Note(NoteId("n"), Occlusion("", "a.png", lines), DeckName("d"))
    assert region_numbers(read_regions(lines)) == (1, 3)
    assert faces(note) == ("c1", "c3")
    assert [label_of(read_regions(lines), number) for number in (1, 2, 3)] == ["", "", "c"]


@given(
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1).filter(lambda path: path.strip() == path)
)
def test_the_picture_is_among_what_the_texts_show_whatever_its_name(path: str) -> None:
    note = Note(NoteId("n"), Occlusion("Which part?", path, ("1 rect 0 0 .1 .1",)), DeckName("d"))
    assert [reference.path for text in note.texts for reference in references(text)] == [path]
