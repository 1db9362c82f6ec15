"""Markdown to HTML, and HTML to lines for a terminal."""
