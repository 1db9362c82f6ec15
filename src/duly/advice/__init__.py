"""Advice on what would make a card easier to learn: opinions, not errors, each with its source. Pure."""

from duly.advice.advice import Advice
from duly.advice.all_advice import advice_on_card, advice_on_note, advice_on_notes

__all__ = ["Advice", "advice_on_card", "advice_on_note", "advice_on_notes"]
