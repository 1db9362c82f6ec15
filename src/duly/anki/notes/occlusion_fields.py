"""Pictures with covered regions as the fields of Anki's note type "Image Occlusion", and back.

A region is a deletion, as in ``{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.15:oi=1}}``. Anki has no
field for labels: they are appended to the extra as a list.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from duly.anki.raw_rows import RawType
from duly.cards import Note, Occlusion
from duly.cards.occlusion import NUMBER, Region, read_region, read_regions, share_text
from duly.markup.characters import clean_text, escape_html
from duly.markup.html.to_html import to_html

ROLES = ("Occlusion", "Image", "Header", "Back Extra", "Comments")
"""The roles of the fields: their English names in Anki, in the order of their numbers."""
STOCK_KIND = 6
"""The number by which Anki recognises its image occlusion note type."""
MARKER = "image-occlusion:"

_SHAPE = re.compile(
    r"\{\{c(\d{1,3})::image-occlusion:([a-z]+)((?::(?:\\.|[^:\\{}]|\{(?!\{)|\}(?!\}))*)*)\}\}", re.DOTALL
)
"""``{{c1::image-occlusion:rect:left=.1:top=.2}}``: number, shape and properties."""
_SHARE = re.compile(NUMBER)  # ``.5``, ``0.25``
_PROPERTY = re.compile(r":((?:\\.|[^:\\])*)", re.DOTALL)  # the ``:left=.1`` and ``:top=.2`` of such a shape
_BLANK = re.compile(r"(?:\s|&nbsp;|<br\s*/?>|</?div>)*")  # nothing, ``<br>``, ``</div> &nbsp;``
_LABELS, _LABELS_END = '<ol class="regions">', "</ol>"
_LABEL = re.compile(r'<li value="(\d{1,3})">')
"""The beginning of a label, ``<li value="2">``; it captures the number of the region."""
_COORDINATES = {
    "rect": ("left", "top", "width", "height"),
    "ellipse": ("left", "top", "rx", "ry"),
    "text": ("left", "top"),
}


def field_roles(note_type: RawType) -> Mapping[str, str] | None:
    """The names of the fields by role; None if this is not an image occlusion note type."""
    is_occlusion = note_type.is_cloze and note_type.config.get("originalStockKind") == STOCK_KIND
    if not is_occlusion or len(note_type.fields) < len(ROLES):
        return None
    tags = {field.config.get("tag"): field.name for field in note_type.fields}
    names_by_position = {number: field.name for number, field in enumerate(note_type.fields)}
    names = tags if all(number in tags for number in range(len(ROLES))) else names_by_position
    return {role: names[number] for number, role in enumerate(ROLES)}


def occlusion_values(note: Note, kind: Occlusion, media: Callable[[str], str]) -> dict[str, str]:
    """The HTML of each field, by role. `media` returns the name in Anki of the file at a path."""
    name = media(kind.image)
    labels = sorted(dict(_labels(kind)).items())
    items = "".join(f'<li value="{number}">{to_html(label, media)}</li>' for number, label in labels)
    extra = to_html(note.extra, media) if note.extra else ""
    return {
        "Occlusion": regions_html(read_regions(kind.regions)),
        "Image": f'<img src="{escape_html(name)}">' if name else "",
        "Header": to_html(kind.prompt, media) if kind.prompt else "",
        "Back Extra": extra + (f"{_LABELS}{items}{_LABELS_END}" if items else ""),
        "Comments": escape_html(clean_text(note.source)).replace("\n", "<br>"),
    }


def occlusion_texts(note: Note, kind: Occlusion) -> dict[str, str]:
    """The text from which each field is made, by role."""
    labels = (f"{number} {label}" for number, label in _labels(kind))
    region_lines = (
        str(replace(region, label="") if region.is_cover else region) for region in read_regions(kind.regions)
    )
    return {
        "Occlusion": "\n".join(region_lines),
        "Image": kind.image,
        "Header": kind.prompt,
        "Back Extra": "\n".join((note.extra, *labels)),
        "Comments": note.source,
    }


def _labels(kind: Occlusion) -> Iterator[tuple[int, str]]:
    """The number and the label of each covered region that has one."""
    return ((region.number, region.label) for region in read_regions(kind.regions) if region.is_cover and region.label)


def regions_html(regions: tuple[Region, ...]) -> str:
    """The value of the field with the covered parts of the picture."""
    return "<br>".join(
        f"{{{{c{region.number}::{MARKER}{region.shape}:{':'.join(_properties(region))}}}}}" for region in regions
    )


def _properties(region: Region) -> list[str]:
    values = list(region.coordinates)
    if region.shape == "polygon":
        corners = zip(values[::2], values[1::2], strict=True)
        pairs = [("points", " ".join(f"{share_text(x)},{share_text(y)}" for x, y in corners))]
    else:
        if region.shape == "ellipse":
            values[2:] = [value / 2 for value in values[2:]]
        pairs = list(zip(_COORDINATES[region.shape], map(share_text, values), strict=True))
    if not region.is_cover:
        pairs.append(("text", _escape(region.label)))
    pairs += (pair for pair in region.properties if pair != ("oi", "0"))
    if region.is_cover and "oi" not in dict(region.properties):
        pairs.append(("oi", "1"))
    return [f"{name}={value}" for name, value in pairs]


def read_regions_html(html: str) -> tuple[Region, ...] | None:
    """The regions in the field; None if it contains anything else, or a region that we cannot represent."""
    if not _BLANK.fullmatch(_SHAPE.sub("", html)):
        return None
    regions: list[Region] = []
    for number, shape, properties in _SHAPE.findall(html):
        region = _region(int(number), shape, properties)
        if region is None or read_region(str(region)) != region or region.is_empty or region.is_outside:
            return None
        regions.append(region)
    return tuple(regions)


def _region(number: int, shape: str, properties: str) -> Region | None:
    pairs = [tuple(text.partition("=")[::2]) for text in _PROPERTY.findall(properties)]
    values = {name: re.sub(r"\\(.)", r"\1", value).strip() for name, value in pairs}  # \: becomes a colon
    if shape == "polygon":
        shares = values.pop("points", "").replace(",", " ").split()
    else:
        shares = [values.pop(name, "") for name in _COORDINATES.get(shape, ())]
    if not shares or not all(_SHARE.fullmatch(share) for share in shares):
        return None
    coordinates = [Decimal(share) for share in shares]
    if shape == "ellipse":
        coordinates[2:] = [2 * value for value in coordinates[2:]]
    label = "" if shape != "text" else " ".join(values.pop("text", "").split())
    if shape != "text" and values.pop("oi", "0") != "1":
        values["oi"] = "0"
    return Region(
        number, shape, tuple(coordinates), label, tuple((name, value) for name, value in values.items() if value)
    )


def split_labels(html: str) -> tuple[str, dict[int, str]]:
    """The HTML of the extra, and that of each label by region number."""
    extra, separator, labels = html.rpartition(_LABELS)
    if not separator or not labels.rstrip().endswith(_LABELS_END):
        return html, {}
    _, *parts = _LABEL.split(labels.rstrip().removesuffix(_LABELS_END))
    return extra, {int(number): label.removesuffix("</li>") for number, label in zip(*[iter(parts)] * 2, strict=True)}


def _escape(text: str) -> str:
    """A text as the value of a property, escaped so that no brace in it ends the deletion."""
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace(":", "\\:")
    return re.sub(r"\}(?=\}|$)", "} ", escaped)  # }} becomes } }
