"""Proofs a second: made out, checked, and asked again for the status list.

`python -m bench.proofs --proofs 500` makes out, on the graph of a running stack, so many proofs of
each kind, each for another citizen who asks about themselves: question, budget, place, signature
and audit, eight at once. Then it checks them as an audience does, and has all of them asked again.
Places and budgets are its own; `--json` for machines.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import uvloop

from audit.writer import AuditWriter
from cli.load import open_store
from cli.output import print_json, print_table
from cli.policy_sources import in_force
from graph.catalogue import model
from graph.cypher import Statements
from graph.selection import PersonRef
from graph.store import Store
from policies.table import PolicySet
from resolvers.context import Caller
from resolvers.desk import DeskRequest
from resolvers.proving import Prover
from runtime.keys import public_keys_file
from runtime.settings import Settings, load_settings
from subgraphs.proofs import claims
from subgraphs.proofs.budget import Budget
from subgraphs.proofs.checking import check_status, checked
from subgraphs.proofs.desk import ProofDesk, ProofMeans
from subgraphs.proofs.issued import Seal
from subgraphs.proofs.signing import Signed, Signer
from subgraphs.proofs.status import StatusBook
from subgraphs.proofs.status_list import Examiner, StatusList

CONSUMER, PURPOSE, BASIS = "citizen", "own-data", "data-subject-right"
AUDIENCE, NONCE = "school-enrolment", "bench-nonce"
AT_ONCE = 8
WARM = 10
SAMPLE = """MATCH (m:Person {sex: 'FEMALE'})-[:BIRTH_PARENT_OF]->(c:Person)
WHERE m.citizenNumber IS NOT NULL AND c.citizenNumber IS NOT NULL AND m.underProtectionUntil IS NULL
  AND c.underProtectionUntil IS NULL AND EXISTS { (m)-[:RESIDES_AT]->() }
WITH m, min(c.citizenNumber) AS child
RETURN m.citizenNumber AS mother, child, m.district AS district LIMIT $count"""


@dataclass(frozen=True)
class Pinned:
    """One version of the policies, whatever is asked for."""

    newest: PolicySet

    def of(self, version: str) -> PolicySet:
        """That one."""
        return self.newest

    def start(self) -> None:
        """Nothing is followed."""

    def stop(self) -> None:
        """Nothing is followed."""


class Bench:
    """One graph, the policies in force, and a desk."""

    def __init__(
        self, settings: Settings, policies: PolicySet, store: Store, recorder: AuditWriter
    ) -> None:
        own = f"citizengraph:bench-proofs:{uuid4().hex}"
        self.settings, self.policies, self.store, self.recorder = (
            settings,
            policies,
            store,
            recorder,
        )
        self.statements = Statements(model())
        self.signer = Signer(settings.home, settings.proof_issuer)
        self.budget = Budget(settings.redis_url, f"{own}:budget")
        seal = Seal(self.signer.secret("bench"))
        self.book = StatusBook(settings.redis_url, seal, settings.proof_status, f"{own}:status")
        pinned = Pinned(policies)
        examiner = Examiner(self.book, pinned, self.statements, store.read, recorder)
        self.status_list = StatusList(examiner, self.book, self.signer)

    def desk(self, person: str) -> ProofDesk:
        """Of a citizen who asks for themselves."""
        principal = self.policies.contracts.stated(CONSUMER, {"person": person})
        who = (CONSUMER, "bench", PURPOSE, BASIS, None, principal, self.policies.version)
        caller = Caller(*who, "bench", None, "bench")
        decision = self.policies.decision(CONSUMER, PURPOSE, BASIS)
        prover = Prover(self.statements, caller, decision, self.store.read)
        means = ProofMeans(prover, self.signer, self.budget, self.book, (AUDIENCE,))
        request = DeskRequest(caller, decision, self.recorder, "proofs", lambda: None, means)
        return ProofDesk(request, AUDIENCE, NONCE)

    def kinds(self, row: dict[str, str]) -> Iterator[tuple[str, Callable[[], Awaitable[Signed]]]]:
        """One proof of each kind about the row."""
        desk, who = self.desk(row["mother"]), PersonRef("citizenNumber", row["mother"])
        child = PersonRef("citizenNumber", row["child"])
        mother = claims.relationship("isMotherOf", who, child)
        yield "relationship", lambda: desk.plain(mother)
        yield "age", lambda: desk.plain(claims.age(18, "ageOver18", who))
        yield "residence", lambda: desk.sought(claims.residence(who, row["district"], ""))

    async def made_out(self, rows: Sequence[dict[str, str]]) -> dict[str, tuple[float, list[str]]]:
        """Seconds and tokens by kind; the first few of each are not timed."""
        found: dict[str, tuple[float, list[str]]] = {}
        for number, kind in enumerate(name for name, _ in self.kinds(rows[0])):
            asking = [list(self.kinds(row))[number][1] for row in rows]
            await _all(asking[:WARM])
            began = time.perf_counter()
            tokens = await _all(asking[WARM:])
            found[kind] = (time.perf_counter() - began, tokens)
        return found

    def verified(self, tokens: Sequence[str], status: str = "") -> float:
        """Seconds for checking them, each with the status list where there is one."""
        keys = json.loads(public_keys_file(self.settings.home, "proofs").read_text())
        began = time.perf_counter()
        for token in tokens:
            said = checked(token, keys, self.settings.proof_issuer, AUDIENCE, NONCE)
            if status:
                check_status(said, status, keys)
        return time.perf_counter() - began

    async def close(self) -> None:
        """Drop the connections."""
        await self.budget.close()
        await self.book.close()


async def _all(asking: Sequence[Callable[[], Awaitable[Signed]]]) -> list[str]:
    """The tokens, eight at once."""
    waiting, tokens = iter(asking), list[str]()

    async def work() -> None:
        for ask in waiting:
            tokens.append((await ask()).token)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return tokens


def _row(what: str, count: int, seconds: float) -> dict[str, Any]:
    return {"what": what, "proofs": count, "a second": round(count / seconds)}


async def run(count: int) -> list[dict[str, Any]]:
    """Everything, in the order in which it happens to a proof."""
    settings = load_settings()
    recorder = AuditWriter(settings.redis_url)
    await recorder.open()
    async with open_store(settings) as store:
        rows = await store.read(SAMPLE, {"count": count + WARM}, 60)
        if len(rows) < count + WARM:
            raise SystemExit(f"The graph has {len(rows)} mothers with a residence; ask for fewer.")
        bench = Bench(settings, in_force(settings), store, recorder)
        made = await bench.made_out(rows)
        found = [_row(f"made out: {k}", len(t), seconds) for k, (seconds, t) in made.items()]
        tokens = [token for _, part in made.values() for token in part]
        found.append(_row("checked", len(tokens), bench.verified(tokens)))
        kept = await bench.book.to_ask_again()
        began = time.perf_counter()
        status = await bench.status_list.token()
        found.append(_row("asked again for a list", len(kept), time.perf_counter() - began))
        few = tokens[:: max(1, len(tokens) // 100)]
        found.append(_row("checked with the list", len(few), bench.verified(few, status)))
        await bench.close()
    await recorder.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.proofs", description=__doc__)
    parser.add_argument("--proofs", type=int, default=500, help="of each kind")
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    rows = uvloop.run(run(given.proofs))
    if given.json:
        print_json(rows)
        return
    cells = [[str(value) for value in row.values()] for row in rows]
    print_table("Proofs", list(rows[0]), cells)


if __name__ == "__main__":
    main()
