"""English terms, and which terms can answer each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kinship.terms_words import Three, by_sex, vocabulary

_GREAT, _IN_LAW, _BY_MARRIAGE, _CO, _OF, _OR = (
    "great-",
    "-in-law",
    " by marriage",
    "co-",
    "'s ",
    " or ",
)
_ANSWERS = {
    "parent": "child",
    "child": "parent",
    "grandparent": "grandchild",
    "grandchild": "grandparent",
    "sibling": "sibling",
    "aunt": "niece",
    "niece": "aunt",
    "spouse": "spouse",
}


def blood(up: int, down: int, sex: str) -> str:
    """The term for a blood relative so many generations up and down."""
    words = vocabulary().english
    if up and down:
        if up > 1 and down > 1:
            return _cousin(min(up, down) - 1, abs(up - down))
        near = words.sibling if up == down else words.aunt if up > down else words.niece
        return _great(abs(up - down) - 1, by_sex(near, sex))
    if up + down == 1:
        return by_sex(words.parent if up else words.child, sex)
    return _great(up + down - 2, by_sex(words.grandparent if up else words.grandchild, sex))


def in_law(term: str) -> str:
    """The term for a relative of the spouse, or for the spouse of a relative."""
    if is_cousin(term):
        return term.replace("cousin", f"cousin{_IN_LAW}")
    return each(term, lambda word: word + _IN_LAW)


def married_in(term: str) -> str:
    """The term for the spouse of an aunt or uncle."""
    return term + _BY_MARRIAGE


def child_spouse_parent(sex: str) -> str:
    """The term for a parent of the child's spouse."""
    return _CO + in_law(by_sex(vocabulary().english.parent, sex))


def in_turn(terms: Iterable[str]) -> str:
    """Relative of a relative: brother's wife's sister."""
    return _OF.join(terms)


def styled(term: str, kind: str, half: bool, former: bool) -> str:
    """The term with what the line's kind, a single shared parent and an end add to it."""
    spaced = " " if is_cousin(term) else "-"
    if half:
        term = each(term, lambda word: f"half{spaced}{word}")
    before = vocabulary().kinds.get(kind)
    if before and before.en.endswith(" "):
        term = before.en + term
    elif before:
        joined = vocabulary().english.step_joined
        term = each(term, lambda word: before.en + ("" if word in joined else spaced) + word)
    return f"former {term}" if former else term


def is_cousin(term: str) -> bool:
    """Whether the term is that of a cousin, which has no sex."""
    return "cousin" in term


def each(term: str, change: Callable[[str], str]) -> str:
    """The change made on every alternative of the term."""
    return _OR.join(change(word) for word in term.split(_OR))


def inverse_bases(base: str) -> frozenset[str]:
    """What the other person of the pair can be. Empty for a word that is no base."""
    if _OF in base:
        return _inverse_chain(base.split(_OF))
    if is_cousin(base) or base in {words.en for words in vocabulary().partners.values()}:
        return frozenset({base})
    if base.startswith(_CO):
        return frozenset(child_spouse_parent(sex) for sex in ("FEMALE", "MALE", ""))
    if base.endswith(_IN_LAW):
        related = each(base, lambda word: word.removesuffix(_IN_LAW))
        return _inverse_in_law(related, married_in_too=True)
    if base.endswith(_BY_MARRIAGE):
        return _inverse_in_law(base.removesuffix(_BY_MARRIAGE), married_in_too=False)
    return _inverse_stem(base)


def _inverse_chain(links: list[str]) -> frozenset[str]:
    """Every answer of the last link to begin with, and so on back to the first."""
    chains = [""]
    for link in reversed(links):
        answers = inverse_bases(link)
        chains = [in_turn(filter(None, (chain, word))) for chain in chains for word in answers]
    return frozenset(chains)


def _inverse_in_law(related: str, married_in_too: bool) -> frozenset[str]:
    answers = _inverse_stem(related)
    aunts = vocabulary().english.aunt
    married = {married_in(word) for word in answers if _stem(word) in aunts and married_in_too}
    return frozenset({in_law(word) for word in answers} | married)


def _inverse_stem(base: str) -> frozenset[str]:
    greats = base.split(_OR)[0].count(_GREAT)
    for name, answer in _ANSWERS.items():
        if _stem(base) in _stems(name):
            return frozenset(_great(greats, word) for word in _stems(answer))
    return frozenset()


def _stem(base: str) -> str:
    return base.replace(_GREAT, "")


def _stems(name: str) -> Three:
    found: Three = getattr(vocabulary().english, name)
    return found


def _great(times: int, term: str) -> str:
    return each(term, lambda word: _GREAT * times + word)


def _cousin(degree: int, removed: int) -> str:
    words = vocabulary().english
    ordinal = _spelt(words.ordinals, degree, _numbered(degree))
    if not removed:
        return f"{ordinal} cousin"
    return f"{ordinal} cousin {_spelt(words.times, removed, f'{removed} times')} removed"


def _spelt(words: tuple[str, ...], number: int, otherwise: str) -> str:
    return words[number - 1] if number <= len(words) else otherwise


def _numbered(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
