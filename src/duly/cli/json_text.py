"""JSON as every command prints it."""

import json


def json_text(value: object, indent: int | None = None) -> str:
    r"""The value as JSON in ASCII, which every encoding of an output has, and which no terminal obeys.

    All else is escaped: ``子`` is ``\u5b50``. So nothing depends on the encoding of standard output, which may be GBK.
    """
    return json.dumps(value, indent=indent).replace("\x7f", r"\u007f")
