"""Texts with questions and answers: which lines are questions, answers, or further fields of a card."""
