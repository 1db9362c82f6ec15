"""JSON as the commands print it: text as it reads, and nothing in it that a terminal might obey."""

import json

from duly.cli.excerpt import obeyed


def json_text(value: object, indent: int | None = None) -> str:
    """The value as JSON. Control and format characters are escapes; the line ends of `indent` stay."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if text.isprintable():
        return text
    return "".join(json.dumps(sign)[1:-1] if sign != "\n" and obeyed(sign) else sign for sign in text)
