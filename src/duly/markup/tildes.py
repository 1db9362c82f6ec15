"""A tilde alone is a tilde: ``3~5`` is a range, and only ``~~`` strikes through.

Markdown as GitHub has it strikes through between single ones, too. But ranges are written with them, above all in
Chinese: of ``3~5天，7~8个`` half would be struck through, and no tilde left. So each that stands alone goes through
Markdown as a noncharacter, which no cleaned text holds.
"""

import re

_ALONE = re.compile(r"(?<![~\\])~(?!~)")
_PASSING, _ENCODED = "\ufdd4", "%EF%B7%94"


def hidden(markdown: str) -> str:
    """The Markdown with something that means nothing in the place of each tilde alone."""
    return _ALONE.sub(_PASSING, markdown) if "~" in markdown else markdown


def shown(html: str) -> str:
    """The HTML that was made of it, with these tildes again, in addresses too."""
    return html.replace(_PASSING, "~").replace(_ENCODED, "~")
