"""From who is named to who holds custody, and the sentences of custody.yaml that say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from kinship.custody_shape import BSN, GB11643, Adult, Case, Custody, CustodyKind, unable

DECLARATION = Path(__file__).parent / "custody.yaml"


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sentence(_Declared):
    """The same in both languages."""

    en: str
    zh: str


class Open(Sentence):
    """Why it cannot be said, and what record would decide."""

    needs: Sentence = Sentence(en="", zh="")


class Sentences(_Declared):
    """All of custody.yaml."""

    grounds: Mapping[str, Sentence]
    guardianships: Mapping[str, Mapping[str, Sentence]]
    fallen: Mapping[str, Mapping[str, Sentence]]
    outcomes: Mapping[str, Mapping[str, Sentence]]
    open: Mapping[str, Open]
    third_party: Sentence


@lru_cache(maxsize=1)
def sentences() -> Sentences:
    """The declared sentences, read once."""
    return Sentences.model_validate(yaml.safe_load(DECLARATION.read_text(encoding="utf-8")))


def ground(name: str) -> Sentence:
    """A ground by its name."""
    return sentences().grounds[name]


def guardianship(scheme: str, basis: str) -> Sentence:
    """The ground that a recorded guardianship gives."""
    bases = sentences().guardianships[scheme]
    return bases.get(basis, bases["OTHER"])


def undecided(name: str, facts: Iterable[str] = ()) -> Custody:
    """Not determinable, and what is missing."""
    why = sentences().open[name]
    needs = why.needs
    kind = CustodyKind.NOT_DETERMINABLE
    return Custody(kind, why.en, why.zh, (), _known(facts), needs.en, needs.zh)


def adult_now() -> Custody:
    """Nobody has custody of who is of age."""
    why = ground("of_age")
    return Custody(CustodyKind.OF_AGE, why.en, why.zh)


def settle(
    case: Case,
    why: Sentence,
    parents: Sequence[Adult],
    thirds: Sequence[Adult] = (),
    *,
    facts: Iterable[str] = (),
    stranger: bool = False,
) -> Custody:
    """Who of those named holds custody: the dead and those who may not fall away.

    `stranger`: a third party holds it too, and the records do not say who.
    """
    able = [p for p in parents if not unable(p, case.day)]
    others = [t for t in thirds if not unable(t, case.day)]
    kind = _kind(len(able), bool(others) or stranger)
    said = [why, *_fallen(case, parents, "parent"), *_fallen(case, thirds, "third")]
    if len(said) > 1 or kind is CustodyKind.TEMPORARILY_NONE:
        said.append(sentences().outcomes[_law(case)][kind])
    rests = [*facts, *(p.fact for p in (*parents, *thirds))]
    rests += [p.state_fact for p in (*parents, *thirds) if unable(p, case.day)]
    needs = sentences().third_party if stranger and not others else Sentence(en="", zh="")
    return Custody(
        kind,
        " ".join(s.en for s in said),
        "".join(s.zh for s in said),
        tuple(p.id for p in (*able, *others)),
        _known(rests),
        needs.en,
        needs.zh,
    )


def same(one: Custody, other: Custody) -> bool:
    """Whether both say the same of who holds custody."""
    return (one.kind, one.holders) == (other.kind, other.holders)


def _kind(parents: int, third: bool) -> CustodyKind:
    if third:
        return CustodyKind.JOINT if parents else CustodyKind.GUARDIAN
    kinds = CustodyKind.TEMPORARILY_NONE, CustodyKind.ONE_PARENT, CustodyKind.TWO_PARENTS
    return kinds[parents]


def _fallen(case: Case, adults: Sequence[Adult], role: str) -> list[Sentence]:
    states = [unable(adult, case.day) for adult in adults]
    return [sentences().fallen[role][state] for state in states if state]


def _law(case: Case) -> str:
    return GB11643 if case.minor.scheme == GB11643 else BSN


def _known(facts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact for fact in facts if fact))
