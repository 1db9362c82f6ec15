"""A small deck to try duly with, in each language."""

from importlib.resources import files
from pathlib import Path

from duly.atomic_write import replacing
from duly.errors import DulyError, not_writable
from duly.message import message

NAME = "demo.yaml"


def write_demo(folder: Path, language: str) -> Path:
    """Writes the demo deck of a language (``en`` or ``zh``) into a folder, creating it if needed; returns the file.

    Raises `DulyError` if the file exists already, or cannot be written.
    """
    file = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_writable(file, error) from error
    if file.exists():
        raise DulyError(message("{file} already exists; it was left unchanged", file=file))
    with replacing(file) as stream:
        stream.write((files("duly.study.demo") / f"{language}.yaml").read_bytes())
    return file
