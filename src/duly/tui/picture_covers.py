"""Pictures with covers drawn over their regions: for terminals that draw pictures, and for a browser."""

from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from duly.atomic_write import replacing
from duly.cards import Card, Occlusion
from duly.cards.occlusion import Region, read_regions
from duly.errors import not_writable
from duly.locations import covered_page_file
from duly.media_file import resolve_path
from duly.tui.card_attachments import Attachments

if TYPE_CHECKING:
    from PIL.Image import Image

ASKED_COLOUR, OTHER_COLOUR, EDGE_COLOUR = "#f2a65a", "#e9e2d0", "#5c3a12"
"""The colours of the cover over the asked region, of other covers, and of their edges."""


def covers(card: Card, occlusion: Occlusion, *, revealed: bool) -> tuple[Region, ...]:
    """The regions covered on a side: the asked one before the answer, and others unless the asked one shows them."""
    regions = [region for region in read_regions(occlusion.regions) if region.is_cover]
    asked_regions = [region for region in regions if _is_asked(region, card)]
    other_regions = [
        region
        for region in regions
        if region not in asked_regions and (not region.number or all(asked.hides_others for asked in asked_regions))
    ]
    return (*other_regions, *(() if revealed else asked_regions))


def _is_asked(region: Region, card: Card) -> bool:
    return card.face == f"c{region.number}"


def covered_picture(file: Path, card: Card, occlusion: Occlusion, *, revealed: bool) -> "Image | None":
    """The picture with its covers; None if it cannot be drawn. Needs Pillow, which comes with the extra ``images``."""
    from PIL import Image, ImageDraw

    try:
        with Image.open(file) as image:
            picture = image.convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    draw = ImageDraw.Draw(picture)
    for region in covers(card, occlusion, revealed=revealed):
        fill = ASKED_COLOUR if _is_asked(region, card) else OTHER_COLOUR
        left, top, right, bottom = (
            float(share) * side for share, side in zip(region.bounds, picture.size * 2, strict=True)
        )
        if region.shape == "polygon":
            pairs = zip(region.coordinates[::2], region.coordinates[1::2], strict=True)
            corners = [(float(x) * picture.width, float(y) * picture.height) for x, y in pairs]
            draw.polygon(corners, fill=fill, outline=EDGE_COLOUR)
        elif region.shape == "ellipse":
            draw.ellipse((left, top, right, bottom), fill=fill, outline=EDGE_COLOUR)
        else:
            draw.rectangle((left, top, right, bottom), fill=fill, outline=EDGE_COLOUR)
    return picture


def with_covers(attachments: Attachments, card: Card, *, revealed: bool) -> Attachments:
    """The attachments of a side; before the answer, a page with the covered picture replaces the picture.

    Raises `DulyError` if the page cannot be written.
    """
    kind, place = card.note.kind, card.note.place
    if revealed or not isinstance(kind, Occlusion) or place is None:
        return attachments
    file = resolve_path(place.file.parent / kind.image)
    if file is None or str(file) not in attachments.openable:
        return attachments
    target = covered_page_file()
    write_covered_page(target, file, card, kind)
    return replace(
        attachments,
        openable=tuple(str(target) if openable == str(file) else openable for openable in attachments.openable),
    )


def write_covered_page(target: Path, file: Path, card: Card, occlusion: Occlusion) -> None:
    """Writes an HTML page with the picture and the covers of the question. Raises `DulyError`."""
    shapes = "".join(
        _shape(region, ASKED_COLOUR if _is_asked(region, card) else OTHER_COLOUR)
        for region in covers(card, occlusion, revealed=False)
    )
    texts = "".join(_text(region) for region in read_regions(occlusion.regions) if not region.is_cover)
    page = (
        f'<!doctype html><meta charset="utf-8"><title>{escape(file.name)}</title>'
        '<div style="position: relative; display: inline-block">'
        f'<img src="{escape(file.as_uri())}" style="display: block; max-width: 100%">'
        '<svg viewBox="0 0 1 1" preserveAspectRatio="none" style="position: absolute; inset: 0; '
        f'width: 100%; height: 100%" stroke="{EDGE_COLOUR}">{shapes}</svg>{texts}</div>\n'
    )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_writable(target, error) from error
    with replacing(target) as stream:
        stream.write(page.encode())


def _text(region: Region) -> str:
    left, top = (100 * share for share in region.coordinates)
    return f'<span style="position: absolute; left: {left}%; top: {top}%">{escape(region.label)}</span>'


def _shape(region: Region, fill: str) -> str:
    style = f'fill="{fill}" vector-effect="non-scaling-stroke"'
    if region.shape == "polygon":
        return f'<polygon points="{" ".join(map(str, region.coordinates))}" {style}/>'
    left, top, right, bottom = region.bounds
    if region.shape == "ellipse":
        place = (
            f'cx="{(left + right) / 2}" cy="{(top + bottom) / 2}" rx="{(right - left) / 2}" ry="{(bottom - top) / 2}"'
        )
        return f"<ellipse {place} {style}/>"
    return f'<rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" {style}/>'
