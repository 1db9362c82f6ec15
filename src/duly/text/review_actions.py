"""The actions on the asked card besides grading, by name, and the keys shown below the card."""

from collections.abc import Callable, Mapping

from duly.i18n import _
from duly.study.session import Session
from duly.study.undo import ActionResult
from duly.text.card_lines import CardPresentation, has_math, typed_answer

ACTIONS: Mapping[str, Callable[[Session], ActionResult | None]] = {
    "star": Session.star,
    "bury": Session.bury,
    "bury_note": lambda session: session.bury(note=True),
    "suspend": Session.suspend,
    "suspend_note": lambda session: session.suspend(note=True),
}
"""The actions by the names that keys and typed commands share."""

KeyHint = tuple[str, str]
"""A key and a word for what it does."""


def key_hints(session: Session, presentation: CardPresentation, best: str, *, typing: bool) -> tuple[KeyHint, ...]:
    """The keys shown below a card, the most useful first.

    `best` is the name of the suggested grade, `typing` whether an answer is being typed.
    """
    if typing:
        return (("⏎", _("show answer")), ("esc", _("back")))
    common_hints: tuple[KeyHint, ...] = (("?", _("help")), ("u", _("undo")), ("q", _("back")), ("e", _("edit")))
    if not session.is_practice:  # practice writes nothing down
        common_hints = (*common_hints, ("*", _("star")), ("-", _("bury")), ("@", _("suspend")))
    math_hints: tuple[KeyHint, ...] = (("m", _("source")),) if has_math(presentation.card) else ()
    if session.is_revealed:
        return (("␣", best), *common_hints, *math_hints)
    return (("␣", _("show answer")), *_question_hints(presentation), *common_hints, *math_hints)


def _question_hints(presentation: CardPresentation) -> tuple[KeyHint, ...]:
    hints: list[KeyHint] = []
    note = presentation.card.asked_note
    if presentation.options:
        hints.append((f"1–{len(presentation.options)}", _("choose")))
    elif typed_answer(presentation.card):
        hints.append(("t", _("type")))
    if note.hint and not presentation.hint:
        hints.append(("h", _("hint")))
    return tuple(hints)
