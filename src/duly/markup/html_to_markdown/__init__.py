"""HTML → Markdown, where Markdown shows the same."""
