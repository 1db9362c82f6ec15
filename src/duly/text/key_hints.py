"""The keys shown below a card, the most useful first."""

from duly.i18n import _
from duly.study.session import Session
from duly.text.card_lines import CardPresentation, has_math, typed_answer

Hint = tuple[str, str]


def key_hints(session: Session, showing: CardPresentation, best: str, *, typing: bool) -> tuple[Hint, ...]:
    """Pairs of a key and a word. `best` is the name of the suggested grade; `typing` whether an answer is typed."""
    if typing:
        return (("⏎", _("show answer")), ("esc", _("back")))
    rest: tuple[Hint, ...] = (("?", _("help")), ("u", _("undo")), ("q", _("back")), ("e", _("edit")))
    if not session.practice:  # in which nothing is written down
        rest = (*rest, ("*", _("star")), ("-", _("bury")), ("@", _("suspend")))
    math: tuple[Hint, ...] = (("m", _("source")),) if has_math(showing.card) else ()
    if session.revealed:
        return (("␣", best), *rest, *math)
    return (("␣", _("show answer")), *_on_question(showing), *rest, *math)


def _on_question(showing: CardPresentation) -> tuple[Hint, ...]:
    hints: list[Hint] = []
    note = showing.card.asked
    if showing.options:
        hints.append((f"1–{len(showing.options)}", _("choose")))
    elif typed_answer(showing.card):
        hints.append(("t", _("type")))
    if note.hint and not showing.hint:
        hints.append(("h", _("hint")))
    return tuple(hints)
