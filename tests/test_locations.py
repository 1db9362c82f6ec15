"""The folders are those that the library for it names, whether it is asked or not."""

from pathlib import Path

import platformdirs
import pytest

from duly.locations import cache_file, exports_file, journal_file, settings_file


@pytest.mark.parametrize("value", [None, "", "/elsewhere", "relative", "/with space/ü"])
@pytest.mark.parametrize("home", ["/home/learner", "", "relative"])
def test_they_are_those_of_the_platform(monkeypatch: pytest.MonkeyPatch, value: str | None, home: str) -> None:
    monkeypatch.delenv("DULY_HOME")
    monkeypatch.setenv("HOME", home)
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        if value is None:
            monkeypatch.delenv(variable, raising=False)
        else:
            monkeypatch.setenv(variable, value)
    data = platformdirs.user_data_path("duly", appauthor=False)
    assert (journal_file(), exports_file()) == (data / "duly.db", data / "exports.db")
    assert cache_file() == platformdirs.user_cache_path("duly", appauthor=False) / "cache.db"
    assert settings_file() == platformdirs.user_config_path("duly", appauthor=False) / "config.toml"


def test_a_home_of_ones_own_holds_them_all() -> None:
    environment = {"DULY_HOME": "~/cards"}
    folders = {location(environment).parent for location in (journal_file, exports_file, cache_file, settings_file)}
    assert folders == {journal_file({"DULY_DB": "~/cards/duly.db"}).parent}


def test_the_home_of_an_unknown_user_is_a_folder_of_that_name() -> None:
    assert settings_file({"DULY_HOME": "~nobody-of-this-name/duly"}) == Path("~nobody-of-this-name/duly/config.toml")
