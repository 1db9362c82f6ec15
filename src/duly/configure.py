"""Changing one setting in the learner's file: its comments, its order and all else stay."""

from pathlib import Path

from duly.errors import DulyError
from duly.message import message
from duly.replace import replace_file, replacing
from duly.settings import Settings, settings_in

Value = str | int | float | bool


def change_setting(file: Path, name: str, value: Value | None) -> Settings:
    """Sets `name` to `value`, or takes its line out for None; the settings then in force.

    Raises `DulyError`, with the file as it was, where it cannot be read or written, or would be wrong.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        old = file.read_bytes() if file.exists() else None
        document = tomlkit.parse((old or b"").decode("utf-8"))
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise DulyError(message("{file}: the settings cannot be read: {error}", file=file, error=error)) from error
    if value is None:
        document.pop(name, None)
    else:
        document[name] = value
    text = tomlkit.dumps(document)
    settings = settings_in(text, file)
    _write(file, old, text.encode("utf-8"))
    return settings


def _write(file: Path, old: bytes | None, new: bytes) -> None:
    if old is not None:
        replace_file(file, old, new, follow=True)  # many keep their settings elsewhere, and a link here
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DulyError(message("{file}: its folder cannot be created: {error}", file=file, error=error)) from error
    with replacing(file, follow=True) as stream:
        stream.write(new)
