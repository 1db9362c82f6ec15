"""The pictures of a card, with the covers of their regions."""

from duly.cards import Card, Occlusion
from duly.cards.media_references import references
from duly.text.occlusion_lines import PictureDisplay
from duly.tui.picture_covers import covered_picture
from duly.tui.picture_drawing import Pictures, Source, drawing


def pictures_of(card: Card, *, revealed: bool = True) -> Pictures:
    """The pictures of a card: the files that its text names; reading the card checked that they are in the collection.

    A picture with regions has the covers of this side.
    """
    place = card.note.place
    if place is None or not drawing():
        return lambda _path: None
    named_paths = {
        reference.path for text in card.note.texts for reference in references(text) if not reference.is_remote
    }
    kind = card.note.kind

    def source(path: str) -> Source | None:
        file = place.file.parent / path
        if isinstance(kind, Occlusion) and path == kind.image:
            return covered_picture(file, card, kind, revealed=revealed)
        return file if path in named_paths else None

    return source


def picture_display(card: Card) -> PictureDisplay:
    """How the picture of a card with regions is shown."""
    kind = card.note.kind
    is_drawn = isinstance(kind, Occlusion) and pictures_of(card)(kind.image) is not None
    return PictureDisplay.DRAWN if is_drawn else PictureDisplay.OPENED
