"""HTML → Markdown if Markdown shows the same."""
