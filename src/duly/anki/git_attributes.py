"""The ``.gitattributes`` file that has git merge duly's own files by keeping the lines of both branches."""

from pathlib import Path

from duly.atomic_write import refuse_outside, replacing

FILE = Path(".duly", ".gitattributes")
TEXT = "anki/** merge=union\nexports/** merge=union\nnote-types.txt merge=union\n"
EARLIER = ("exports/** merge=union\nnote-types.txt merge=union\n",)
"""The contents written by earlier versions of duly."""


def write_attributes(folder: Path) -> None:
    """Writes the file in `folder` unless the author has one. Raises `DulyError` or `OSError` if that fails."""
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
