"""LaTeX's names for signs and alphabets as Unicode characters; superscripts and subscripts."""

import unicodedata

_LETTERS = """
alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν
xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω
Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
infty ∞ partial ∂ nabla ∇ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ emptyset ∅ varnothing ∅ ell ℓ hbar ℏ Re ℜ Im ℑ wp ℘
aleph ℵ beth ℶ angle ∠ triangle △ square □ Box □ diamond ◇ top ⊤ bot ⊥ prime ′ degree ° dagger † ddagger ‡
imath ı jmath ȷ
ldots … dots … dotsc … dotsb ⋯ cdots ⋯ vdots ⋮ ddots ⋱ flat ♭ sharp ♯ natural ♮ checkmark ✓ star ⋆ S § P ¶
pounds £ euro €
copyright © clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ blacksquare ■ qedsymbol □ surd √ mho ℧ eth ð
"""
_RELATIONS = """
leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ equiv ≡ approx ≈ sim ∼ simeq ≃ cong ≅ propto ∝ ll ≪ gg ≫ in ∈ notin ∉ ni ∋ subset ⊂
subseteq ⊆ subsetneq ⊊ supset ⊃ supseteq ⊇ supsetneq ⊋ prec ≺ preceq ⪯ succ ≻ succeq ⪰ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨
perp ⊥ parallel ∥ mid ∣ nmid ∤ asymp ≍ doteq ≐ triangleq ≜ coloneqq ≔ lesssim ≲ gtrsim ≳
to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ implies ⇒
impliedby ⇐
mapsto ↦ longrightarrow ⟶ longleftarrow ⟵ Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺ longmapsto ⟼
hookrightarrow ↪ hookleftarrow ↩ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘
rightharpoonup ⇀ rightleftharpoons ⇌ rightsquigarrow ⇝ nrightarrow ↛ lt < gt > colon :
"""
_BINARY_OPERATORS = """
pm ± mp ∓ times × div ÷ ast ∗ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ cup ∪ cap ∩ sqcup ⊔ sqcap ⊓ vee ∨ lor ∨ wedge ∧ land ∧
circ ∘ setminus ∖ bullet • uplus ⊎ amalg ⨿ wr ≀ ltimes ⋉ rtimes ⋊ triangleleft ◁ triangleright ▷ bowtie ⋈
"""
_LARGE_OPERATORS = """
sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigvee ⋁ bigwedge ⋀
bigsqcup ⨆
"""
_BRACKETS = """
{ { } } | ‖ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert | vert | lVert ‖ rVert ‖ Vert ‖ lbrace {
rbrace } lbrack [ rbrack ] backslash \\
"""
_FUNCTIONS = """
arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min Pr
sec sin sinh sup tan tanh
"""
_IGNORED_COMMANDS = """
displaystyle textstyle scriptstyle limits nolimits left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr
Biggl Biggr bigm mathstrut
"""
_PLAIN_ALPHABETS = "text textrm textnormal textsf texttt mathrm mathsf mathtt mathit operatorname mbox"
_NEGATED_SIGNS = "= ≠ ∈ ∉ ∃ ∄ < ≮ > ≯ ≤ ≰ ≥ ≱ ≡ ≢ ⊂ ⊄ ⊆ ⊈ ∼ ≁ ≈ ≉ ∣ ∤ ∥ ∦"
_SPACES = ", : ; ! quad qquad enspace thinspace medspace thickspace"


def _pairs(names_and_signs: str) -> dict[str, str]:
    words = names_and_signs.split()
    return dict(zip(words[::2], words[1::2], strict=True))


LETTERS = _pairs(_LETTERS)
RELATIONS = _pairs(_RELATIONS)
BINARY_OPERATORS = _pairs(_BINARY_OPERATORS)
LARGE_OPERATORS = _pairs(_LARGE_OPERATORS)
BRACKETS = _pairs(_BRACKETS)
SPACES = {name: "" if name == "!" else " " for name in (*_SPACES.split(), " ", "\n", "space")}
ESCAPED_CHARACTERS = {character: character for character in "%$&#_"}
FUNCTIONS = frozenset(_FUNCTIONS.split())
IGNORED_COMMANDS = frozenset(_IGNORED_COMMANDS.split())
"""Commands that change only sizes and positions."""

ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304", "vec": "\u20d7",
    "dot": "\u0307", "ddot": "\u0308", "acute": "\u0301", "grave": "\u0300", "check": "\u030c", "breve": "\u0306",
}  # fmt: skip
OVERLINES = {"overline": "\u0305", "underline": "\u0332"}
NEGATED_SIGNS = _pairs(_NEGATED_SIGNS)
PLAIN_ALPHABETS = frozenset(_PLAIN_ALPHABETS.split())
ALPHABETS = {
    "mathbb": ("DOUBLE-STRUCK", "DOUBLE-STRUCK"),
    "mathcal": ("SCRIPT", "SCRIPT"),
    "mathscr": ("SCRIPT", "SCRIPT"),
    "mathfrak": ("FRAKTUR", "BLACK-LETTER"),
    "mathbf": ("BOLD", "BOLD"),
    "boldsymbol": ("BOLD", "BOLD"),
    "bm": ("BOLD", "BOLD"),
    "textbf": ("BOLD", "BOLD"),
}
"""The names of each alphabet in Unicode: of most letters, and of letters that were added earlier."""


def in_alphabet(text: str, alphabet: str) -> str | None:
    """The text in an alphabet of LaTeX, or None if Unicode lacks a character of it."""
    new_name, old_name = ALPHABETS[alphabet]
    characters: list[str] = []
    for character in text:
        name = unicodedata.name(character, "").replace("LATIN ", "").replace("LETTER ", "").replace("GREEK ", "")
        kind, _, letter = name.partition(" ")
        for candidate in (f"{old_name} {name}", f"MATHEMATICAL {new_name} {name}", f"{old_name} {kind} {letter}"):
            try:
                characters.append(unicodedata.lookup(candidate))
            except KeyError:
                continue
            break
        else:
            if character != " ":
                return None
            characters.append(character)
    return "".join(characters)


_SUPERSCRIPTS = str.maketrans(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδφχθ′″°",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᵠᵡᶿ′″°",
)
_SUBSCRIPTS = str.maketrans("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ")


def superscript(text: str) -> str:
    """``10`` → ``¹⁰``; ``^{…}`` if a character has no superscript."""
    return _translate(text, _SUPERSCRIPTS) or f"^{{{text}}}"


def subscript(text: str) -> str:
    """``ij`` → ``ᵢⱼ``; ``_{…}`` if a character has no subscript."""
    return _translate(text, _SUBSCRIPTS) or f"_{{{text}}}"


def _translate(text: str, table: dict[int, int]) -> str:
    return text.translate(table) if all(ord(character) in table for character in text) else ""
