"""Services and the evidence that each requires, as facts; read from services.yaml.

The file stands beside consumers.yaml and is part of a version of the policies: an officer edits,
drafts, approves and activates it in the same way. A version without it has no services.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Setting

from graph.catalogue import Catalogue
from graph.evidence import AnyFact, Licence, Other
from policies.bundle import SERVICES_FILE, Bundle
from policies.contracts import Label, read_shape
from policies.problems import PolicyInvalid, Problem, suggestion

_LICENCE_KINDS = "LicenceKind"
_ID = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


class _Declaration(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Department(_Declaration):
    """Who handles a service, or a part of one."""

    label: Label


class Paper(_Declaration):
    """A document that people used to bring: who issues it, and how to get it."""

    label: Label
    issuer: Label
    obtain: Label


class LegalBasis(_Declaration):
    """What a service rests on in law, and where it is written."""

    label: Label
    citation: str


class Part(_Declaration):
    """What one more department does for a service, within `days` working days."""

    id: str = Setting(pattern=_ID)
    department: str
    label: Label
    days: int = Setting(gt=0)


class Requirement(_Declaration):
    """One fact that has to be so, and the paper that it replaces.

    `eligibility`: who does not meet it has no claim to the service, rather than lacks a paper.
    """

    id: str = Setting(pattern=_ID)
    label: Label
    fact: AnyFact
    replaces: str | None = None
    eligibility: bool = False


class Service(_Declaration):
    """A service of the one window 一窗受理.

    `applicant` says who may apply; `other` (in files: `with`) what the service is about besides.
    """

    id: str = ""
    label: Label
    description: Label
    department: str
    parts: tuple[Part, ...] = ()
    basis: LegalBasis
    deadline_days: int = Setting(alias="deadlineDays", gt=0)
    applicant: Label
    other: Other | None = Setting(default=None, alias="with")
    requirements: tuple[Requirement, ...] = Setting(min_length=1)

    def requirement(self, name: str) -> Requirement:
        """The requirement of this id. Raises KeyError."""
        found = {requirement.id: requirement for requirement in self.requirements}
        return found[name]

    @property
    def papers(self) -> tuple[tuple[str, str], ...]:
        """(paper, role): each document of each party once, in the order of the requirements."""
        named = ((r.replaces, r.fact.of) for r in self.requirements)
        return tuple(dict.fromkeys((paper, of) for paper, of in named if paper))


class _Declared(_Declaration):
    departments: Mapping[str, Department]
    papers: Mapping[str, Paper]
    services: Mapping[str, Service]


@dataclass(frozen=True)
class Services:
    """Every service by id, with the departments and papers that they name."""

    departments: Mapping[str, Department]
    papers: Mapping[str, Paper]
    services: Mapping[str, Service]

    def __getitem__(self, service: str) -> Service:
        """The service of this id. Raises KeyError."""
        return self.services[service]


NO_SERVICES = Services({}, {}, {})


def read_services(bundle: Bundle, catalogue: Catalogue) -> Services:
    """The services of a bundle. Raises PolicyInvalid with file, path inside it and reason."""
    if SERVICES_FILE not in bundle.texts:
        return NO_SERVICES
    declared = read_shape(bundle, SERVICES_FILE, _Declared)
    services = {
        name: service.model_copy(update={"id": name}) for name, service in declared.services.items()
    }
    found = Services(declared.departments, declared.papers, services)
    kinds = catalogue.codes[_LICENCE_KINDS].values.keys()
    problems = list(chain.from_iterable(_of(s, found, kinds) for s in services.values()))
    if problems:
        raise PolicyInvalid(problems)
    return found


def _of(service: Service, services: Services, kinds: Iterable[str]) -> Iterator[Problem]:
    where = f"services.{service.id}"
    yield from _department(f"{where}.department", service.department, services)
    for part in service.parts:
        yield from _department(f"{where}.parts.{part.id}.department", part.department, services)
    yield from _twice(f"{where}.parts", [part.id for part in service.parts])
    yield from _twice(f"{where}.requirements", [r.id for r in service.requirements])
    for requirement in service.requirements:
        at = f"{where}.requirements.{requirement.id}"
        yield from _paper(at, requirement, services)
        yield from _party(at, requirement, service)
        yield from _kinds(at, requirement, kinds)


def _department(where: str, department: str, services: Services) -> Iterator[Problem]:
    if department not in services.departments:
        hint = suggestion(department, services.departments)
        yield Problem(SERVICES_FILE, f"{where}: unknown department {department!r}", hint)


def _paper(where: str, requirement: Requirement, services: Services) -> Iterator[Problem]:
    paper = requirement.replaces
    if paper is None and requirement.fact.name == "on-paper":
        yield Problem(SERVICES_FILE, f"{where}: no paper", "name the paper in replaces")
    if paper is not None and paper not in services.papers:
        hint = suggestion(paper, services.papers)
        yield Problem(SERVICES_FILE, f"{where}.replaces: unknown paper {paper!r}", hint)


def _party(where: str, requirement: Requirement, service: Service) -> Iterator[Problem]:
    """A fact is about the applicant, or about whoever else the service is about."""
    of = requirement.fact.of
    if of not in ("applicant", service.other):
        said = (
            f"the service is with {service.other}" if service.other else "the service has no with"
        )
        yield Problem(SERVICES_FILE, f"{where}.fact: it is of {of!r}, and {said}")
    elif of not in requirement.fact.about:
        known = ", ".join(sorted(requirement.fact.about))
        reason = f"{where}.fact: {requirement.fact.name} cannot be said of {of!r}"
        yield Problem(SERVICES_FILE, reason, f"it can of {known}")


def _kinds(where: str, requirement: Requirement, kinds: Iterable[str]) -> Iterator[Problem]:
    fact = requirement.fact
    for kind in fact.kinds if isinstance(fact, Licence) else ():
        if kind not in kinds:
            reason = f"{where}.fact.kinds: unknown code {kind!r} of {_LICENCE_KINDS}"
            yield Problem(SERVICES_FILE, reason, suggestion(kind, kinds))


def _twice(where: str, names: list[str]) -> Iterator[Problem]:
    for name, times in Counter(names).items():
        if times > 1:
            yield Problem(SERVICES_FILE, f"{where}: {name!r} stands there {times} times")
