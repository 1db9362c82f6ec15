"""Where duly keeps what is the learner's own, on each platform: paths as text, and as `Path` for all who use them so.

`pathlib` and `platformdirs` take longer to load than `duly due` takes to answer; so they are loaded where they help.
"""

import os
import sys
from collections.abc import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

XDG: Mapping[str, tuple[str, str]] = {
    "data": ("XDG_DATA_HOME", ".local/share"),
    "cache": ("XDG_CACHE_HOME", ".cache"),
    "config": ("XDG_CONFIG_HOME", ".config"),
}
"""Of each kind of folder on Linux, the variable that names it, and where in the home it is if none does."""


def journal_path(environment: Mapping[str, str] = os.environ) -> str:
    """The database of answers: ``DULY_DB`` if set, else ``duly.db`` in the folder for data."""
    if database := environment.get("DULY_DB"):
        return os.path.expanduser(database)
    return os.path.join(_folder("data", environment), "duly.db")


def cache_path(environment: Mapping[str, str] = os.environ) -> str:
    """What was computed before; it may be deleted."""
    return os.path.join(_folder("cache", environment), "cache.db")


def settings_path(environment: Mapping[str, str] = os.environ) -> str:
    """The learner's settings, ``config.toml``."""
    return os.path.join(_folder("config", environment), "config.toml")


def journal_file(environment: Mapping[str, str] = os.environ) -> "Path":
    """`journal_path`."""
    return _as_path(journal_path(environment))


def exports_file(environment: Mapping[str, str] = os.environ) -> "Path":
    """The memory of what was exported to Anki, and when."""
    return _as_path(os.path.join(_folder("data", environment), "exports.db"))


def cache_file(environment: Mapping[str, str] = os.environ) -> "Path":
    """`cache_path`."""
    return _as_path(cache_path(environment))


def settings_file(environment: Mapping[str, str] = os.environ) -> "Path":
    """`settings_path`."""
    return _as_path(settings_path(environment))


def _as_path(path: str) -> "Path":
    from pathlib import Path

    return Path(path)


def _folder(kind: str, environment: Mapping[str, str]) -> str:
    """The folder for ``data``, ``cache`` or ``config``: ``DULY_HOME`` for all if it is set, else the platform's."""
    if home := environment.get("DULY_HOME"):
        return os.path.expanduser(home)
    variable, usual = XDG[kind]
    folder = environment.get(variable) or os.path.join(environment.get("HOME", ""), usual)
    if sys.platform == "linux" and "ANDROID_DATA" not in environment and os.path.isabs(folder):
        return os.path.join(folder, "duly")
    import platformdirs

    found: str = getattr(platformdirs, f"user_{kind}_dir")("duly", appauthor=False)
    return found
