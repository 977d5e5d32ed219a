"""Chinese terms for relatives over a marriage that have a word of their own."""

from __future__ import annotations

from dataclasses import replace

from kinship.lines import ACROSS, Line
from kinship.terms_chinese import blood
from kinship.terms_shape import elder, part
from kinship.terms_words import FEMALE, MALE, InLaw, by_sex, sexes, vocabulary


def in_law(line: Line) -> tuple[str, ...]:
    """The possible terms; none where the relation is said by composition: 妻子的姑母."""
    words = vocabulary().in_law
    if line.moves == "mu":
        return _spouse_parent(words, line)
    if line.moves == "mud":
        return _spouse_sibling(words, line)
    if line.moves == "mudm":
        return _spouse_sibling_spouse(words, line)
    return _relative_spouse(words, line) if not line.moves.startswith(ACROSS) else ()


def _spouse_parent(words: InLaw, line: Line) -> tuple[str, ...]:
    spouse, relative = line.people[1:]
    return tuple(
        by_sex(words.wife_parent if sex == FEMALE else words.husband_parent, relative.sex)
        for sex in sexes(spouse.sex)
    )


def _spouse_sibling(words: InLaw, line: Line) -> tuple[str, ...]:
    spouse, relative = line.people[1], line.people[-1]
    older = elder(relative, spouse)
    chosen = slice(None) if older is None else slice(0, 1) if older else slice(1, 2)
    siblings = {
        (MALE, MALE): words.husband_brother,
        (MALE, FEMALE): words.husband_sister,
        (FEMALE, MALE): words.wife_brother,
        (FEMALE, FEMALE): words.wife_sister,
    }
    terms = tuple(
        term
        for of in sexes(spouse.sex)
        for sex in sexes(relative.sex)
        for term in siblings[of, sex][chosen]
    )
    return terms if len(terms) <= vocabulary().chinese.options_at_most else ()


def _spouse_sibling_spouse(words: InLaw, line: Line) -> tuple[str, ...]:
    """妯娌 are wives of brothers, 连襟 husbands of sisters."""
    subject, spouse, _, sibling, relative = (person.sex for person in line.people)
    if (spouse, sibling, relative) == (MALE, MALE, FEMALE) and subject != MALE:
        return (words.husband_brother_wife,)
    if (spouse, sibling, relative) == (FEMALE, FEMALE, MALE) and subject != FEMALE:
        return (words.wife_sister_husband,)
    return ()


def _relative_spouse(words: InLaw, line: Line) -> tuple[str, ...]:
    """From the term of the relative who is married: 伯父 gives 伯母."""
    married, relative = line.people[-2:]
    if relative.sex not in (FEMALE, MALE) or married.sex == relative.sex:
        return ()
    sex = MALE if relative.sex == FEMALE else FEMALE
    whole = part(line, 0, len(line.moves) - 1)
    known = replace(whole, people=(*whole.people[:-1], married._replace(sex=sex)))
    terms = tuple(_spouse_of(words, term) for term in blood(known, apart=True))
    return terms if all(terms) else ()


def _spouse_of(words: InLaw, term: str) -> str:
    ends = sorted(filter(term.endswith, words.spouses), key=len)
    return term.removesuffix(ends[-1]) + words.spouses[ends[-1]] if ends else ""
