"""Pictures with covered regions: drawn with their covers where pictures are drawn, opened with them elsewhere."""

import sys
from pathlib import Path

import pytest
from PIL import Image as Pillow
from tests.tui.learner import Learner, press, rows
from textual_image.widget import Image

from duly.cards import Card, Occlusion, cards_of
from duly.deckfile.load import load
from duly.tui.card_attachments import Attachments, attachments
from duly.tui.picture_covers import ASKED_COLOUR, OTHER_COLOUR, covered_picture, with_covers

DECK = """- image: heart.png
  q: Name it.
  regions:
    - 1 rect 0 0 .5 .5 = atrium
    - 2 ellipse .5 .5 .5 .5 = aorta
    - 3 polygon .5,0 1,0 1,.5 .5,.5 oi=0 = apex
    - 0 rect .4 .9 .1 .1
    - 0 text .02 .9 = from <the> front
"""
WHITE = "#ffffff"
SPOTS = {"1": (20, 20), "2": (75, 75), "3": (80, 20), "0": (45, 95)}


@pytest.fixture
def cards(tmp_path: Path) -> list[Card]:
    folder = tmp_path / "cards"
    folder.mkdir()
    Pillow.new("RGB", (100, 100), WHITE).save(folder / "heart.png")
    (folder / "a.yaml").write_text(DECK, encoding="utf-8")
    (note,) = load([folder]).notes
    return [*cards_of(note)]


def spots(card: Card, *, revealed: bool) -> str:
    """What is seen in the middle of each region: A for the cover of the one asked, o for another's, a dot for none."""
    assert card.note.place and isinstance(card.note.kind, Occlusion)
    picture = covered_picture(card.note.place.file.parent / "heart.png", card, card.note.kind, revealed=revealed)
    assert picture is not None
    colours = {ASKED_COLOUR: "A", OTHER_COLOUR: "o", WHITE: "."}
    pixels = (picture.getpixel(spot) for spot in SPOTS.values())
    return "".join(colours["#{:02x}{:02x}{:02x}".format(*pixel)] for pixel in pixels)  # type: ignore[misc]


def test_the_asked_region_is_covered_until_the_answer_and_the_others_as_the_region_says(cards: list[Card]) -> None:
    assert [spots(card, revealed=False) for card in cards] == ["Aooo", "oAoo", "..Ao"]
    assert [spots(card, revealed=True) for card in cards] == [".ooo", "o.oo", "...o"]


def test_a_file_that_is_no_picture_is_not_drawn(cards: list[Card]) -> None:
    (card, *_) = cards
    assert card.note.place and isinstance(card.note.kind, Occlusion)
    file = card.note.place.file.parent / "heart.png"
    file.write_bytes(b"GIF89a, or so it says")
    assert covered_picture(file, card, card.note.kind, revealed=False) is None


def test_before_the_answer_a_page_with_the_covers_is_opened(
    cards: list[Card], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DULY_HOME", str(tmp_path / "home"))
    folder = tmp_path / "cards"
    attached = attachments(cards[2], [folder], revealed=False)
    assert attached == Attachments((), (str(folder / "heart.png"),))
    assert with_covers(attached, cards[2], revealed=True) == attached
    (page,) = with_covers(attached, cards[2], revealed=False).openable
    html = Path(page).read_text(encoding="utf-8")
    assert f'src="{(folder / "heart.png").as_uri()}"' in html
    assert [html.count(f"<{shape} ") for shape in ("rect", "ellipse", "polygon")] == [1, 0, 1]
    assert f'<polygon points="0.5 0 1 0 1 0.5 0.5 0.5" fill="{ASKED_COLOUR}"' in html
    assert '<span style="position: absolute; left: 2.00%; top: 90.0%">from &lt;the&gt; front</span>' in html
    assert f'<rect x="0.4" y="0.9" width="0.1" height="0.1" fill="{OTHER_COLOUR}"' in html


@pytest.fixture
def learner(learner: Learner) -> Learner:
    learner.writes(DECK)
    Pillow.new("RGB", (100, 100), WHITE).save(learner.folder / "heart.png")
    return learner


async def test_a_drawn_picture_comes_with_its_covers_and_without_a_map(learner: Learner) -> None:
    async with learner.review() as pilot:
        assert len(pilot.app.screen.query(Image)) == 1
        screen = "\n".join(rows(pilot))
        assert "What is under region 1?" in screen and "┌" not in screen
        await press(pilot, "space")
        assert len(pilot.app.screen.query(Image)) == 1
        assert "atrium" in "\n".join(rows(pilot))


async def test_without_the_extra_a_map_says_where_it_is_and_what_opens_it(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "textual_image.widget", None)
    async with learner.review() as pilot:
        screen = "\n".join(rows(pilot))
        assert not pilot.app.screen.query(Image)
        assert "[1]" in screen and "o opens it." in screen
        assert "t type" in screen
