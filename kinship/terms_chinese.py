"""Chinese terms for blood relatives. Where sexes or dates are open, every possible term."""

from __future__ import annotations

from itertools import product

from kinship.lines import Line
from kinship.terms_shape import elder, part
from kinship.terms_words import FEMALE, MALE, Chinese, Three, by_sex, sexes, vocabulary
from kinship.ties import Human

_BY_MOTHER = "外"
_GRAND = "祖"


def blood(line: Line, apart: bool = False) -> tuple[str, ...]:
    """The possible terms; `apart` sets 哥哥 and 弟弟 in place of the undecided 兄弟."""
    up, down = line.moves.count("u"), line.moves.count("d")
    words, relative = vocabulary().chinese, line.people[-1]
    if not down:
        return _ancestor(words, up, line.people[1], relative)
    if not up:
        return _descendant(words, down, line.people[1], relative)
    if up == down:
        return _peer(words, line, apart)
    terms = _aunt(words, line, up, down) if up > down else _niece(words, line, up, down)
    if len(set(terms)) <= words.options_at_most:
        return terms
    return (_generation(words, up, down) + words.collateral,)


def _ancestor(words: Chinese, up: int, parent: Human, relative: Human) -> tuple[str, ...]:
    if up == 1:
        return (by_sex(words.parent, relative.sex),)
    if up > len(words.ancestors) + 1:
        return (f"第{up}代祖先",)
    end = words.ancestors[up - 2] + by_sex(words.ancestor_ends, relative.sex)
    return tuple(side + end for side in _sides(parent))


def _descendant(
    words: Chinese, down: int, child: Human, relative: Human, before: str = ""
) -> tuple[str, ...]:
    """`before` is the stem of a sibling's or cousin's child: 侄 of 侄孙."""
    if down == 1:
        return (by_sex(words.child, relative.sex),)
    if down > len(words.descendants) + 1:
        return (f"{before}第{down}代后代",)
    end = words.descendants[down - 2] + by_sex(words.descendant_ends, relative.sex)
    whole = {"孙": "孙子"} if not before else {}
    return tuple(whole.get(side + end, before + side + end) for side in _sides(child))


def _sides(person: Human) -> tuple[str, ...]:
    """外 for those related through the mother or the daughter."""
    return tuple(_BY_MOTHER if sex == FEMALE else "" for sex in sexes(person.sex))


def _peer(words: Chinese, line: Line, apart: bool) -> tuple[str, ...]:
    """Siblings and cousins of the same generation."""
    subject, relative = line.people[0], line.people[-1]
    siblings = line.moves == "ud"
    if relative.sex not in (FEMALE, MALE):
        return tuple(before + words.sibling for before in _cousinhood(words, line))
    sisters = words.sister if siblings else words.cousin_sister
    brothers = words.brother if siblings else words.cousin_brother
    ends = _by_age(sisters if relative.sex == FEMALE else brothers, relative, subject, apart)
    return tuple(before + end for before in _cousinhood(words, line) for end in ends)


def _by_age(words: Three, relative: Human, other: Human, apart: bool) -> tuple[str, ...]:
    older = elder(relative, other)
    if older is None:
        return words[:2] if apart else words[2:]
    return (words[0] if older else words[1],)


def _cousinhood(words: Chinese, line: Line) -> tuple[str, ...]:
    """堂 where everybody between subject, common ancestor and relative is male, else 表."""
    up = line.moves.count("u")
    if up == 1:
        return ("",)
    between = {person.sex for person in (*line.people[1:up], *line.people[up + 1 : -1])}
    by_males = words.cousins_by_males[min(up - 1, len(words.cousins_by_males)) - 1]
    otherwise = words.cousins_otherwise[min(up - 1, len(words.cousins_otherwise)) - 1]
    if FEMALE in between:
        return (otherwise,)
    return (by_males,) if between == {MALE} else (by_males, otherwise)


def _aunt(words: Chinese, line: Line, up: int, down: int) -> tuple[str, ...]:
    """Siblings and cousins of a parent or a further ancestor, who is `of`."""
    removed = up - down
    of, relative = line.people[removed], line.people[-1]
    sides = _sides(line.people[1]) if removed > 1 else ("",)
    before = _cousinhood(words, part(line, removed, up + down))
    grand = _GRAND if removed > 1 else ""
    elders = _older_generation(words, removed)
    return tuple(
        f"{side}{elders}{cousin}{stem}{grand}{by_sex(words.ancestor_ends, sex)}"
        for side, cousin in product(sides, before)
        for of_sex, sex in product(sexes(of.sex), sexes(relative.sex))
        for stem in _aunt_stems(words, of_sex, sex, elder(relative, of))
    )


def _aunt_stems(words: Chinese, of: str, sex: str, older: bool | None) -> tuple[str, ...]:
    stems = words.aunt
    if of == FEMALE:
        return (stems.mother_sister if sex == FEMALE else stems.mother_brother,)
    if sex == FEMALE:
        return (stems.father_sister,)
    both = (stems.father_elder, stems.father_younger)
    return both if older is None else both[:1] if older else both[1:]


def _older_generation(words: Chinese, removed: int) -> str:
    """曾 of 曾伯祖父: nothing for a grandparent's generation and below."""
    if removed < 2:
        return ""
    if removed > len(words.ancestors) + 1:
        return f"第{removed}代"
    return words.ancestors[removed - 2].removesuffix(_GRAND)


def _niece(words: Chinese, line: Line, up: int, down: int) -> tuple[str, ...]:
    """Descendants of a sibling or cousin, who is `of`."""
    removed = down - up
    of, relative = line.people[2 * up], line.people[-1]
    stems = tuple(
        cousin + (words.niece.sister if sex == FEMALE else words.niece.brother)
        for cousin in _cousinhood(words, part(line, 0, 2 * up))
        for sex in sexes(of.sex)
    )
    if removed > 1:
        child = line.people[2 * up + 1]
        return tuple(
            term for stem in stems for term in _descendant(words, removed, child, relative, stem)
        )
    ends = tuple("女" if sex == FEMALE else "" for sex in sexes(relative.sex))
    whole = {words.niece.brother: f"{words.niece.brother}子"}
    return tuple(whole.get(stem + end, stem + end) for stem in stems for end in ends)


def _generation(words: Chinese, up: int, down: int) -> str:
    removed = abs(up - down)
    first, further = ("父", words.ancestors) if up > down else ("子", words.descendants)
    if removed > len(further) + 1:
        return f"第{removed}代{'祖' if up > down else '孙'}辈"
    return (first if removed == 1 else further[removed - 2]) + "辈"
