"""Images that stand in a text itself, as ``data:`` addresses: each becomes a file, named by its content."""

import binascii
import re
from hashlib import blake2b
from pathlib import Path
from urllib.parse import unquote_to_bytes

from duly.anki.incoming.media import RawMedia

ENDINGS = {"jpeg": "jpg", "svg+xml": "svg", **{name: name for name in ("avif", "bmp", "gif", "jpg", "png", "webp")}}
_ADDRESS = re.compile(r"data:image/([a-z+]+)((?:;[^;,]*)*),", re.IGNORECASE)


def inlined(address: str) -> RawMedia | None:
    """The image that the address holds; None if it is no such address, or what it holds is no whole image."""
    head = _ADDRESS.match(address)
    ending = ENDINGS.get(head[1].lower()) if head else None
    if head is None or ending is None:
        return None
    content = unquote_to_bytes(address[head.end() :])
    if head[2].lower().endswith(";base64"):
        content = b"".join(content.split())
        padding = b"=" * (-len(content) % 4)  # browsers do without
        try:
            content = binascii.a2b_base64(content + padding, strict_mode=True)
        except binascii.Error:
            return None
    if not content:
        return None
    name = f"inlined-{blake2b(content, digest_size=16).hexdigest()}.{ending}"
    return RawMedia(name, Path(name), lambda: iter((content,)))
