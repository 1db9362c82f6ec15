"""Imports notes of Anki's image occlusion note type as pictures with regions."""

import html as entities
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from duly.anki.importing.field_texts import FieldTexts
from duly.anki.notes.occlusion_fields import occlusion_texts, occlusion_values, read_regions_html, split_labels
from duly.anki.notes.origins import Origin, OriginalHtml, text_digest
from duly.anki.notes.template import Piece
from duly.anki.raw_rows import RawType
from duly.cards import Note, Occlusion
from duly.cards.occlusion import Region, region_numbers
from duly.markup.html_to_markdown.from_html import with_paths
from duly.markup.math.mathjax_commands import disarm_commands

WAY = "occlusion"
_BREAK_TAG = re.compile(r"<br\s*/?>")  # ``<br>``, ``<br />``


def plain_field(html: str) -> str:
    """The plain text of a field such as source or language."""
    return entities.unescape(re.sub("<[^>]*>", "", _BREAK_TAG.sub("\n", html)))  # <b>, </div>


def occlusion_note(note: Note, field_texts: FieldTexts, roles: Mapping[str, str]) -> Note | None:
    """`note` with the field values, named by `roles`; None without a picture, or with regions we cannot represent."""
    fields = {role: field_texts.values.get(name, "") for role, name in roles.items()}
    regions = read_regions_html(fields["Occlusion"])
    names: list[str] = []
    with_paths(fields["Image"], names.append)
    path = field_texts.path(names[0]) if names else None
    if not regions or not region_numbers(regions) or path is None:
        return None
    extra, labels = split_labels(fields["Back Extra"])
    texts = {number: field_texts.text(roles["Back Extra"], label) for number, label in labels.items()}
    return note._replace(
        kind=Occlusion(
            field_texts.text(roles["Header"], fields["Header"]), path, tuple(map(str, _add_labels(regions, texts)))
        ),
        extra=field_texts.text(roles["Back Extra"], extra),
        source=plain_field(fields["Comments"]),
    )


def _add_labels(regions: tuple[Region, ...], labels: Mapping[int, str]) -> Iterator[Region]:
    """The regions, with the label of each number on its first cover."""
    remaining_labels = dict(labels)
    for region in regions:
        yield (
            replace(region, label=remaining_labels.pop(region.number, ""))
            if region.is_cover and region.number
            else region
        )


def foreign_occlusion(
    note: Note, note_type: RawType, roles: Mapping[str, str], field_texts: FieldTexts
) -> tuple[Note, Origin] | None:
    """`note` with the texts of a note of an imported occlusion type, and its origin; None if it cannot be asked."""
    imported_note = occlusion_note(note, field_texts, roles)
    if imported_note is None or not isinstance(imported_note.kind, Occlusion):
        return None
    values, texts = (
        occlusion_values(imported_note, imported_note.kind, field_texts.name),
        occlusion_texts(imported_note, imported_note.kind),
    )
    originals = {
        name: OriginalHtml(html) for name, html in field_texts.fields.items() if html and name not in roles.values()
    }
    for role, name in roles.items():
        if disarm_commands(values[role]) != field_texts.fields[name]:
            originals[name] = OriginalHtml(field_texts.fields[name], text_digest(texts[role]))
    parts = {role: (Piece(name),) for role, name in roles.items()}
    return imported_note, Origin(type=note_type.id, way=WAY, parts=parts, originals=originals)
