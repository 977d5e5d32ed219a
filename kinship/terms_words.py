"""The vocabulary of terms.yaml. A word by sex stands as female, male, unknown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

DECLARATION = Path(__file__).parent / "terms.yaml"
FEMALE, MALE = "FEMALE", "MALE"
Three = tuple[str, str, str]
Two = tuple[str, str]


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Declared):
    """One word in both languages."""

    en: str
    zh: str


class English(_Declared):
    """English stems."""

    parent: Three
    child: Three
    sibling: Three
    grandparent: Three
    grandchild: Three
    aunt: Three
    niece: Three
    spouse: Three
    ordinals: tuple[str, ...]
    times: tuple[str, ...]
    step_joined: frozenset[str]


class Aunts(_Declared):
    """Stems for a parent's siblings."""

    mother_sister: str
    mother_brother: str
    father_sister: str
    father_elder: str
    father_younger: str


class Nieces(_Declared):
    """Stems for siblings' children."""

    sister: str
    brother: str


class Chinese(_Declared):
    """Chinese terms for blood relatives and for spouses."""

    parent: Three
    child: Three
    spouse: Three
    ancestors: tuple[str, ...]
    ancestor_ends: Three
    descendants: tuple[str, ...]
    descendant_ends: Three
    sister: Three
    brother: Three
    sibling: str
    cousin_sister: Three
    cousin_brother: Three
    cousins_by_males: tuple[str, ...]
    cousins_otherwise: tuple[str, ...]
    aunt: Aunts
    niece: Nieces
    options_at_most: int
    collateral: str
    half: str
    half_siblings: Three
    short: Mapping[str, str]
    short_former: Mapping[str, str]


class InLaw(_Declared):
    """Chinese terms for relatives over a marriage."""

    wife_parent: Three
    husband_parent: Three
    husband_sister: Two
    husband_brother: Two
    wife_sister: Two
    wife_brother: Two
    husband_brother_wife: str
    wife_sister_husband: str
    child_spouse_parent: Three
    spouses: Mapping[str, str]


class Vocabulary(_Declared):
    """All of terms.yaml."""

    english: English
    partners: Mapping[str, Words]
    kinds: Mapping[str, Words]
    chinese: Chinese
    in_law: InLaw


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The declared words, read once."""
    return Vocabulary.model_validate(yaml.safe_load(DECLARATION.read_text(encoding="utf-8")))


def by_sex(words: Three, sex: str) -> str:
    """The word for a female, a male, or a person of unknown sex."""
    return words[0] if sex == FEMALE else words[1] if sex == MALE else words[2]


def sexes(sex: str) -> tuple[str, ...]:
    """The sex, or both where it is unknown."""
    return (sex,) if sex in (FEMALE, MALE) else (MALE, FEMALE)


def joined(options: tuple[str, ...]) -> str:
    """The possible terms as one: 堂姐或表姐; 伯父、叔父或姑母."""
    *others, last = dict.fromkeys(options)
    return f"{'、'.join(others)}或{last}" if others else last
