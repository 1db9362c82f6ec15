"""Shows LaTeX formulas as text: in one line of Unicode, or drawn in two dimensions."""
