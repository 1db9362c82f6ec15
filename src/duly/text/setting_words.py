"""The settings in words: their names, a sentence of help for each, and their values."""

from duly.i18n import _
from duly.settings import DEFAULTS, Settings

NAMES = (
    "language", "theme", "width", "new_per_day", "reviews_per_day", "bury_siblings", "rollover", "scheduler",
    "retention", "fuzz", "balance", "raw_grades", "explain_grades", "play_sounds", "keys", "decks", "sync",
)  # fmt: skip
"""The settings in the order in which they are shown."""


def setting_name(name: str) -> str:
    """The name of a setting."""
    return {
        "language": _("Language"),
        "theme": _("Theme"),
        "width": _("Card width"),
        "new_per_day": _("New cards per day"),
        "reviews_per_day": _("Reviews per day"),
        "bury_siblings": _("One card per note a day"),
        "rollover": _("Day starts at"),
        "scheduler": _("Scheduler"),
        "retention": _("Desired retention"),
        "fuzz": _("Spread due days slightly"),
        "balance": _("Even out the days"),
        "raw_grades": _("Grades 0 to 5"),
        "explain_grades": _("Explain the grades"),
        "play_sounds": _("Play sounds"),
        "keys": _("Custom keys"),
        "decks": _("Limits of single decks"),
        "sync": _("Sync"),
    }.get(name, name)


def setting_help(name: str) -> str:
    """What a setting does, in a sentence."""
    return {
        "language": _("The language of duly itself; cards have their own."),
        "theme": _("The colours of the screen."),
        "width": _("In terminal cells, 20 to 400. Longer lines are harder to read."),
        "new_per_day": _("How many new cards you see in a day."),
        "reviews_per_day": _("How many due cards you see in a day at most."),
        "bury_siblings": _("The other cards of a note wait until another day."),
        "rollover": _("The hour at which a study day begins: learning at midnight still counts for today."),
        "scheduler": _("sm2-paper is SM-2 as published, fsrs is FSRS-6; the others follow other programs."),
        "retention": _("The share of answers that FSRS is to make right, 0.70 to 0.99. More means more reviews."),
        "fuzz": _("Cards learned together do not always come back together; intervals stay SM-2's."),
        "balance": _("Of the days to which a card may be moved, it gets the one with the fewest cards."),
        "raw_grades": _("The six grades of SM-2 instead of four buttons."),
        "play_sounds": _("Sounds play by themselves when their side comes up; r plays them again."),
        "explain_grades": _("Below a grade, how it changes the easiness E, by which later intervals are multiplied."),
        "keys": _("Set in the file, under [keys]; docs/keys.md lists the ids."),
        "decks": _('Set in the file, as [decks."name"] with new_per_day or reviews_per_day.'),
        "sync": _('Set in the file, under [sync]: folder = "…" for your computers, collection = "…" for Anki.'),
    }.get(name, "")


def setting_value(settings: Settings, name: str) -> str:
    """The value of a setting, in words where it has some."""
    return value_name(name, getattr(settings, name))


def value_name(name: str, value: object) -> str:
    """A value of a setting, in words where it has some."""
    match name, value:
        case "language", "":
            return _("as the system says")
        case "language", "en":
            return "English"
        case "language", "zh":
            return "中文"
        case "theme", "":
            return _("the default")
        case "retention", float(share):
            return f"{share:.2f}"
        case "rollover", hour:
            return f"{hour:02}:00"
        case _, bool():
            return _("yes") if value else _("no")
        case "sync", sync:
            return sync.collection or sync.folder or _("none")  # type: ignore[attr-defined]
        case (("keys" | "decks"), entries):
            return str(len(entries)) if entries else _("none")  # type: ignore[arg-type]
        case _:
            return str(value)


def is_default(settings: Settings, name: str) -> bool:
    """Whether a setting has its default value."""
    return bool(getattr(settings, name) == getattr(DEFAULTS, name))
