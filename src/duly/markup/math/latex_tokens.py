"""The tokens of a formula, and a reader that goes through them from the left."""

import re


class Tokens:
    """The tokens of a formula and the position of a reader. Missing tokens raise `UnsupportedMathError`."""

    def __init__(self, source: str) -> None:
        self.tokens = TOKEN.findall(source)
        self.at = 0

    def peek(self) -> str:
        """The next token without reading it; "" at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def next(self) -> str:
        """The next token."""
        token = self.peek()
        if not token:
            raise UnsupportedMathError
        self.at += 1
        return token

    def skip_space(self) -> None:
        while self.peek().isspace():
            self.at += 1

    def closing_brace(self) -> int:
        """The index of the brace that closes the group whose first token is the next one."""
        depth = 0
        for index in range(self.at, len(self.tokens)):
            token = self.tokens[index]
            if token == "}" and not depth:
                return index
            depth += (token == "{") - (token == "}")
        raise UnsupportedMathError

    def name_in_braces(self) -> str:
        """The text of the group that follows."""
        self.skip_space()
        if self.next() != "{":
            raise UnsupportedMathError
        end = self.closing_brace()
        name = "".join(self.tokens[self.at : end])
        self.at = end + 1
        return name.strip()

    def row_gap(self) -> None:
        """Skips the optional height after the end of a row, which is not drawn."""
        if self.peek() == "[":
            while self.next() != "]":
                pass


TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|[^\\\s]|\\", re.DOTALL)
r"""``\frac``, ``\operatorname*``, ``\{``, white space, any other character; at the very end a ``\`` alone."""


class UnsupportedMathError(Exception):
    """Something in a formula that cannot be shown as text."""
