"""What tells git to keep the lines of both branches in the files that duly keeps beside the decks."""

from pathlib import Path

from duly.atomic_write import refuse_outside, replacing

FILE = Path(".duly", ".gitattributes")
TEXT = "anki/** merge=union\nexports/** merge=union\nnote-types.txt merge=union\n"
EARLIER = ("exports/** merge=union\nnote-types.txt merge=union\n",)
"""What earlier versions of duly wrote."""


def write_attributes(folder: Path) -> None:
    """Writes it for the decks in `folder`, unless the author did. Raises `DulyError` or `OSError` if that fails."""
    file = folder / FILE
    refuse_outside(file, folder)
    try:
        if file.read_text(encoding="utf-8") not in EARLIER:
            return
    except FileNotFoundError:
        pass
    except UnicodeDecodeError:
        return
    with replacing(file) as stream:
        stream.write(TEXT.encode())
