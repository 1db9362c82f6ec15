"""The language of the user interface: English is in the code, every other language in a gettext catalog."""

import gettext
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from duly.message import Message, join_values

DOMAIN, CATALOGS = "duly", Path(__file__).parent / "locale"
CATALOG_NAMES = {"en": "en", "zh": "zh_CN"}
LANGUAGE_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""The environment variables that name languages, as gettext reads them; the first may list several after colons."""


@cache
def _catalog(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, CATALOGS, languages=[CATALOG_NAMES[language]], fallback=True)


class _Choice:
    """The language of this process, "" until it is set."""

    language = ""


def set_language(language: str) -> None:
    """Chooses the language: ``en``, ``zh``, or "" for that of the locale."""
    _Choice.language = language


@cache
def system_languages(platform: str = sys.platform, home: Path | None = None) -> Sequence[str]:
    """The languages of Windows or macOS, like ``zh-Hans-CN`` or ``zh_CN``, the preferred one first.

    macOS has them in the preferences in the `home` folder. Other systems name theirs in the environment.
    """
    if platform == "win32":
        import ctypes
        from locale import windows_locale

        number = getattr(ctypes, "windll").kernel32.GetUserDefaultUILanguage()  # noqa: B009 - only Windows has it
        return (windows_locale.get(number, ""),)
    if platform == "darwin":
        import plistlib
        from xml.parsers.expat import ExpatError

        file = (home or Path.home()) / "Library/Preferences/.GlobalPreferences.plist"
        try:
            with file.open("rb") as stream:
                return tuple(map(str, plistlib.load(stream)["AppleLanguages"]))
        except (OSError, ValueError, KeyError, TypeError, ExpatError):
            return ()
    return ()


def language(
    environment: Mapping[str, str] = os.environ, system: Callable[[], Sequence[str]] = system_languages
) -> str:
    """The language in force, ``en`` or ``zh``: chosen, or from the environment, or from the system."""
    if _Choice.language:
        return _Choice.language
    values = (environment[variable] for variable in LANGUAGE_VARIABLES if environment.get(variable))
    environment_names = next((value.split(":") for value in values), None)
    languages = [
        code
        for name in (system() if environment_names is None else environment_names)
        for code in CATALOG_NAMES
        if name.lower().startswith(code)
    ]
    return languages[0] if languages else "en"


def install() -> None:
    """Installs the catalog for libraries that call ``gettext`` themselves, as click does for usage messages.

    They read the environment, so ``LANGUAGE`` is set if the environment names another language.
    """
    gettext.bindtextdomain(DOMAIN, CATALOGS)
    gettext.textdomain(DOMAIN)
    if (gettext.find(DOMAIN, CATALOGS) is not None) != (language() != "en"):
        os.environ["LANGUAGE"] = CATALOG_NAMES[language()]


def _(text: str) -> str:
    """The text in the language in force."""
    return _catalog(language()).gettext(text)


def counted(singular: str, plural: str, number: int, **values: object) -> str:
    """The singular or plural text for `number`, with ``{n}`` and the other values filled in."""
    return _catalog(language()).ngettext(singular, plural, number).format(n=number, **values)


def translate(message: Message) -> str:
    """The message in the language in force."""
    values = {
        name: translate(value) if isinstance(value, Message) else join_values(value, _(", "))
        for name, value in message.values.items()
    }
    return _(message.template).format_map(values)
