"""How fast duly is, against named references: ``python -m bench`` measures, and writes docs/performance.md."""
