"""What TeX's names look like in one line of Unicode: signs, scripts, accents.

>>> COMMANDS["le"], CHARACTERS["-"], SUBSCRIPTS["t"]
(Atom(text='≤', kind='relation'), Atom(text='−', kind='binary'), 'ₜ')
"""

from coursekit.prose.atoms import Atom, Kind


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GREEK_NAMES = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi
    chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega varepsilon vartheta varphi
    varrho varsigma omicron
"""

_GREEK = dict(zip(_GREEK_NAMES.split(), "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩεϑφϱςο", strict=True))

_ORDINARY = _GREEK | {
    "infty": "∞", "ell": "ℓ", "hbar": "ℏ", "forall": "∀", "exists": "∃", "emptyset": "∅", "varnothing": "∅",
    "top": "⊤", "bot": "⊥", "prime": "′", "angle": "∠", "triangle": "△", "Box": "□", "star": "⋆",
    "dots": "…", "ldots": "…", "cdots": "⋯", "vdots": "⋮", "ddots": "⋱", "degree": "°", "checkmark": "✓",
    "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ", "dagger": "†", "ddagger": "‡", "vert": "|", "Vert": "‖", "|": "‖",
    "complement": "∁", "R": "ℝ", "N": "ℕ", "Z": "ℤ",
    "%": "%", "#": "#", "$": "$", "&": "&", "_": "_", "imath": "ı", "jmath": "ȷ", "backslash": "∖",
}  # fmt: skip

_PREFIXES = {
    "nabla": "∇", "partial": "∂", "sum": "∑", "prod": "∏", "int": "∫", "iint": "∬", "oint": "∮", "neg": "¬",
    "lnot": "¬", "bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⨁",
}  # fmt: skip

_BINARY = {
    "pm": "±", "mp": "∓", "times": "×", "div": "÷", "cdot": "·", "ast": "∗",
    "circ": "∘", "odot": "⊙", "oplus": "⊕", "otimes": "⊗", "ominus": "⊖", "bullet": "•", "cup": "∪",
    "cap": "∩", "setminus": "∖", "wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨", "bmod": "mod",
}  # fmt: skip

_RELATIONS = {
    "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥",
    "geqslant": "≥", "ne": "≠", "neq": "≠", "lt": "<", "gt": ">", "ll": "≪", "gg": "≫", "approx": "≈",
    "sim": "∼", "simeq": "≃", "cong": "≅", "equiv": "≡", "propto": "∝", "triangleq": "≜", "doteq": "≐",
    "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "supseteq": "⊇",
    "to": "→", "rightarrow": "→", "longrightarrow": "→", "leftarrow": "←", "gets": "←", "mapsto": "↦",
    "leftrightarrow": "↔", "Rightarrow": "⇒", "implies": "⇒", "Leftarrow": "⇐", "Leftrightarrow": "⇔",
    "iff": "⇔", "uparrow": "↑", "downarrow": "↓", "mid": "|", "parallel": "∥", "perp": "⊥", "prec": "≺",
    "succ": "≻", "preceq": "⪯", "succeq": "⪰", "coloneqq": ":=", "lesssim": "≲", "gtrsim": "≳",
}  # fmt: skip

_OPENING = {"{": "{", "lbrace": "{", "lbrack": "[", "lVert": "‖", "lvert": "|",
           "langle": "⟨", "lfloor": "⌊", "lceil": "⌈"}  # fmt: skip
_CLOSING = {"}": "}", "rbrace": "}", "rbrack": "]", "rVert": "‖", "rvert": "|",
           "rangle": "⟩", "rfloor": "⌋", "rceil": "⌉"}  # fmt: skip

_KINDS: dict[Kind, dict[str, str]] = {
    "ordinary": _ORDINARY, "prefix": _PREFIXES, "binary": _BINARY, "relation": _RELATIONS,
    "opening": _OPENING, "closing": _CLOSING,
}  # fmt: skip
COMMANDS = {name: Atom(text, kind) for kind, table in _KINDS.items() for name, text in table.items()}
CHARACTERS: dict[str, Atom] = {
    **{sign: Atom(sign, "relation") for sign in ("=", "<", ">", ":=")},
    **{sign: Atom(sign.replace("-", "−"), "binary") for sign in "+-*"},
    **{sign: Atom(sign, "punctuation") for sign in ",;:"},
    **{sign: Atom(sign, "opening") for sign in "(["},
    **{sign: Atom(sign, "closing") for sign in ")]"},
    "/": Atom("/", "slash"),
    "'": Atom("′"),
}

ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303",
    "widetilde": "\u0303", "dot": "\u0307", "ddot": "\u0308", "vec": "\u20d7", "check": "\u030c",
    "breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "not": "\u0338",
}  # fmt: skip

SPACES = frozenset([",", ";", ":", ">", " ", "~", "quad", "qquad", "enspace", "thinspace", "\n", "space"])

# Commands that set a size, a style or a delimiter: what follows them is shown, they are not.
IGNORED = _names("""
    left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm displaystyle
    textstyle scriptstyle limits nolimits ! nonumber notag hline hfill strut null / rm bf it cal ( ) [ ]
""")
FONTS = _names("""
    mathbf mathrm mathit mathsf mathtt mathnormal boldsymbol bm pmb mathfrak underline
    overbrace underbrace mathop mathbin mathrel mathord boxed cancel substack
""")
FUNCTIONS = _names("""
    log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth max min sup inf lim limsup
    liminf arg argmin argmax det dim ker deg gcd hom Pr tr rank diag sign softmax mod
""")
# Commands whose first argument says how or where, not what.
UNSHOWN = _names("color textcolor colorbox hspace vspace mspace label phantom hphantom vphantom")
WORDS = _names("text textrm textbf textit texttt textsf mbox hbox textnormal")
SCRIPT = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "𝒜ℬ𝒞𝒟ℰℱ𝒢ℋℐ𝒥𝒦ℒℳ𝒩𝒪𝒫𝒬ℛ𝒮𝒯𝒰𝒱𝒲𝒳𝒴𝒵", strict=True))
DOUBLE_STRUCK = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ", "P": "ℙ", "H": "ℍ", "E": "𝔼", "1": "𝟙"}

MATRICES = {"pmatrix": "()", "bmatrix": "[]", "vmatrix": "||", "Vmatrix": "‖‖"}
VULGAR = {"1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾", "1/8": "⅛"}
ROOTS = {"²": "√", "³": "∛", "⁴": "∜"}

SUPERSCRIPTS = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ⊤′°∘*∗",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡᵀ′°°**",
        strict=True,
    )
)
SUBSCRIPTS = dict(zip("0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))
