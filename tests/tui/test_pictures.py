"""Pictures within cards, with the extra that draws them and without."""

import struct
import sys
import zlib
from pathlib import Path

import pytest
from tests.tui.learner import Learner, press, rows
from textual_image.widget import Image

from duly.tui.widgets.card_view import CardView


def png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    lines = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


DECK = "- q: |\n    before\n\n    ![sun](sun.png)\n\n    after\n  a: nothing to see\n- q: plain?\n  a: plain\n"


@pytest.fixture
def learner(learner: Learner) -> Learner:
    learner.writes(DECK)
    (learner.folder / "sun.png").write_bytes(png(80, 60))
    return learner


async def test_a_picture_stands_below_its_line_between_the_texts_around_it(learner: Learner) -> None:
    async with learner.review() as pilot:
        view = pilot.app.screen.query_one(CardView)
        kinds = [type(child).__name__ for child in view.children]
        (image,) = view.query(Image)
        assert (kinds[0], kinds[-1], len(kinds)) == ("Static", "Static", 3)
        lines = [line.strip() for line in rows(pilot)]
        above, below = lines.index("▣ sun (sun.png)"), lines.index("after")
        assert below - above > 2
        assert 3 <= image.size.height <= view.size.height


async def test_the_next_card_shows_it_no_more(learner: Learner) -> None:
    async with learner.review() as pilot:
        await press(pilot, "space", "3")
        assert "plain?" in "\n".join(rows(pilot))
        assert not pilot.app.screen.query(Image)


async def test_a_file_that_is_no_picture_leaves_its_name(learner: Learner) -> None:
    (learner.folder / "sun.png").write_bytes(b"GIF89a, or so it says")
    async with learner.review() as pilot:
        assert not pilot.app.screen.query(Image)
        assert "▣ sun (sun.png)" in [line.strip() for line in rows(pilot)]


async def test_a_picture_named_by_html_is_shown(learner: Learner) -> None:
    learner.writes("- q: 'look <img src=\"sun.png\">'\n  a: x\n")
    async with learner.review() as pilot:
        assert pilot.app.screen.query(Image)


@pytest.mark.parametrize("text", ['<img src="{}">', "![]({})"])
async def test_a_picture_outside_of_the_collection_is_not_read(learner: Learner, tmp_path: Path, text: str) -> None:
    (tmp_path / "secret.png").write_bytes(png(80, 60))
    learner.writes(f"- q: 'look {text.format(tmp_path / 'secret.png')}'\n  a: x\n- q: plain?\n  a: x\n")
    async with learner.review() as pilot:
        assert "plain?" in "\n".join(rows(pilot))  # the card with the picture is kept out, with an error
        assert not pilot.app.screen.query(Image)


async def test_without_the_extra_the_name_stands_alone(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textual_image.widget", None)
    async with learner.review() as pilot:
        lines = [line.strip() for line in rows(pilot)]
        assert lines.index("after") - lines.index("▣ sun (sun.png)") == 2


async def test_the_drawing_is_loaded_only_where_a_card_shows_a_picture(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "textual_image.widget")
    learner.writes("- q: 'see `![sun](sun.png)` and sun.png'\n  a: x\n")
    async with learner.review():
        assert "textual_image.widget" not in sys.modules
    learner.writes(DECK)
    async with learner.review():
        assert "textual_image.widget" in sys.modules
