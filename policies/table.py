"""The policies in force: a lookup per consumer, purpose and legal basis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from graph.catalogue import Catalogue
from graph.decision import Decision
from policies.cedar_schema import actions, cedar_schema, row_attributes, row_expressions
from policies.checks import check_tables
from policies.compile import Key, compile_tables, reachable
from policies.contracts import Consumer, Contracts, read_contracts
from policies.parsing import Names, parse
from policies.texts import read_texts
from runtime.errors import CitizengraphError

POLICIES_DIRECTORY = Path(__file__).parent
GRANTS = "grants"


@dataclass(frozen=True)
class PolicySet:
    """Compiled policies. `version` changes with the texts, the contracts and the model."""

    version: str
    schema: str
    contracts: Contracts
    tables: Mapping[Key, Decision]

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

    def _decisions(self, consumer: str) -> Iterator[Decision]:
        yield from (table for key, table in self.tables.items() if key[0] == consumer)


def load(directory: Path | None, catalogue: Catalogue) -> PolicySet:
    """Read, check and compile the policies. Raises PolicyInvalid with all problems at once.

    The directory holds purposes.yaml, consumers.yaml and grants/*.cedar; None is the built-in one.
    """
    root = directory or POLICIES_DIRECTORY
    contracts = read_contracts(root)
    schema = cedar_schema(catalogue, contracts)
    names = Names(
        contracts, actions(catalogue), row_attributes(catalogue), catalogue.provenance.keys()
    )
    policies = parse(read_texts(root / GRANTS), names, schema)
    tables = compile_tables(policies, catalogue, contracts)
    check_tables(tables, catalogue)
    version = _version(root, schema, row_expressions(catalogue))
    return PolicySet(version, schema, contracts, tables)


def _version(root: Path, schema: str, expressions: str) -> str:
    """Sixteen hex digits over what the model gives policies, and every policy file."""
    digest = sha256(f"{schema}\n{expressions}".encode())
    for path in (
        root / "purposes.yaml",
        root / "consumers.yaml",
        *sorted((root / GRANTS).rglob("*.cedar")),
    ):
        content = path.read_bytes()
        digest.update(f"\n{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


def _not_granted(code: str, what: str, header: str) -> CitizengraphError:
    return CitizengraphError(
        code,
        f"The {what} in {header} does not exist or is not granted to this consumer.",
        f"Send a {what} that is granted to you; the policy officer can tell which.",
    )
