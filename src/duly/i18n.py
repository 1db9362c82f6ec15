"""The language a face speaks: English is in the code, every other one in a gettext catalog."""

import gettext
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from duly.message import Message, joined

DOMAIN, CATALOGS = "duly", Path(__file__).parent / "locale"
CODES = {"en": "en", "zh": "zh_CN"}
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""What of the environment names languages, as gettext reads it; the first holds several, with colons between."""


@cache
def _catalog(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, CATALOGS, languages=[CODES[language]], fallback=True)


class _Current:
    """The language of this process: set once by a face, until then taken from the locale."""

    language = ""


def set_language(language: str) -> None:
    """Chooses the language: ``en``, ``zh``, or "" for what the locale says."""
    _Current.language = language


@cache
def system_languages(platform: str = sys.platform, home: Path | None = None) -> Sequence[str]:
    """The languages, like ``zh-Hans-CN`` or ``zh_CN``, that Windows or macOS is set to, the best first.

    On macOS they are in the preferences below the home folder. Other systems name theirs in the environment.
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
    """The language in force, ``en`` or ``zh``: the one chosen, or that of the environment, or that of the system."""
    if _Current.language:
        return _Current.language
    values = (environment[variable] for variable in VARIABLES if environment.get(variable))
    named = next((value.split(":") for value in values), None)
    wanted = [
        code for name in (system() if named is None else named) for code in CODES if name.lower().startswith(code)
    ]
    return wanted[0] if wanted else "en"


def install() -> None:
    """Installs the catalog for libraries that call ``gettext`` themselves, as click does for messages on usage.

    Such a library reads the environment, so ``LANGUAGE`` is set where that names another language.
    """
    gettext.bindtextdomain(DOMAIN, CATALOGS)
    gettext.textdomain(DOMAIN)
    if (gettext.find(DOMAIN, CATALOGS) is not None) != (language() != "en"):
        os.environ["LANGUAGE"] = CODES[language()]


def _(text: str) -> str:
    """The text in the language in force."""
    return _catalog(language()).gettext(text)


def counted(singular: str, plural: str, number: int, **values: object) -> str:
    """The text for a number of things, with ``{n}`` and the other values filled in."""
    return _catalog(language()).ngettext(singular, plural, number).format(n=number, **values)


def translate(message: Message) -> str:
    """A sentence from another room, in the language in force."""
    values = {
        name: translate(value) if isinstance(value, Message) else joined(value, _(", "))
        for name, value in message.values.items()
    }
    return _(message.template).format_map(values)
