"""Where duly keeps the learner's files, on each platform."""

import os
from collections.abc import Mapping
from pathlib import Path


def journal_file(environment: Mapping[str, str] = os.environ) -> Path:
    """The database of answers: ``DULY_DB`` if set, else ``duly.db`` in the folder for data."""
    if database := environment.get("DULY_DB"):
        return expand_home(database)
    return _folder("data", environment) / "duly.db"


def exports_file(environment: Mapping[str, str] = os.environ) -> Path:
    """The ledger of exports to Anki."""
    return _folder("data", environment) / "exports.db"


def anki_folder(account: str, environment: Mapping[str, str] = os.environ) -> Path:
    """The folder with the base of the syncs with one collection of Anki."""
    return _folder("data", environment) / "anki" / account


def cache_file(environment: Mapping[str, str] = os.environ) -> Path:
    """The cache of computed values; it may be deleted."""
    return _folder("cache", environment) / "cache.db"


def covered_page_file(environment: Mapping[str, str] = os.environ) -> Path:
    """The page that shows a picture with covered regions in a browser; it may be deleted."""
    return _folder("cache", environment) / "covered.html"


def settings_file(environment: Mapping[str, str] = os.environ) -> Path:
    """The learner's settings, ``config.toml``."""
    return _folder("config", environment) / "config.toml"


def _folder(kind: str, environment: Mapping[str, str]) -> Path:
    """The folder for ``data``, ``cache`` or ``config``: ``DULY_HOME`` for all if it is set, else the platform's."""
    if base_folder := environment.get("DULY_HOME"):
        return expand_home(base_folder)
    import platformdirs

    folder: Path = getattr(platformdirs, f"user_{kind}_path")("duly", appauthor=False)
    return folder


def expand_home(path: str) -> Path:
    """A path from a setting, with ``~`` replaced by the learner's home folder."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - `Path.expanduser` raises where there is no such user
