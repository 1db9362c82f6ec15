"""What comes of a case of importing again in the Anki of this Python. As a program it ends with all of them as JSON."""

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from tests.anki.reimport_cases import CASES, VALUES, VOCABULARY, VOCABULARY_CARDS, Case
from tests.cli.calling import call
from tests.learner import Learner, visible

from duly.anki.notes.note_types import NOTE_TYPES, styles
from duly.anki.package_export import export_package
from duly.cards import Basic, DeckName, Note, NoteId
from duly.deckfile.load import load
from duly.problem import Place

OTHER = Note(NoteId("other"), Basic("another", "note"), DeckName("d"))
"""Stands in every package and never changes, so that there is a package when the note is removed."""

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class State:
    """A note in Anki: what is shown of it, by name, and the schedules of its cards, by their numbers from 1."""

    fields: Mapping[str, str]
    schedules: Mapping[int, tuple[object, ...]]
    empty: frozenset[int]

    def since(self, old: "State | None") -> Iterator[str]:
        """What is other than it was, in words."""
        for name, value in self.fields.items():
            if old is None:
                yield f"{name}: {value}"
            elif old.fields.get(name, "") != value:
                yield f"{name}: {old.fields[name]} → {value}"
        for number in self.schedules:
            if old is None or number not in old.schedules:
                yield f"card {number} is new"
            if number in self.empty:
                yield f"card {number} is empty"
        if old is not None:
            is_same = all(self.schedules.get(number) == schedule for number, schedule in old.schedules.items())
            yield "schedule kept" if is_same else "schedule changed"


def observed_outcome(case: Case) -> str:
    """The outcome that Anki tells of the second import, and what that import changed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        learner = Learner(folder / "anki")
        try:
            now = datetime.now(UTC)  # that is the time of what the learner does, and between that of the two exports
            if case.rewritten:
                _adds(learner)
            else:
                _write(folder, Case("", "", after=case.before), now - DAY)
                learner.imports(folder / "out.apkg")
            for card in learner.note("n").cards():
                learner.reviews("n", card.ord)
            case.between(learner)
            if case.machine == "stale":
                shutil.copytree(folder / ".duly", folder / "clone" / ".duly")
                _write(folder, case, now + DAY)
                learner.imports(folder / "out.apkg")
            before = _state(learner)
            if case.rewritten:
                _rewrite(learner, folder, case.rewritten, now + DAY)
            else:
                _write_elsewhere(folder, case, now + DAY)
            outcome = learner.outcomes(folder / "out.apkg").get("n", "not in the package")
            after = _state(learner)
            assert after
            return "; ".join((outcome, *after.since(before)))
        finally:
            learner.close()


def _adds(learner: Learner) -> None:
    """A note of the learner's own."""
    models = learner.collection.models
    kind = models.new("Vocabulary")
    for name in VOCABULARY:
        models.add_field(kind, models.new_field(name))
    for number, (front, back) in enumerate(VOCABULARY_CARDS, 1):
        template = models.new_template(f"Card {number}")
        template["qfmt"], template["afmt"] = front, back
        models.add_template(kind, template)
    models.add_dict(kind)
    learner.collection.media.write_data("x.mp4", b"film")
    note = learner.adds("Vocabulary", *VALUES)
    note.guid = "n"
    learner.collection.update_note(note)


def _rewrite(learner: Learner, folder: Path, edit: tuple[str, str], now: datetime) -> None:
    """Takes the note over, edits its deck file, and exports that."""
    cards = folder / "cards"
    imported = call("import", learner.packs(folder / "all.apkg"), "--to", cards)
    assert imported.exit_code == 0, imported.output
    file = cards / "Default.yaml"
    text = file.read_text(encoding="utf-8")
    assert edit[0] in text, text
    file.write_text(text.replace(*edit), encoding="utf-8")
    export_package(load([cards]).notes, folder / "out.apkg", folder / "exports.db", now, paths=[cards])


def _write_elsewhere(folder: Path, case: Case, now: datetime) -> None:
    """Writes the second package on the machine that the case is about."""
    if case.machine in ("other", "none"):
        (folder / "exports.db").unlink()
    if case.machine == "none":
        shutil.rmtree(folder / ".duly")
    if case.machine == "stale":
        _write(folder / "clone", replace(case, after=case.before), now + DAY)
        (folder / "clone" / "out.apkg").replace(folder / "out.apkg")
    else:
        _write(folder, case, now)


def _write(folder: Path, case: Case, now: datetime) -> None:
    (folder / "p.png").write_text(case.picture)
    notes = [OTHER] if case.after is None else [OTHER, case.after._replace(place=Place(folder / "deck.yaml"))]
    with ExitStack() as stack:
        if case.styles:
            for module in ("package_export", "write.write_package"):
                stack.enter_context(patch(f"duly.anki.{module}.styles", return_value=case.styles))
        export_package(
            notes,
            folder / "out.apkg",
            folder / "exports.db",
            now,
            paths=[folder],
            force=case.force,
            with_removed=case.with_removed,
        )


def _state(learner: Learner) -> State | None:
    collection = learner.collection
    if not collection.db.list("select id from notes where guid = 'n'"):  # type: ignore[union-attr]
        return None
    note = learner.note("n")
    cards = note.cards()
    css = cards[0].render_output().css
    folder = Path(collection.media.dir())

    def text(field: str) -> str:
        return visible(
            re.sub(r'<img[^>]* src="([^"]+)"[^>]*>', lambda match: f"({(folder / match[1]).read_text()})", field)
        )

    empty = {card for note in collection.get_empty_cards().notes for card in note.card_ids}
    return State(
        {name: text(value) for name, value in note.items() if value}
        | {
            "tags": " ".join(sorted(note.tags)),
            "deck": " ".join(sorted({collection.decks.name(card.did) for card in cards})),
            "look": "ours" if css in map(styles, NOTE_TYPES) else css,
        },
        {
            card.ord + 1: (
                card.id,
                card.type,
                card.queue,
                card.due,
                card.ivl,
                card.reps,
                len(collection.card_stats_data(card.id).revlog),
            )
            for card in cards
        },
        frozenset(card.ord + 1 for card in cards if card.id in empty),
    )


if __name__ == "__main__":
    json.dump({case.name: observed_outcome(case) for case in CASES}, sys.stdout, ensure_ascii=False)
