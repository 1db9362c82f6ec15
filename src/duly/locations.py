"""Where duly keeps what is the learner's own, on each platform."""

import os
from collections.abc import Mapping
from pathlib import Path


def data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder for progress: ``DULY_HOME`` if set, else the platform's folder for a user's data."""
    if home := environment.get("DULY_HOME"):
        return Path(home).expanduser()
    import platformdirs

    return platformdirs.user_data_path("duly", appauthor=False)


def journal_file(environment: Mapping[str, str] = os.environ) -> Path:
    """The database of answers: ``DULY_DB`` if set, else ``duly.db`` in the data folder."""
    if database := environment.get("DULY_DB"):
        return Path(database).expanduser()
    return data_folder(environment) / "duly.db"


def exports_file(environment: Mapping[str, str] = os.environ) -> Path:
    """The memory of what was exported to Anki, and when."""
    return data_folder(environment) / "exports.db"


def cache_file(environment: Mapping[str, str] = os.environ) -> Path:
    """What was computed before; it may be deleted: in ``DULY_HOME`` if set, else in the platform's cache folder."""
    if home := environment.get("DULY_HOME"):
        return Path(home).expanduser() / "cache.db"
    import platformdirs

    return platformdirs.user_cache_path("duly", appauthor=False) / "cache.db"


def settings_file(environment: Mapping[str, str] = os.environ) -> Path:
    """The learner's settings: ``config.toml`` in ``DULY_HOME`` if set, else in the platform's folder for settings."""
    if home := environment.get("DULY_HOME"):
        return Path(home).expanduser() / "config.toml"
    import platformdirs

    return platformdirs.user_config_path("duly", appauthor=False) / "config.toml"
