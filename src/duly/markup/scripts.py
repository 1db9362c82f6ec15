"""Superscripts and subscripts in Unicode, where every character has one."""

_SUPERSCRIPTS = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδφχθ′″°",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᵠᵡᶿ′″°",
)
_SUBSCRIPTS = str.maketrans("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ")


def superscript(text: str) -> str:
    """``10`` → ``¹⁰``; where a character has no superscript, ``^{…}``."""
    return _raised(text, _SUPERSCRIPTS) or f"^{{{text}}}"


def subscript(text: str) -> str:
    """``ij`` → ``ᵢⱼ``; where a character has no subscript, ``_{…}``."""
    return _raised(text, _SUBSCRIPTS) or f"_{{{text}}}"


def _raised(text: str, table: dict[int, int]) -> str:
    return text.translate(table) if all(ord(character) in table for character in text) else ""
