"""The plan of an export: each note as Anki gets it, what became of it, and nothing written; and its cancelling."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from duly.exchange import export
from duly.message import Message

T = TypeVar("T")

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DECK = """\
deck: ml
cards:
- {q: one, a: x, id: one, tags: [exam]}
- {q: two, a: y, id: two}
- {q: three, a: z, id: three}
- {q: four, a: z, id: four}
"""
LATER = """\
deck: ml
cards:
- {q: one, a: x!, id: one, tags: [exam]}
- {q: two, a: y, id: two}
- {q: five, a: z, id: five}
"""
OTHER = "deck: ml::gpt\ncards: [{q: three, a: z, id: three}]\n"


@pytest.fixture
def cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = Path("cards")
    folder.mkdir()
    (folder / "a.yaml").write_text(DECK)
    return folder


def edit(cards: Path) -> None:
    """One answer is changed, one note moves to another deck, one is removed, and one is new."""
    (cards / "a.yaml").write_text(LATER)
    (cards / "b.yaml").write_text(OTHER)


def source(cards: Path) -> export.ExportSource:
    return export.read_source((cards,), Path("cards.apkg"))


def test_a_plan_has_the_state_of_each_note(cards: Path) -> None:
    export.write(source(cards), NOW)
    edit(cards)
    plan = export.plan(source(cards), NOW + timedelta(days=1))
    assert [(row.note.guid, row.note.deck, row.state.value, row.moved_from) for row in plan.notes()] == [
        ("one", "ml", "changed", None),
        ("two", "ml", "unchanged", None),
        ("five", "ml", "new", None),
        ("three", "ml::gpt", "unchanged", "ml"),
    ]
    assert [note.id for note in plan.summary.removed_notes] == ["four"]


def test_the_notes_of_a_plan_have_fields_tags_and_cards_as_anki_gets_them(cards: Path) -> None:
    first, *_ = export.plan(source(cards), NOW).notes()
    fields = dict(zip((field.name for field in first.note.type.fields), first.note.fields, strict=True))
    assert (fields["Front"], fields["Back"]) == ("one", "x")
    assert (first.note.tags, first.note.ords) == (("exam",), (0,))
    assert [str(card) for card in first.note.card_ids] == ["one/front"]
    assert first.mod == int(NOW.timestamp())


def test_a_removed_note_is_planned_once_more_to_be_deleted(cards: Path) -> None:
    export.write(source(cards), NOW)
    edit(cards)
    *_, last = export.plan(source(cards), NOW, with_removed=True).notes()
    assert (last.note.guid, last.state.value, last.note.tags) == ("four", "deleted", ("duly::deleted",))


def test_an_export_does_what_its_plan_says_and_a_plan_writes_nothing(cards: Path, own_world: Path) -> None:
    planned = export.plan(source(cards), NOW).summary
    assert not Path("cards.apkg").exists() and not (own_world / "exports.db").exists()
    assert export.write(source(cards), NOW) == planned
    package, memory = Path("cards.apkg").read_bytes(), (own_world / "exports.db").read_bytes()
    edit(cards)
    planned = export.plan(source(cards), NOW).summary
    assert export.plan(source(cards), NOW).summary == planned
    assert (Path("cards.apkg").read_bytes(), (own_world / "exports.db").read_bytes()) == (package, memory)
    assert export.write(source(cards), NOW) == planned


@pytest.mark.parametrize("step", ["Making notes for Anki", "Packing images and sounds"])
def test_an_export_that_is_cancelled_leaves_package_and_memory_as_they_were(
    step: str, cards: Path, own_world: Path
) -> None:
    def cancelling(items: Sequence[T], doing: Message) -> Iterable[T]:
        for item in items:
            if str(doing) == step:
                raise KeyboardInterrupt
            yield item

    (cards / "x.png").write_bytes(b"x")
    (cards / "c.yaml").write_text("- {q: '![](x.png)', a: x}\n")
    export.write(source(cards), NOW)
    before = Path("cards.apkg").read_bytes()
    planned = export.plan(source(cards), NOW).summary
    edit(cards)
    with pytest.raises(KeyboardInterrupt):
        export.write(source(cards), NOW, watch=cancelling)
    assert Path("cards.apkg").read_bytes() == before
    (cards / "a.yaml").write_text(DECK)
    (cards / "b.yaml").unlink()
    assert export.plan(source(cards), NOW).summary == planned
    assert sorted(file.name for file in own_world.iterdir() if file.suffix == ".part") == []
