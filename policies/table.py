"""The policies in force: a lookup per consumer, purpose and legal basis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from graph.catalogue import Catalogue
from graph.decision import Decision
from policies.bundle import GRANTS as GRANTS
from policies.bundle import POLICIES_DIRECTORY as POLICIES_DIRECTORY
from policies.bundle import Bundle, read_bundle
from policies.cedar_schema import actions, cedar_schema, row_attributes, row_expressions
from policies.checks import check_tables, without_stray_ids
from policies.compile import Key, compile_tables, filterable, reachable
from policies.contracts import Consumer, Contracts, read_contracts
from policies.leaving import leaving_problems
from policies.licence_types import LicenceType, read_licence_types
from policies.masking import mask_expressions
from policies.parsing import Names, Policy, parse
from policies.problems import Problem
from policies.services import NO_SERVICES, Services, read_services
from policies.terms import holds_on, next_end, term_problems
from policies.texts import read_texts
from runtime.errors import CitizengraphError


@dataclass(frozen=True)
class PolicySet:
    """Compiled policies. `version` changes with the texts, the contracts and the model.

    `tables` are those of `day`. `lasting` are the tables as if no grant ended: schemas are made
    from them, so that a schema changes with the version only.
    """

    version: str
    schema: str
    contracts: Contracts
    tables: Mapping[Key, Decision]
    lasting: Mapping[Key, Decision]
    policies: tuple[Policy, ...]
    catalogue: Catalogue
    bundle: Bundle
    licence_types: Mapping[str, LicenceType]
    day: date
    services: Services = NO_SERVICES
    last: date | None = None
    ends: date | None = None
    """The last day on which `tables` hold; None where nothing ends."""

    def on(self, day: date) -> PolicySet:
        """The policies on another day: grants that have ended are gone. Never an earlier day."""
        if day <= self.day or (self.day > date.min and (self.ends is None or day <= self.ends)):
            return self
        held = [policy for policy in self.policies if holds_on(policy, day, self.last)]
        tables = self.lasting
        if len(held) < len(self.policies):
            compiled = compile_tables(held, self.catalogue, self.contracts)
            tables = without_stray_ids(compiled, self.catalogue)
        ends = next_end(self.policies, day, self.last)
        return replace(self, tables=tables, day=day, ends=ends)

    @property
    def consumers(self) -> Mapping[str, Consumer]:
        """Consumers by id."""
        return self.contracts.consumers

    def decision(self, consumer: str, purpose: str, basis: str) -> Decision:
        """The table. Raises PURPOSE_UNKNOWN or BASIS_UNKNOWN, alike for foreign and unknown ids."""
        purposes = self.contract(consumer)
        if purpose not in purposes:
            raise _not_granted("PURPOSE_UNKNOWN", "purpose", "Citizengraph-Purpose")
        if basis not in purposes[purpose]:
            raise _not_granted("BASIS_UNKNOWN", "legal basis", "Citizengraph-Basis")
        return self.tables[consumer, purpose, basis]

    def contract(self, consumer: str) -> Mapping[str, tuple[str, ...]]:
        """Legal bases by purpose; nothing for an unknown consumer."""
        known = self.consumers.get(consumer)
        return known.purposes if known else {}

    def visible(self, consumer: str) -> frozenset[tuple[str, str]]:
        """Every (type, field) that the consumer can get for any purpose, of some row."""
        return reachable(self._decisions(consumer))[0]

    def visible_types(self, consumer: str) -> frozenset[str]:
        """Every node and answer type of which the consumer can see that a row exists."""
        return reachable(self._decisions(consumer))[1]

    def filterable(self, consumer: str) -> frozenset[tuple[str, str]]:
        """Every (type, field) by which the consumer can filter or sort for any purpose."""
        return filterable(self._decisions(consumer))

    def _decisions(self, consumer: str) -> Iterator[Decision]:
        yield from (table for key, table in self.lasting.items() if key[0] == consumer)


def load(directory: Path | None, catalogue: Catalogue) -> PolicySet:
    """The policies of a directory, of today. Raises PolicyInvalid with all problems at once.

    The directory holds the contract files and grants/*.cedar; None is the built-in one.
    """
    return load_bundle(read_bundle(directory), catalogue)


def load_bundle(
    bundle: Bundle, catalogue: Catalogue, day: date | None = None, last: date | None = None
) -> PolicySet:
    """Check and compile a bundle. Raises PolicyInvalid with all problems at once.

    `last` is the last day of every permit, whatever its own terms say.
    """
    contracts = read_contracts(bundle)
    services = read_services(bundle, catalogue)
    licence_types = read_licence_types(bundle, catalogue)
    schema = cedar_schema(catalogue, contracts)
    names = Names(
        contracts, actions(catalogue), row_attributes(catalogue), catalogue.provenance.keys()
    )
    policies = tuple(parse(read_texts(bundle.grants()), names, schema, _annotation_problems))
    lasting = compile_tables(policies, catalogue, contracts)
    check_tables(lasting, catalogue)
    expressions = f"{row_expressions(catalogue)}\n{mask_expressions(catalogue)}"
    version = _version(bundle, schema, expressions)
    today = day or date.today()
    whole = PolicySet(
        version,
        schema,
        contracts,
        lasting,
        lasting,
        policies,
        catalogue,
        bundle,
        licence_types,
        date.min,
        services,
        last,
    )
    return whole.on(today)


def _annotation_problems(policy: Policy) -> Iterator[Problem]:
    yield from term_problems(policy)
    yield from leaving_problems(policy)


def _version(bundle: Bundle, schema: str, expressions: str) -> str:
    """Sixteen hex digits over what the model gives policies, and every policy file."""
    digest = sha256(f"{schema}\n{expressions}".encode())
    for path, content in bundle.ordered():
        digest.update(f"\n{path} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


def _not_granted(code: str, what: str, header: str) -> CitizengraphError:
    return CitizengraphError(
        code,
        f"The {what} in {header} does not exist or is not granted to this consumer.",
        f"Send a {what} that is granted to you; the policy officer can tell which.",
    )
