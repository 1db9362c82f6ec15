"""The language a person wants is found where systems say it."""

import gettext
from collections.abc import Mapping

import pytest

from duly.i18n import CATALOGS, DOMAIN, language


@pytest.mark.parametrize(
    ("environment", "found"),
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
    environment: Mapping[str, str], found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert language(environment) == found
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (gettext.find(DOMAIN, CATALOGS) is not None) == (found == "zh")  # as gettext has it
