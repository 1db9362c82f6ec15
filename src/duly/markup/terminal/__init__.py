"""HTML → styled lines for a terminal."""
