"""Names of lines: what the relative at the end is to the subject at the beginning."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kinship import terms_chinese, terms_english, terms_in_law
from kinship.lines import ACROSS, Line
from kinship.terms_english import inverse_bases
from kinship.terms_shape import TURN, is_half, kind_of, nameable, part, with_step_parents
from kinship.terms_words import by_sex, joined, vocabulary

__all__ = ["Term", "inverse_bases", "name"]

_CHILD_SPOUSE_PARENT = "dmu"
_OVER_ONE_MARRIAGE = re.compile("m?[ud]+m?")
_LINKS = re.compile("m|[ud]+")
# Relatives of the spouse whose English term does not say "wife's" or "husband's".
_ENGLISH_IN_LAWS = ("mu", "mud", "mudm")


@dataclass(frozen=True)
class Term:
    """A term in both languages. `base` is the English term without kind, half and former."""

    en: str
    zh: str
    base: str
    kind: str


def name(line: Line) -> Term | None:
    """What `line.people[-1]` is to `line.people[0]`; None for lines that go down and then up."""
    return _named(with_step_parents(line)) if nameable(line) else None


def _named(line: Line) -> Term:
    """The term of a line, or of a piece of one, in which no step-parent is over a marriage."""
    if ACROSS not in line.moves:
        up, down = line.moves.count("u"), line.moves.count("d")
        base = terms_english.blood(up, down, line.people[-1].sex)
        return _styled(line, base, terms_chinese.blood(line))
    if line.moves == ACROSS:
        return _couple(line)
    if line.moves == _CHILD_SPOUSE_PARENT:
        sex = line.people[-1].sex
        word = by_sex(vocabulary().in_law.child_spouse_parent, sex)
        return _styled(line, terms_english.child_spouse_parent(sex), (word,))
    if _OVER_ONE_MARRIAGE.fullmatch(line.moves):
        return _in_law(line)
    ends = [found.span() for found in _LINKS.finditer(line.moves)]
    return _in_turn(line, [_named(part(line, *span)) for span in ends])


def _couple(line: Line) -> Term:
    words, sex = vocabulary(), line.people[-1].sex
    partner = words.partners.get(line.kinds[0])
    if partner:
        return _styled(line, partner.en, (partner.zh,))
    zh = by_sex(words.chinese.spouse, sex)
    return _styled(line, by_sex(words.english.spouse, sex), (zh,))


def _in_law(line: Line) -> Term:
    """Relatives of the spouse, spouses of relatives, and spouses of the spouse's relatives."""
    of_spouse = line.moves.startswith(ACROSS)
    at = 1 if of_spouse else len(line.moves) - 1
    composed = _in_turn(line, [_named(part(line, 0, at)), _named(part(line, at, len(line.moves)))])
    one_word = _styled(line, _in_law_base(line), terms_in_law.in_law(line) or ("",))
    by_spouse = of_spouse and line.moves not in _ENGLISH_IN_LAWS
    en = composed.en if by_spouse else one_word.en
    return Term(en, one_word.zh or composed.zh, one_word.base, one_word.kind)


def _in_law_base(line: Line) -> str:
    up, down = line.moves.count("u"), line.moves.count("d")
    base = terms_english.blood(up, down, line.people[-1].sex)
    aunt = up > down == 1 and not line.moves.startswith(ACROSS)
    return terms_english.married_in(base) if aunt else terms_english.in_law(base)


def _in_turn(line: Line, links: list[Term]) -> Term:
    """A relative's relative: brother's wife's sister, 哥哥的妻子的姐姐."""
    return Term(
        terms_english.in_turn(link.en for link in links),
        "的".join(link.zh for link in links),
        terms_english.in_turn(link.base for link in links),
        kind_of(line),
    )


def _styled(line: Line, base: str, options: tuple[str, ...]) -> Term:
    """The term with what the kind, a single shared parent and an end of the line add to it."""
    kind, half, former = kind_of(line), is_half(line), any(line.ended)
    zh = joined(tuple(_styled_zh(line, term) for term in options)) if any(options) else ""
    return Term(terms_english.styled(base, kind, half, former), zh, base, kind)


def _styled_zh(line: Line, term: str) -> str:
    words, kind = vocabulary(), vocabulary().kinds.get(kind_of(line))
    if kind:
        term = kind.zh + words.chinese.short.get(term, term)
    if is_half(line):
        siblings = line.moves == TURN
        sex = line.people[1].sex
        term = (by_sex(words.chinese.half_siblings, sex) if siblings else words.chinese.half) + term
    return f"前{words.chinese.short_former.get(term, term)}" if any(line.ended) else term
