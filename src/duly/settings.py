"""The learner's settings: a small TOML file in which every line is optional. Reads it, and changes single settings."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from duly.errors import DulyError
from duly.message import message

LANGUAGES = ("en", "zh")
SCHEDULERS = ("sm2-paper", "sm2-vendor", "sm2-calculator", "sm2-newef", "fsrs")


@dataclass(frozen=True, slots=True)
class DeckLimits:
    """The limits of one deck and the decks within it; None where the deck has no limit of its own."""

    new_per_day: int | None = None
    reviews_per_day: int | None = None


@dataclass(frozen=True, slots=True)
class SyncSettings:
    """What duly syncs the journal with; "" means nothing.

    `folder` is a folder shared with other computers, `collection` the file of Anki on this computer, `server` the
    address of a self-hosted sync server. `schedule` says who plans the due day of a card that was answered in Anki.
    `automatic` also syncs with Anki or the server when a quiz begins and ends.
    """

    folder: str = ""
    collection: str = ""
    server: str = ""
    schedule: str = "duly"
    automatic: bool = False


SYNC_CHOICES = {"schedule": ("duly", "anki")}


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `language` "" means the language of the locale.

    `new_per_day` and `reviews_per_day` count per study day; `rollover` is the hour at which a study day begins;
    `retention` is the share of right answers that FSRS aims at; `raw_grades` offers SM-2's grades 0 to 5 instead of
    four buttons; `explain_grades` shows the effect of grades on the easiness; `fuzz` moves due days a little, never
    intervals; `balance` moves them as far, to the days with the fewest due cards; `play_sounds` plays the sounds of a
    side when it appears; `width` is the largest width of a card in terminal cells; `keys` gives bindings other keys,
    by id; `decks` gives decks their own limits, by name; `sync` says what the journal is synced with.
    """

    language: str = ""
    scheduler: str = "sm2-paper"
    retention: float = 0.9
    new_per_day: int = 20
    reviews_per_day: int = 200
    rollover: int = 4
    raw_grades: bool = False
    explain_grades: bool = True
    fuzz: bool = False
    balance: bool = False
    bury_siblings: bool = True
    play_sounds: bool = True
    width: int = 88
    theme: str = ""
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    decks: Mapping[str, DeckLimits] = field(default_factory=lambda: MappingProxyType({}))
    sync: SyncSettings = SyncSettings()


DEFAULTS = Settings()

RANGES: Mapping[str, tuple[float, float]] = {
    "new_per_day": (0, 9999),
    "reviews_per_day": (0, 9999),
    "rollover": (0, 23),
    "width": (20, 400),
    "retention": (0.7, 0.99),
}
CHOICES: Mapping[str, tuple[str, ...]] = {"language": ("", *LANGUAGES), "scheduler": SCHEDULERS}


def read_settings(file: Path) -> Settings:
    """The settings in `file`; the defaults if there is no such file.

    Raises `DulyError` where the file cannot be read, is no TOML, or sets something unknown or out of range.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return DEFAULTS
    except (OSError, UnicodeDecodeError) as error:
        raise DulyError(message("{file}: the settings cannot be read: {error}", file=file, error=error)) from error
    return settings_in(text, file)


def settings_in(text: str, file: Path) -> Settings:
    """The settings in this text of `file`. Raises `DulyError` as `read_settings` does."""
    import tomllib  # loaded only if there is a settings file

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DulyError(message("{file}: the settings cannot be read: {error}", file=file, error=error)) from error
    if isinstance(table.get("language"), str):
        table["language"] = table["language"].replace("_", "-").partition("-")[0].lower()  # zh-CN, zh_Hans
    setting_names = {item.name for item in fields(Settings)}
    for name, value in table.items():
        if name not in setting_names:
            raise DulyError(
                message(
                    "{file}: there is no setting {name!r}; there are {known}",
                    file=file,
                    name=name,
                    known=sorted(setting_names),
                )
            )
        _check(file, name, value)
    if "decks" in table:
        table["decks"] = MappingProxyType({deck: DeckLimits(**limits) for deck, limits in table["decks"].items()})
    if "sync" in table:
        table["sync"] = SyncSettings(**table["sync"])
    if "keys" in table:
        table["keys"] = MappingProxyType(table["keys"])
    return replace(DEFAULTS, **table)


def _check(file: Path, name: str, value: Any) -> None:
    if name == "decks":
        _check_decks(file, value)
        return
    if name == "sync":
        _check_sync(file, value)
        return
    default = getattr(DEFAULTS, name)
    kind = dict if name == "keys" else type(default)
    if type(value) is not kind or (name == "keys" and not all(isinstance(key, str) for key in value.values())):
        raise DulyError(
            message("{file}: {name} is {value!r}, but should be like {example!r}", file=file, name=name, value=value,
                    example={"review.good": "space,l"} if name == "keys" else default)
        )  # fmt: skip
    if isinstance(value, int | float) and name in RANGES and not RANGES[name][0] <= value <= RANGES[name][1]:
        low, high = RANGES[name]
        raise DulyError(
            message("{file}: {name} is {value}, but should lie between {low} and {high}", file=file, name=name,
                    value=value, low=low, high=high)
        )  # fmt: skip
    if name in CHOICES and value not in CHOICES[name]:
        choices = [repr(choice) for choice in CHOICES[name]]
        raise DulyError(
            message("{file}: {name} is {value!r}, but should be one of {known}", file=file, name=name, value=value,
                    known=choices)
        )  # fmt: skip


def _check_decks(file: Path, decks: Any) -> None:
    """Raises `DulyError` unless every deck has limits, and nothing else."""
    names = {item.name for item in fields(DeckLimits)}
    for limits in decks.values() if isinstance(decks, dict) else [decks]:
        if not isinstance(limits, dict) or not limits.keys() <= names:
            raise DulyError(
                message('{file}: write the limits of a deck like [decks."ml::sparse"], then lines with one of {known}',
                        file=file, known=sorted(names))
            )  # fmt: skip
        for name, value in limits.items():
            _check(file, name, value)


def _check_sync(file: Path, table: Any) -> None:
    names = [item.name for item in fields(SyncSettings)]
    if not isinstance(table, dict) or not table.keys() <= set(names):
        raise DulyError(message("{file}: under [sync] there are {known}", file=file, known=", ".join(names)))
    for name, value in table.items():
        default = getattr(SyncSettings(), name)
        if type(value) is not type(default):
            raise DulyError(
                message("{file}: {name} is {value!r}, but should be like {example!r}", file=file, name=name,
                        value=value, example="~/Dropbox/duly" if isinstance(default, str) else default)
            )  # fmt: skip
        if value not in (choices := SYNC_CHOICES.get(name, (value,))):
            choice_names = ", ".join(map(repr, choices))
            raise DulyError(
                message("{file}: {name} is {value!r}, but should be one of {known}", file=file, name=name, value=value,
                        known=choice_names)
            )  # fmt: skip


def as_toml(settings: Settings) -> str:
    """All settings, with their defaults, as the text of a settings file."""
    import tomlkit

    table = {item.name: getattr(settings, item.name) for item in fields(Settings)}
    table["keys"] = dict(settings.keys)
    table["decks"] = {
        deck: {name: value for name, value in asdict(limits).items() if value is not None}
        for deck, limits in settings.decks.items()
    }
    table["sync"] = asdict(settings.sync)
    return tomlkit.dumps(table)


SettingValue = str | int | float | bool


def change_setting(file: Path, name: str, value: SettingValue | None) -> Settings:
    """Sets `name`, such as ``width`` or ``sync.folder``, to `value`, or removes its line for None.

    Returns the new settings. Raises `DulyError`, and leaves the file unchanged, if the file cannot be read or written,
    or if the value is invalid.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        old_content = file.read_bytes() if file.exists() else None
        document = tomlkit.parse((old_content or b"").decode("utf-8"))
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise DulyError(message("{file}: the settings cannot be read: {error}", file=file, error=error)) from error
    *tables, key = name.split(".")
    holder: Any = document
    for table in tables:
        holder = holder.setdefault(table, tomlkit.table())
    if value is None:
        holder.pop(key, None)
    else:
        holder[key] = value
    text = tomlkit.dumps(document)
    settings = settings_in(text, file)
    _write_settings(file, old_content, text.encode("utf-8"))
    return settings


def _write_settings(file: Path, old_content: bytes | None, new_content: bytes) -> None:
    from duly.atomic_write import replace_file, replacing  # loaded only when a setting is changed

    if old_content is not None:
        # The file is often a link into a repository of settings.
        replace_file(file, old_content, new_content, follow=True)
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DulyError(message("{file}: its folder cannot be created: {error}", file=file, error=error)) from error
    with replacing(file, follow=True) as stream:
        stream.write(new_content)
