"""The field in which Anki keeps the covered regions of a picture."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.anki.notes.occlusion_fields import read_regions_html, regions_html, split_labels
from duly.cards.occlusion import COORDINATES, Region, read_region

SHARES = st.decimals(".01", ".9", places=4)


@st.composite
def regions(draw: st.DrawFn) -> Region:
    shape = draw(st.sampled_from([*COORDINATES, "polygon"]))
    place = [draw(SHARES) for _ in range(COORDINATES.get(shape, 2))]
    if shape == "polygon":
        left, top = place
        place += [left, top + Decimal(".1"), left + Decimal(".1"), top]
    label = draw(st.text("ab:\\} ", max_size=8)) if shape == "text" else ""
    properties = draw(st.sampled_from([(), (("oi", "0"),), (("fill", "#ff8e8e"), ("angle", "30"))]))
    number = 0 if shape == "text" else draw(st.integers(0, 500))
    label = " ".join(label.replace("}}", "").split())
    return Region(number, shape, tuple(place), label, () if shape == "text" else properties)


@given(st.lists(regions(), min_size=1, max_size=4))
def test_regions_are_read_back_from_what_anki_gets(made: list[Region]) -> None:
    assert read_regions_html(regions_html(tuple(made))) == tuple(made)


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4:oi=1}}", "1 rect .1 .2 .3 .4"),
        ("{{c2::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4}}<br>", "2 rect .1 .2 .3 .4 oi=0"),
        (
            "<div>{{c3::image-occlusion:ellipse:left=.5:top=.2:rx=.125:ry=.05:fill=#f00:oi=1}}</div>",
            "3 ellipse .5 .2 .25 .1 fill=#f00",
        ),
        (
            "{{c4::image-occlusion:polygon:points=.1,.1 .2,.2 .3,.1:oi=1}}",
            "4 polygon .1,.1 .2,.2 .3,.1",
        ),
        (
            r"{{c0::image-occlusion:text:left=.1:top=.9:text=a\: b:scale=1:fs=.1}}",
            "0 text .1 .9 scale=1 fs=.1 = a: b",
        ),
    ],
)
def test_regions_written_by_anki_are_read(html: str, line: str) -> None:
    region = read_region(line)
    assert region is not None
    assert read_regions_html(html) == (region,)


@pytest.mark.parametrize(
    "html",
    [
        "words {{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4}}",
        "{{c1::an ordinary cloze}}",
        "{{c1::image-occlusion:star:left=.1:top=.2}}",
        "{{c1::image-occlusion:rect:left=.1:top=.2}}",
        "{{c1::image-occlusion:rect:left=.1:top=x:width=.3:height=.4}}",
        "{{c1::image-occlusion:rect:left=.1:top=.2:width=0:height=.4}}",
    ],
)
def test_regions_that_cannot_be_written_are_not_read(html: str) -> None:
    assert read_regions_html(html) is None


def test_labels_stand_below_the_extra() -> None:
    html = (
        'see <b>Gray</b><ol class="regions"><li value="1">left atrium</li><li value="12"><ol><li>x</li></ol></li></ol>'
    )
    assert split_labels(html) == ("see <b>Gray</b>", {1: "left atrium", 12: "<ol><li>x</li></ol>"})
    assert split_labels("see <ol><li>x</li></ol>") == ("see <ol><li>x</li></ol>", {})


@pytest.mark.parametrize("piece", ["{{c1::image-occlusion:rect:", "{{c1::image-occlusion:rect:a=b", ":\\", "<br> "])
def test_a_field_that_never_ends_is_read_in_linear_time(piece: str) -> None:
    assert read_regions_html(piece * 60_000) in (None, ())


@pytest.mark.parametrize("share", ["NaN", "1e9", "Infinity", "1e999999999", "٣"])
def test_a_place_is_written_in_plain_digits(share: str) -> None:
    assert read_regions_html(f"{{{{c1::image-occlusion:rect:left={share}:top=.2:width=.3:height=.4}}}}") is None


def test_many_lists_of_labels_are_read_in_linear_time() -> None:
    html = '<ol class="regions"><li value="1">x</li>' * 60_000
    assert split_labels(html) == (html, {})
