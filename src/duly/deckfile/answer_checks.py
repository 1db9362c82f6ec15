"""Checks of a question with its answer and its wrong answers: a deletion in them, or the same text twice."""

from collections.abc import Mapping as Table

from duly.cards.ids import normalised
from duly.deckfile.cloze_errors import has_deletion
from duly.deckfile.yaml.nodes import Node, Sequence
from duly.deckfile.yaml.source import ProblemCollector
from duly.message import message


def check_sides(question: str, answer: str, nodes: Table[str, Node], report: ProblemCollector) -> None:
    """Warns of deletions in question or answer, and if both are the same; `nodes` has the nodes of both by key."""
    for key, text in (("q", question), ("a", answer)):
        if has_deletion(text):
            sentence = message("{example} hides nothing in {key}:; write it in cloze:", example="{{c1::…}}", key=key)
            report.warning(nodes[key].start, "cloze-in-basic", sentence)
    if normalised(question) == normalised(answer):
        report.warning(nodes["a"].start, "same-sides", message("the answer is the question; write what is asked for"))


def check_options(answer: str, wrong_answers: tuple[str, ...], node: Node, report: ProblemCollector) -> None:
    """Reports wrong answers that equal the answer or an earlier wrong answer; `node` is their list."""
    members = node.children if isinstance(node, Sequence) else ()
    earlier_options = {normalised(answer)}
    for option, member in zip(wrong_answers, members, strict=True):
        key = normalised(option)
        if key in earlier_options:
            report.error(
                member.start,
                "same-option",
                message("this option is the answer, or stands here twice; write another one, or remove it"),
            )
        earlier_options.add(key)
