"""Fields that were rendered before are the same again, and a package made with them is the same to the byte."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duly.anki import rendered
from duly.anki.export import export
from duly.anki.rendered import Rendered
from duly.cache import opened
from duly.cards import Basic, Choice, Cloze, DeckName, Kind, Note, NoteId, Reversed, Typed
from duly.place import Place

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEXTS = st.sampled_from(["one", "**二**", "`code` & more", "$x^2$", "![a cat](cat.png)", "a <b>tag</b>", "- a\n- b"])
KINDS = st.one_of(
    st.builds(Basic, TEXTS, TEXTS),
    st.builds(Reversed, TEXTS, TEXTS),
    st.builds(Typed, TEXTS, TEXTS),
    st.builds(Choice, TEXTS, TEXTS, st.lists(TEXTS, min_size=1, max_size=3).map(tuple)),
    TEXTS.map(lambda text: Cloze(f"{{{{c1::{text}}}}} and {{{{c2::more}}}}")),
)
COLLECTIONS = st.lists(st.tuples(KINDS, TEXTS, st.sampled_from(["a", "b"])), min_size=1, max_size=6)


def note(kind: Kind, hint: str = "", name: str = "a", number: int = 1, folder: Path = Path()) -> Note:
    place = Place(folder / f"{name}.yaml", number)
    return Note(NoteId(f"n{number}"), kind, DeckName("d"), hint=hint, place=place, stamped=True)


@settings(deadline=None, max_examples=25)
@given(st.lists(COLLECTIONS, min_size=2, max_size=4))
def test_a_package_made_with_the_cache_is_that_made_without(versions: list[list[tuple[Kind, str, str]]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for at, version in enumerate(versions):
            (folder / "cat.png").write_bytes(b"cat" * (at + 1))
            notes = [note(kind, hint, file, at, folder) for at, (kind, hint, file) in enumerate(version, 1)]
            packages = []
            for way, cache in (("with", folder / "cache.db"), ("without", None)):
                target = folder / f"{way}.apkg"
                export(notes, target, folder / f"{way}.db", NOW, within=[folder], cache=cache)
                packages.append(target.read_bytes())
            assert packages[0] == packages[1]


def test_what_is_the_same_is_not_rendered_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = [note(Basic("**a**", "b")), note(Basic("c", "d"), name="b", number=2)]
    with opened(tmp_path / "cache.db") as kept:
        first = Rendered(notes, kept)
        values = [first.values(one, str) for one in notes]
        first.keep()
    monkeypatch.setattr(rendered, "field_values", lambda one, _media: {"rendered": one.id})
    notes[1] = note(Basic("c", "edited"), name="b", number=2)
    with opened(tmp_path / "cache.db") as kept:
        again = Rendered(notes, kept)
        assert [again.values(one, str) for one in notes] == [values[0], {"rendered": "n2"}]


@pytest.mark.parametrize("value", [b"", b"7", b"[]", b"[7]", b'[{"Front": 7}]', b'["Front"]', b"{}", b"[" * 100_000])
def test_what_somebody_wrote_into_the_cache_is_not_taken(tmp_path: Path, value: bytes) -> None:
    one = note(Basic("a", "b"))
    for _ in range(2):
        with opened(tmp_path / "cache.db") as kept:
            made = Rendered([one], kept)
            assert made.values(one, str) == {"Front": "a", "Back": "b", "Duly ID": "n1"}
            made.keep()
        with closing(sqlite3.connect(tmp_path / "cache.db")) as connection, connection:
            connection.execute("update kept set value = ?, checksum = ?", (value, crc32(value)))
