"""The language a person wants is found where systems say it."""

import gettext
import plistlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from duly.i18n import CATALOGS, DOMAIN, language, set_language, system_languages, translate
from duly.message import message


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANGUAGE": "zh_CN:zh", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LANGUAGE": "en_US:en", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANGUAGE": "fr:zh_CN:en", "LANG": "fr_FR.UTF-8"}, "zh"),
        ({"LANGUAGE": "", "LANG": "zh_CN.UTF-8"}, "zh"),
    ],
)
def test_the_language_is_the_first_that_the_environment_wants_and_duly_speaks(
    environment: Mapping[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert language(environment) == expected
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (gettext.find(DOMAIN, CATALOGS) is not None) == (expected == "zh")  # as gettext has it


@pytest.mark.parametrize(
    ("environment", "system", "expected"),
    [
        ({}, ("zh-Hans-CN", "en-CN"), "zh"),
        ({}, ("zh_CN",), "zh"),
        ({}, ("de-DE", "zh-Hant-TW"), "zh"),
        ({}, ("de-DE",), "en"),
        ({"LANG": ""}, ("zh_CN",), "zh"),
        ({"LANG": "en_US.UTF-8"}, ("zh_CN",), "en"),
        ({"LANG": "C"}, ("zh_CN",), "en"),
    ],
)
def test_where_the_environment_names_no_language_the_system_is_asked(
    environment: Mapping[str, str], system: tuple[str, ...], expected: str
) -> None:
    assert language(environment, lambda: system) == expected


def test_a_mac_tells_its_languages_in_the_preferences(tmp_path: Path) -> None:
    file = tmp_path / "Library/Preferences/.GlobalPreferences.plist"
    file.parent.mkdir(parents=True)
    file.write_bytes(plistlib.dumps({"AppleLanguages": ["zh-Hans-CN", "en-CN"]}, fmt=plistlib.FMT_BINARY))
    assert system_languages("darwin", tmp_path) == ("zh-Hans-CN", "en-CN")


@pytest.mark.parametrize("content", [b"", b"bplist00", b"<plist><", plistlib.dumps({}), plistlib.dumps(["zh"])])
def test_preferences_that_cannot_be_read_tell_no_language(content: bytes, tmp_path: Path) -> None:
    assert system_languages("darwin", tmp_path / "nobody") == ()
    file = tmp_path / "Library/Preferences/.GlobalPreferences.plist"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    assert system_languages("darwin", tmp_path) == ()


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "there is no key 'x'; there are q, a"), ("zh", "没有键 'x'；可用的有 q、a")]
)
def test_an_enumeration_is_joined_as_the_language_does_it(language: str, sentence: str) -> None:
    set_language(language)
    assert translate(message("there is no key {key!r}; there are {known}", key="x", known=["q", "a"])) == sentence
