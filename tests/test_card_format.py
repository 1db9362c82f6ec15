"""docs/card-format.md says what the table of fields says, and its examples are decks.

After a change of the table, write the generated parts anew and read the difference before it is committed::

    DULY_GOLDEN=write pytest tests/test_card_format.py
"""

import os
import re
from pathlib import Path

import pytest

from duly.cards.cloze import LARGEST
from duly.cards.ids import derived_id
from duly.deckfile import walk
from duly.deckfile.key_table import FILE_FIELDS, FURTHER_FIELDS, NOTE_FIELDS, OCCLUSION, PAIR, VARIANTS, Field, Shape
from duly.deckfile.load import load
from duly.deckfile.parse_further_cards import REQUIRED_KEYS
from duly.deckfile.yaml import syntax_errors

DOCUMENT = Path(__file__).parents[1] / "docs" / "card-format.md"
TAKES = {
    Shape.TEXT: "text",
    Shape.TEXTS: "list of texts",
    Shape.IMAGE: "path",
    Shape.REGIONS: "list of regions",
    Shape.FLAG: "`true` or `false`",
    Shape.TYPED: "`true`, `false` or `exact`",
    Shape.TAGS: "list of tags",
    Shape.ID: "text",
    Shape.DECK: "text",
    Shape.LANGUAGE: "language tag",
    Shape.CARDS: "list of cards",
    Shape.FACE: "text",
    Shape.MORE: "list of cards",
}


def table(fields: tuple[Field, ...], always: tuple[str, ...] = ("cards",)) -> str:
    rows = [
        f"| `{field.key}` | {TAKES[field.shape]} | {needed(field, always)} | {field.description} |" for field in fields
    ]
    return "\n".join(["", "| key | takes | needed | meaning |", "| --- | --- | --- | --- |", *rows, ""])


def needed(field: Field, always: tuple[str, ...]) -> str:
    if field.key in always:
        return "always"
    if always == REQUIRED_KEYS:
        return "optional"
    if field.key in PAIR:
        return (
            "on every card but a cloze or a picture"
            if field.key == "a"
            else "on every card but a cloze; above a picture optional"
        )
    if field.key == "also":
        return "only with `typed`"
    if field.key == "cloze":
        return "on a cloze"
    if field.key in OCCLUSION:
        return "on a picture with regions"
    return "only with `q` and `a`" if field.key in (*VARIANTS, "more") else "optional"


GENERATED = {
    "file": table(FILE_FIELDS),
    "card": table(NOTE_FIELDS),
    "further": table(FURTHER_FIELDS, always=REQUIRED_KEYS),
    "largest": str(LARGEST),
    "megabytes": str(walk.LARGEST // 1_000_000),
    "deepest": str(syntax_errors.DEEPEST),
}


def generated(document: str) -> str:
    """The document with its generated parts as they should be."""
    for name, text in GENERATED.items():
        pattern = re.compile(f"(<!-- {name} -->).*?(<!-- end -->)", re.DOTALL)
        assert len(pattern.findall(document)) == 1, name
        document = pattern.sub(lambda match, text=text: f"{match[1]}{text}{match[2]}", document)  # type: ignore[misc]
    return document


def examples() -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```$", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def test_the_reference_is_made_from_the_table_of_fields() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    if os.environ.get("DULY_GOLDEN") == "write":
        DOCUMENT.write_text(generated(document), encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == generated(document)


@pytest.mark.parametrize("number", range(len(examples())))
def test_every_example_is_a_deck_without_mistakes(number: int, tmp_path: Path) -> None:
    (tmp_path / "deck.yaml").write_text(examples()[number], encoding="utf-8")
    (tmp_path / "heart.png").write_bytes(b"picture")
    loaded = load([tmp_path])
    assert loaded.problems == ()
    assert loaded.notes


def test_the_examples_use_every_field_and_every_kind(tmp_path: Path) -> None:
    keys = {key for example in examples() for key in re.findall(r"^[\s-]*([a-z]+):", example, re.MULTILINE)}
    assert keys >= {field.key for field in (*FILE_FIELDS, *NOTE_FIELDS)}
    with_kinds = (example for example in examples() if "reverse:" in example or "regions:" in example)
    (tmp_path / "deck.yaml").write_text("\n".join(with_kinds), encoding="utf-8")
    (tmp_path / "heart.png").write_bytes(b"picture")
    kinds = {type(note.kind).__name__ for note in load([tmp_path]).notes}
    assert kinds == {"Basic", "Reversed", "Typed", "Choice", "Cloze", "Occlusion"}


def test_the_id_that_is_shown_is_the_one_that_stamping_writes() -> None:
    stamped = next(example for example in examples() if f"id: {derived_id('What does CSR stand for?')}" in example)
    assert stamped.count("id:") == 1
