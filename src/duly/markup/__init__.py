"""Converts Markdown to HTML and back, and HTML to lines for a terminal."""
