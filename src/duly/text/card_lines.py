"""A card as styled lines for a terminal: its question, its answer, both sides, or one line of plain text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from duly.cards import BACK, Card
from duly.cards.note import Basic, Choice, Cloze, Occlusion, Reversed, Typed
from duly.cards.typed_answer import Comparison, Stretch, compare_answer
from duly.i18n import _
from duly.markup.characters import escape_html
from duly.markup.cloze.cloze_side import cloze_side
from duly.markup.cloze.cloze_to_html import cloze_to_html
from duly.markup.html.plain_text import plain_text
from duly.markup.html.to_html import to_html
from duly.markup.terminal.layout import layout
from duly.markup.terminal.styled_lines import Line, Run
from duly.markup.terminal.styled_lines import text as line_text
from duly.markup.terminal.styled_lines import width as cells
from duly.study.answer_options import Option, options_in_order, shuffled_options
from duly.text.occlusion_lines import PictureDisplay, asked_region, no_label, region_label, region_number

EMPTY: Line = ()
LONGEST = 10_000
"""The cells of a line that is to hold a whole question."""

RULE = "┄"
"""What is drawn between a question and its answer."""


@dataclass(frozen=True, slots=True)
class CardPresentation:
    """How a card is shown: its options in their order, and what the learner has chosen, typed or asked for."""

    card: Card
    options: tuple[Option, ...] = ()
    chosen: int | None = None
    comparison: Comparison | None = None
    hint: bool = False
    source: bool = False
    """Whether math is shown as it was written."""
    picture: PictureDisplay = PictureDisplay.NAMED
    """How a picture with covered regions is shown."""


def with_card(showing: CardPresentation, card: Card, times: str) -> CardPresentation:
    """The same presentation of a card whose text has changed; the seed `times` shuffles its options as before."""
    options = shuffled_options(card, times)
    return replace(showing, card=card, options=options, chosen=showing.chosen if options == showing.options else None)


def question_lines(showing: CardPresentation, width: int) -> tuple[Line, ...]:
    """The question, its options if it has some, its tags, and the hint if it was asked for."""
    note = showing.card.asked
    lines = list(_question(showing, width, revealed=False))
    if showing.options:
        lines += [EMPTY, *_options(showing, width, revealed=False)]
    if note.tags:
        lines += [EMPTY, *_small(" ".join(f"#{tag}" for tag in note.tags), width)]
    if showing.hint and note.hint:
        lines += [EMPTY, *_small(_("Hint"), width), *_laid(note.hint, showing, width)]
    return tuple(lines)


def answer_lines(showing: CardPresentation, width: int) -> tuple[Line, ...]:
    """The question with its answer below, what was typed, and the extra."""
    note = showing.card.asked
    rule = _rule(width)
    lines: list[Line] = []
    match note.kind:
        case Cloze():
            lines += _question(showing, width, revealed=True)
        case Choice():
            lines += [*_question(showing, width, revealed=False), rule, *_options(showing, width, revealed=True)]
        case Occlusion() as occlusion:
            label = region_label(showing.card, occlusion)
            lines += [*_question(showing, width, revealed=True), rule]
            shown = _laid(label, showing, width) if label else _small(no_label(showing.card), width)
            lines += _compared(showing.comparison, width) if showing.comparison else shown
            lines += [EMPTY, *_laid(occlusion.picture, showing, width)]  # here it pushes no answer out of sight
        case kind:
            answer = kind.question if showing.card.face == BACK else kind.answer
            lines += [*_question(showing, width, revealed=False), rule]
            lines += _compared(showing.comparison, width) if showing.comparison else _laid(answer, showing, width)
            if isinstance(kind, Typed) and kind.also:
                also = "; ".join(map(_typed, kind.also))
                lines += [EMPTY, *_small(_("Right as well: {answers}").format(answers=also), width)]
    if note.extra:
        lines += [EMPTY, *_laid(note.extra, showing, width)]
    if note.source:
        lines += [EMPTY, *_small(note.source, width)]
    return tuple(lines)


def both_sides(card: Card, width: int) -> tuple[Line, ...]:
    """The whole card at once; a cloze with its gap first, for its other cards have the same answer."""
    kind = card.asked.kind
    showing = CardPresentation(card, options_in_order(kind) if isinstance(kind, Choice) else ())
    gap = (*_question(showing, width, revealed=False), _rule(width)) if isinstance(kind, Cloze) else ()
    return (*gap, *answer_lines(showing, width))


def typed_answer(card: Card) -> str:
    """The answer as it is typed: plain text."""
    match card.asked.kind:
        case Cloze():
            return ""
        case Occlusion() as occlusion:
            return _typed(region_label(card, occlusion))
        case kind:
            return _typed(kind.question if card.face == BACK else kind.answer)


def compare_typed(card: Card, given: str) -> Comparison:
    """What was typed beside the card's answer, or the nearest of its answers."""
    kind = card.asked.kind
    also, exact = (kind.also, kind.exact) if isinstance(kind, Typed) else ((), False)
    return compare_answer(given, typed_answer(card), [*map(_typed, also)], exact=exact)


def _typed(markdown: str) -> str:
    return plain_text(to_html(markdown), readings=False).strip()


def clipboard_text(card: Card) -> str:
    """Question and answer as plain text, for the clipboard."""
    match card.asked.kind:
        case Cloze(text):
            return plain_text(cloze_side(cloze_to_html(text), int(card.face[1:]), revealed=True)).strip()
        case Occlusion(prompt) as occlusion:
            shown = (prompt or occlusion.image, region_label(card, occlusion))
            return "\n\n".join(plain_text(to_html(side)).strip() for side in shown if side)
        case kind:
            return "\n\n".join(plain_text(to_html(side)).strip() for side in (kind.question, kind.answer))


def one_line(card: Card) -> str:
    """The card's question as one line of plain text, for lists and messages."""
    match card.asked.kind:
        case Cloze(text):
            html = cloze_side(cloze_to_html(text), int(card.face[1:]), revealed=False)
        case Occlusion() as occlusion:
            return f"{' '.join(plain_text(to_html(occlusion.question)).split())} [{region_number(card)}]"
        case kind:
            html = to_html(kind.answer if card.face == BACK else kind.question)
    if has_math(card):  # in one line, but as on the card: x² and not x^2
        inline = html.replace("\\[", "\\(").replace("\\]", "\\)")
        return " ".join(" ".join(map(line_text, layout(inline, LONGEST))).split())
    return " ".join(plain_text(html).split())


def has_math(card: Card) -> bool:
    """Whether there is math on the card, which can be shown as it was written."""
    texts = (text for text in card.note.texts if "$" in text or "\\" in text)
    return any(sign in to_html(text) for text in texts for sign in ("\\(", "\\["))


def _rule(width: int) -> Line:
    return (Run(RULE * width, ("dim",)),)


def _question(showing: CardPresentation, width: int, *, revealed: bool) -> tuple[Line, ...]:
    card = showing.card
    match card.asked.kind:
        case Cloze(text):
            side = cloze_side(cloze_to_html(text), int(card.face[1:]), revealed)
            return layout(side, width, showing.source)
        case Basic(question, answer) | Reversed(question, answer) | Typed(question, answer):
            return _laid(answer if card.face == BACK else question, showing, width)
        case Occlusion() as occlusion:
            return _region(showing, occlusion, width, revealed=revealed)
        case Choice(question):
            return _laid(question, showing, width)
        case unknown:
            assert_never(unknown)


def _region(showing: CardPresentation, occlusion: Occlusion, width: int, *, revealed: bool) -> tuple[Line, ...]:
    """What stands above the picture and which region is asked; before the answer also the picture, or a map of it."""
    plan, asked, more = asked_region(showing.card, occlusion, showing.picture, width)
    prompt = (*_laid(occlusion.prompt, showing, width), EMPTY) if occlusion.prompt else ()
    lines = (*prompt, *layout(escape_html(asked), width))
    if revealed:
        return lines
    return (*lines, EMPTY, *_laid(occlusion.picture, showing, width), *(_small(more, width) if more else ()), *plan)


def _options(showing: CardPresentation, width: int, *, revealed: bool) -> list[Line]:
    lines: list[Line] = []
    for number, option in enumerate(showing.options, 1):
        styles: tuple[str, ...] = ()
        mark = " "
        if revealed and option.right:
            mark, styles = "✓", ("right",)
        elif revealed and showing.chosen == number - 1:
            mark, styles = "✗", ("wrong",)
        head = f"{mark} {number}  "
        for row, line in enumerate(_laid(option.text, showing, max(4, width - len(head)))):
            lead = head if row == 0 else " " * len(head)
            lines.append((Run(lead, (*styles, "option")), *(Run(run.text, (*run.styles, *styles)) for run in line)))
    return lines


def option_number(lines: Sequence[Line]) -> int:
    """The number of the option that the last of these lines belongs to; 0 if it is none of an option."""
    for line in reversed(lines):
        head = line[0] if line else Run("")
        if "option" not in head.styles:
            return 0
        if number := head.text.strip("✓✗ "):
            return int(number)
    return 0


def _compared(comparison: Comparison, width: int) -> list[Line]:
    given = _stretches(comparison.given, "wrong") or (Run(_("(nothing)"), ("dim",)),)
    if comparison.right:
        return [*_small(_("Your answer"), width), *_cut((Run("✓ ", ("right",)), *given), width)]
    several = _("This is one of several answers; list the others under also: to have each count.")
    return [
        *_small(_("Your answer"), width),
        *_cut((Run("✗ ", ("wrong",)), *given), width),
        *_small(_("Right answer"), width),
        *_cut((Run("  ", ()), *_stretches(comparison.expected, "missing")), width),
        EMPTY,
        *_small(_("{percent}% alike").format(percent=round(comparison.likeness * 100)), width),
        *(_small(several, width) if comparison.one_of_several else ()),
    ]


def _stretches(stretches: Sequence[Stretch], wrong: str) -> tuple[Run, ...]:
    return tuple(Run(stretch.text, ("right",) if stretch.right else (wrong,)) for stretch in stretches)


def _cut(line: Line, width: int) -> list[Line]:
    """A line of runs broken wherever it is full: a typed text is shown as it is, not set."""
    lines: list[list[Run]] = [[]]
    room = width
    for run in line:
        for character in run.text:
            piece = Run(character, run.styles)
            if cells((piece,)) > room:
                lines.append([])
                room = width
            lines[-1].append(piece)
            room -= cells((piece,))
    return [_joined(runs) for runs in lines]


def _joined(runs: Sequence[Run]) -> Line:
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].styles == run.styles:
            joined[-1] = Run(joined[-1].text + run.text, run.styles)
        else:
            joined.append(run)
    return tuple(joined)


def _laid(markdown: str, showing: CardPresentation, width: int) -> tuple[Line, ...]:
    return layout(to_html(markdown), width, showing.source)


def _small(text: str, width: int) -> list[Line]:
    return [tuple(Run(run.text, (*run.styles, "dim")) for run in line) for line in layout(escape_html(text), width)]
