"""Options of the composition table in words, for the page that people read."""

from __future__ import annotations

from dataclasses import dataclass

from kinship.books_options import Option, in_order
from kinship.books_paths import BIRTH_ONLY, declared
from kinship.lines import DOWN, UP
from kinship.ties import COUPLE, MARRIAGE

ENGLISH, CHINESE = 0, 1


@dataclass(frozen=True)
class _Part:
    word: str
    sex: str
    kinds: tuple[str, ...]


def phrase(option: Option, language: int) -> str:
    """One option, as "husband's elder brother" or 丈夫的兄."""
    words = declared().words
    told = [
        _kinds(part.kinds, language) + words[part.word][part.sex][language]
        for part in _parts(option)
    ]
    if option.half:
        half = declared().kinds["half"][language]
        told[0] = f"{half}-{told[0]}" if language == ENGLISH else half + told[0]
    return ("'s " if language == ENGLISH else "的").join(told)


def _parts(option: Option) -> list[_Part]:
    found: list[_Part] = []
    at = 0
    while at < len(option.moves):
        if option.moves[at : at + 2] == UP + DOWN:
            kinds = in_order(option.kinds[at] + option.kinds[at + 1])
            found.append(_Part(_sibling(option), option.sexes[at + 2], kinds))
            at += 2
        else:
            kinds = option.kinds[at]
            word = "couple" if COUPLE in kinds else option.moves[at]
            found.append(_Part(word, option.sexes[at + 1], () if word == "couple" else kinds))
            at += 1
    return found


def _sibling(option: Option) -> str:
    if option.older is None:
        return UP + DOWN
    return "older" if option.older else "younger"


def _kinds(kinds: tuple[str, ...], language: int) -> str:
    if kinds in (BIRTH_ONLY, (MARRIAGE,), ()):
        return ""
    named = declared().kinds
    if set(kinds) == set(declared().any_kind):
        kinds = ("any",)
    if language == ENGLISH:
        return " or ".join(named[kind][ENGLISH] for kind in kinds) + " "
    return "或".join(named[kind][CHINESE] for kind in kinds)


def of_path(code: str) -> str:
    """The declared paths of a code, in the words of the declaration."""
    stated = declared().codes[code]
    ways = [_way(path) for path in stated.paths]
    kinds = "" if stated.kinds == BIRTH_ONLY else f" ({_kinds(stated.kinds, ENGLISH).strip()})"
    if stated.kinds == declared().any_kind:
        kinds = " (of any kind)"
    age = f", {stated.age}" if stated.age else ""
    rank = f", number {stated.rank}" if stated.rank else ""
    return (" *or* ".join(ways) + kinds + age + rank) if ways else "nothing"


def _way(path: str) -> str:
    return "'s ".join(path.split()) or "the head"
