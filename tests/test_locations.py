"""The folders are those that the library for it names, whether it is asked or not."""

import sys

import platformdirs
import pytest

from duly.locations import XDG, cache_file, exports_file, journal_file, settings_file


@pytest.mark.parametrize("value", [None, "", "/elsewhere", "relative", "/with space/ü"])
@pytest.mark.parametrize("home", ["/home/learner", "", "relative"])
def test_they_are_those_of_the_platform(monkeypatch: pytest.MonkeyPatch, value: str | None, home: str) -> None:
    monkeypatch.delenv("DULY_HOME")
    monkeypatch.setenv("HOME", home)
    for variable, _usual in XDG.values():
        if value is None:
            monkeypatch.delenv(variable, raising=False)
        else:
            monkeypatch.setenv(variable, value)
    data = platformdirs.user_data_path("duly", appauthor=False)
    assert (journal_file(), exports_file()) == (data / "duly.db", data / "exports.db")
    assert cache_file() == platformdirs.user_cache_path("duly", appauthor=False) / "cache.db"
    assert settings_file() == platformdirs.user_config_path("duly", appauthor=False) / "config.toml"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the library is always asked")
def test_on_linux_the_library_need_not_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DULY_HOME")
    monkeypatch.setenv("HOME", "/home/learner")
    monkeypatch.setitem(sys.modules, "platformdirs", None)
    assert cache_file().name == "cache.db"


def test_a_home_of_ones_own_holds_them_all() -> None:
    environment = {"DULY_HOME": "~/cards"}
    folders = {one(environment).parent for one in (journal_file, exports_file, cache_file, settings_file)}
    assert folders == {journal_file({"DULY_DB": "~/cards/duly.db"}).parent}
