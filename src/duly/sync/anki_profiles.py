"""Where the Anki on this computer keeps its collections."""

import os
import sys
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

COLLECTION = "collection.anki2"


def collections(environment: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """The collection of each profile of the Anki on this computer, by name."""
    return tuple(sorted(_folder(environment).glob(f"*/{COLLECTION}")))


def _folder(environment: Mapping[str, str]) -> Path:
    """Anki's folder, as its manual has it: https://docs.ankiweb.net/files.html."""
    if base := environment.get("ANKI_BASE"):
        return Path(base)
    home = Path(environment.get("HOME") or Path.home())
    if sys.platform == "win32":
        return Path(environment.get("APPDATA") or home) / "Anki2"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "Anki2"
    return Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share") / "Anki2"


def collection_name(collection: Path) -> str:
    """A name for what is remembered of a collection, which no other one on this computer has."""
    real = os.path.realpath(collection)
    return f"{Path(real).parent.name}-{blake2b(os.fsencode(real), digest_size=4).hexdigest()}"
