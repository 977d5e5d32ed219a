"""What each code of a household book says, read from book_codes.yaml: paths from the head."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path as File
from typing import Literal, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict

from kinship.lines import ACROSS, DOWN, TURNED, UP
from kinship.ties import MARRIAGE

DECLARATION = File(__file__).parent / "book_codes.yaml"
HEADS = frozenset({"01", "02"})
BIRTH = "BIRTH"
BIRTH_ONLY = (BIRTH,)
OPPOSITE = {"FEMALE": "MALE", "MALE": "FEMALE", "": ""}


class Who(NamedTuple):
    """A person on a path. `older` and `rank` say when they were born beside whom.

    `beside` is the way from the head to the one whose brother or sister they are, or whose
    children are counted by `rank`.
    """

    sex: str = ""
    older: bool | None = None
    rank: int | None = None
    beside: str = ""


class Step(NamedTuple):
    """One move with the kinds that are possible; the persons at both ends."""

    origin: Who
    move: str
    kinds: tuple[str, ...]
    to: Who

    def reversed(self) -> Step:
        """The same step seen from its other end."""
        return Step(self.to, TURNED[self.move], self.kinds, self.origin)


Path = tuple[Step, ...]


def reversed_path(path: Path) -> Path:
    """From the member to the head."""
    return tuple(step.reversed() for step in reversed(path))


def moves(path: Path) -> str:
    """The moves alone."""
    return "".join(step.move for step in path)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Word(_Strict):
    """A word that paths are written with."""

    move: Literal["u", "d", "m"]
    sex: Literal["MALE", "FEMALE", ""] = ""


class Code(_Strict):
    """One code as declared."""

    paths: tuple[str, ...]
    kinds: tuple[str, ...] = BIRTH_ONLY
    age: Literal["older", "younger"] | None = None
    rank: int | None = None


class Becomes(_Strict):
    """The one move that two may stand for: with fixed kinds, or by the kinds of the parenthood."""

    move: Literal["u", "d", "m"]
    kinds: tuple[str, ...] = ()
    kinds_of: Mapping[str, tuple[str, ...]] = {}


class Meeting(_Strict):
    """What two moves can mean where two paths meet."""

    same: bool = False
    same_by_birth: bool = False
    becomes: Becomes | None = None
    stays: bool = True
    stays_by_birth: bool = True


class Declared(_Strict):
    """The whole of book_codes.yaml."""

    steps: Mapping[str, Word]
    any_kind: tuple[str, ...]
    codes: Mapping[str, Code]
    meetings: Mapping[str, Meeting]
    words: Mapping[str, Mapping[str, tuple[str, str]]]
    kinds: Mapping[str, tuple[str, str]]


@lru_cache(maxsize=1)
def declared() -> Declared:
    """The declaration, checked. Raises pydantic.ValidationError where it does not hold."""
    return Declared.model_validate(yaml.safe_load(DECLARATION.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def codes() -> tuple[str, ...]:
    """Every code, in order."""
    return tuple(sorted(declared().codes))


@lru_cache(maxsize=256)
def paths(code: str) -> tuple[Path, ...]:
    """The paths from the head to who has the code; none where it says nothing or is no code."""
    stated = declared().codes.get(code)
    return tuple(_path(text.split(), stated) for text in stated.paths) if stated else ()


def _path(words: list[str], code: Code) -> Path:
    found = [declared().steps[word] for word in words]
    people = [Who(_sex_of_head(found)), *(Who(word.sex) for word in found)]
    way = "".join(word.move for word in found)
    for at in range(1, len(found)):
        if found[at].move == ACROSS and not people[at].sex:
            people[at] = Who(OPPOSITE[found[at].sex])
    brother = way.rfind(UP + DOWN) + 2
    if code.age and brother >= 2:
        beside = " ".join(words[: brother - 2])
        people[brother] = people[brother]._replace(older=code.age == "older", beside=beside)
    if code.rank:
        people[-1] = people[-1]._replace(rank=code.rank, beside=people[-1].sex)
    return tuple(
        Step(
            people[at],
            word.move,
            (MARRIAGE,) if word.move == ACROSS else code.kinds,
            people[at + 1],
        )
        for at, word in enumerate(found)
    )


def _sex_of_head(words: list[Word]) -> str:
    """A husband's wife is the head, and a wife's husband; nothing else tells the head's sex."""
    return OPPOSITE[words[0].sex] if words and words[0].move == ACROSS else ""
