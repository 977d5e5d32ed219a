"""Purposes, legal bases and consumers, read from purposes.yaml and consumers.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic import Field as Setting

from graph.conditions import Scalar
from policies.bundle import GRANTS, Bundle
from policies.problems import PolicyInvalid, Problem, suggestion

_TYPES: Mapping[str, type] = {"String": str, "Boolean": bool, "Int": int}


class _Declaration(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(_Declaration):
    """What people call it, in both languages."""

    en: str
    zh: str


class Organisation(Label):
    """Whose consumer it is. `id` is what the tokens of its people name."""

    id: str = ""

    @property
    def code(self) -> str:
        """The id; of one that has none, its English name in lower case with dashes."""
        return self.id or "-".join(self.en.lower().split())


class Purpose(_Declaration):
    """What data may be used for. A person is told of it after so many days."""

    label: Label
    description: str
    notice_delay_days: int = Setting(default=0, ge=0, alias="noticeDelayDays")


class Basis(_Declaration):
    """A legal basis and the statute it stands in."""

    label: Label
    citation: str


class Consumer(_Declaration):
    """An organisation's system that calls the API, and what it may call it for.

    `audiences`: for whom proofs may be made out that it asks for.
    """

    label: Label
    organisation: Organisation
    principal: Mapping[str, Literal["String", "Boolean", "Int"]] = {}
    purposes: Mapping[str, tuple[str, ...]]
    audiences: tuple[str, ...] = ()


class _Purposes(_Declaration):
    purposes: Mapping[str, Purpose]
    bases: Mapping[str, Basis]


class _Consumers(_Declaration):
    consumers: Mapping[str, Consumer]


@dataclass(frozen=True)
class Contracts:
    """Everything that policy texts may name by id."""

    purposes: Mapping[str, Purpose]
    bases: Mapping[str, Basis]
    consumers: Mapping[str, Consumer]

    def tables(self) -> Iterator[tuple[str, str, str]]:
        """Every (consumer, purpose, basis) that may be used."""
        for name, consumer in self.consumers.items():
            for purpose, bases in consumer.purposes.items():
                for basis in bases:
                    yield name, purpose, basis

    def principal_attributes(self) -> Mapping[str, str]:
        """Type by name of every attribute that some consumer's token has."""
        return {n: t for c in self.consumers.values() for n, t in c.principal.items()}

    def required_attributes(self) -> frozenset[str]:
        """Attributes that every consumer's token has."""
        names = [frozenset(c.principal) for c in self.consumers.values()]
        return frozenset[str]().union(*names[:1]).intersection(*names)

    def stated(
        self, consumer: str, principal: Mapping[str, Scalar | None]
    ) -> dict[str, Scalar | None]:
        """Every attribute that some token has, as this consumer's says it.

        Nothing stands for one that the consumer does not declare, or that has another type:
        conditions on it then fail.
        """
        stated: dict[str, Scalar | None] = dict.fromkeys(self.principal_attributes())
        if consumer in self.consumers:
            for name, type_name in self.consumers[consumer].principal.items():
                value = principal.get(name)
                stated[name] = value if type(value) is _TYPES[type_name] else None
        return stated


def read_contracts(bundle: Bundle) -> Contracts:
    """Both files. Raises PolicyInvalid with file, path inside it and reason."""
    purposes = read_shape(bundle, "purposes.yaml", _Purposes)
    consumers = read_shape(bundle, "consumers.yaml", _Consumers)
    contracts = Contracts(purposes.purposes, purposes.bases, consumers.consumers)
    problems = list(_unknown_names(contracts)) + list(_mixed_types(contracts))
    if problems:
        raise PolicyInvalid(problems)
    return contracts


_Shape = TypeVar("_Shape", bound=BaseModel)


def read_shape(bundle: Bundle, name: str, shape: type[_Shape]) -> _Shape:
    """A file of the bundle. Raises PolicyInvalid with file, path inside it and reason."""
    try:
        return shape.model_validate(yaml.safe_load(bundle.texts[name]))
    except KeyError:
        hint = f"put it beside {GRANTS}/"
        raise PolicyInvalid([Problem(name, "the file is missing", hint)]) from None
    except yaml.YAMLError as error:
        reason = f"not YAML: {str(error).replace(chr(10), ' ')}"
        raise PolicyInvalid([Problem(name, reason)]) from error
    except ValidationError as error:
        problems = [
            Problem(name, f"{'.'.join(map(str, e['loc']))}: {e['msg']}") for e in error.errors()
        ]
        raise PolicyInvalid(problems) from error


def _unknown_names(contracts: Contracts) -> Iterator[Problem]:
    for name, consumer in contracts.consumers.items():
        for purpose, bases in consumer.purposes.items():
            where = f"consumers.{name}.purposes.{purpose}"
            if purpose not in contracts.purposes:
                hint = suggestion(purpose, contracts.purposes)
                yield Problem("consumers.yaml", f"{where}: unknown purpose", hint)
            for basis in bases:
                if basis not in contracts.bases:
                    hint = suggestion(basis, contracts.bases)
                    yield Problem("consumers.yaml", f"{where}: unknown basis {basis!r}", hint)


def _mixed_types(contracts: Contracts) -> Iterator[Problem]:
    known = contracts.principal_attributes()
    for name, consumer in contracts.consumers.items():
        for attribute, type_name in consumer.principal.items():
            if known[attribute] != type_name:
                reason = f"consumers.{name}.principal.{attribute}: another consumer has it as"
                hint = "give it one type, or another name"
                yield Problem("consumers.yaml", f"{reason} {known[attribute]}", hint)
