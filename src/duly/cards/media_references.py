"""The images and sounds a text shows: ``![alt](path)`` and ``<img src="path">``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

SOUNDS = (".mp3", ".ogg", ".oga", ".opus", ".wav", ".flac", ".m4a", ".aac", ".spx", ".3gp")
"""File endings of sounds."""
VIDEOS = (".mp4", ".webm", ".mkv", ".mov", ".avi", ".ogv")
"""File endings of videos, which Anki plays like sounds."""
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".webp", ".avif", ".tif", ".tiff", ".ico")
"""File endings of pictures."""

_CODE = (
    r"(?P<fence>^ {0,3}(?P<tick>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=tick)[`~]*[ \t]*$|\Z))"
    r"|(?P<span>(?<![\\`])(?P<run>`++).+?(?<!`)(?P=run)(?!`))"  # `` `![a](b)` ``
)
_IMAGE = (
    r"(?<!\\)!\[(?P<alt>(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*+)\]"  # ``![a dog]``, ``![a [small] dog]``
    r"\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>(?:\\.|[^\s()\\]|\((?:[^\s()])*\))+))"  # ``(<a dog.png>``, ``(a(1).png``
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"  # `` "its title")``, ``)``
)
_HTML = r"<img\b[^<>]*?(?<![\w-])src\s*=\s*(?:\"(?P<double>[^\"<>\n]*)\"|'(?P<single>[^'<>\n]*)')"
_REFERENCE = re.compile(f"{_CODE}|{_IMAGE}|{_HTML}", re.MULTILINE | re.DOTALL)
"""A path to a file, ``![alt](a.png)`` or ``<img src="a.png">``; or code, whose paths do not count."""


@dataclass(frozen=True, slots=True)
class MediaReference:
    """A path, with percent-encoding and escapes decoded, and its start in the text."""

    path: str
    offset: int

    @property
    def is_remote(self) -> bool:
        """Whether this is an address on the web and not a file."""
        return bool(re.match(r"(?i)[a-z][a-z0-9+.-]+:|//", self.path))  # https:, //example.org

    @property
    def is_inlined(self) -> bool:
        """Whether this is a ``data:`` address, which contains the media itself."""
        return self.path[:5].lower() == "data:"

    @property
    def is_sound(self) -> bool:
        return self.path.lower().endswith(SOUNDS)

    @property
    def is_video(self) -> bool:
        return self.path.lower().endswith(VIDEOS)


def is_picture(path: str) -> bool:
    """Whether a path has the file ending of a picture."""
    return path.lower().endswith(PICTURES)


def references(text: str, *, html: bool = True) -> Iterator[MediaReference]:
    """The images and sounds of a Markdown text, in order, except in code; with `html`, those in HTML tags too."""
    if not has_media(text):
        return
    for match in _REFERENCE.finditer(text):
        group = next((name for name in ("angle", "bare", "double", "single") if match[name]), "")
        if group in ("angle", "bare"):
            path = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", match[group])  # \( in a\(1\).png
            yield MediaReference(unquote(path), match.start(group))
        elif group and html:
            yield MediaReference(unquote(unescape(match[group])), match.start(group))


_QUOTED = str.maketrans({"%": "%25", "<": "%3C", ">": "%3E"})


def destination(address: str, *, quoted: bool = True) -> str:
    """An address, escaped for a link or an image; with `quoted`, its percent signs are literal characters."""
    address = address.translate(_QUOTED) if quoted else address
    if re.search(r"[\s()<>\\]", address) or not address:
        return "<" + re.sub(r"([<>\\])", r"\\\1", address) + ">"
    return address


def has_media(text: str) -> bool:
    """A fast check whether a text may show an image or a sound."""
    return "![" in text or "<img" in text
