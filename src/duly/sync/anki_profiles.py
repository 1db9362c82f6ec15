"""Finds the collections of Anki on this computer."""

import os
import sys
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

COLLECTION = "collection.anki2"


def collections(environment: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """The collection files of all Anki profiles on this computer, by profile name."""
    return tuple(sorted(_folder(environment).glob(f"*/{COLLECTION}")))


def _folder(environment: Mapping[str, str]) -> Path:
    """Anki's data folder (https://docs.ankiweb.net/files.html)."""
    if base := environment.get("ANKI_BASE"):
        return Path(base)
    home = Path(environment.get("HOME") or Path.home())
    if sys.platform == "win32":
        return Path(environment.get("APPDATA") or home) / "Anki2"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "Anki2"
    return Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share") / "Anki2"


def collection_name(collection: Path) -> str:
    """A unique name of a collection, for the folder with the base of its syncs."""
    real_file = os.path.realpath(collection)
    return f"{Path(real_file).parent.name}-{blake2b(os.fsencode(real_file), digest_size=4).hexdigest()}"
