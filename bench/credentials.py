"""Credentials a second: issued, shown, checked, and asked again for the status list.

`python -m bench.credentials --credentials 300` issues, on the graph of a running stack, so many
credentials, each to another mother: relation, names, budget, place, signature and audit, eight at
once. Then each is shown by its holder and checked as a partner does it, all are asked again in
rounds without pauses, and the list is made. Book and budgets are its own; `--json` for machines.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import uvloop
from joserfc.jwk import ECKey

from audit.writer import AuditWriter
from bench.proofs import AT_ONCE, BASIS, CONSUMER, PURPOSE, SAMPLE, WARM, Pinned
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
from resolvers.telling import Teller
from runtime.keys import public_keys_file
from runtime.settings import Settings, load_settings
from subgraphs.proofs import credential_rounds
from subgraphs.proofs.budget import Budget
from subgraphs.proofs.checking import check_status
from subgraphs.proofs.credential_book import CredentialBook
from subgraphs.proofs.credential_checking import presentation
from subgraphs.proofs.credential_desk import CredentialDesk, Wanted
from subgraphs.proofs.credential_kept import CredentialSeal, Issue
from subgraphs.proofs.credential_list import CredentialList
from subgraphs.proofs.credential_rounds import Rounds
from subgraphs.proofs.desk import ProofMeans
from subgraphs.proofs.issued import Seal
from subgraphs.proofs.sd_jwt import parts, presented
from subgraphs.proofs.signing import Signer
from subgraphs.proofs.status import StatusBook

AUDIENCE, NONCE = "bench", "bench-nonce"


class Bench:
    """One graph, the policies in force, a desk, and a holder's key."""

    def __init__(
        self, settings: Settings, policies: PolicySet, store: Store, recorder: AuditWriter
    ) -> None:
        own = f"citizengraph:bench-credentials:{uuid4().hex}"
        self.settings, self.policies, self.store = settings, policies, store
        self.recorder, self.statements = recorder, Statements(model())
        self.signer = Signer(settings.home, settings.proof_issuer)
        self.budget = Budget(settings.redis_url, f"{own}:budget")
        seal = Seal(self.signer.secret("bench"))
        self.proofs = StatusBook(settings.redis_url, seal, settings.proof_status, f"{own}:proofs")
        sealing = CredentialSeal(self.signer.secret("bench"))
        where = settings.redis_url, sealing, settings.credential_status
        self.book = CredentialBook(*where, f"{own}:book")
        about = self.book, self.signer, Pinned(policies), self.statements
        self.rounds = Rounds(*about, store.read, recorder)
        self.list = CredentialList(self.book, self.signer)
        self.key = ECKey.generate_key("P-256", private=True)

    async def issue(self, mother: str, child: str) -> Issue:
        """To a citizen who asks for themselves."""
        principal = self.policies.contracts.stated(CONSUMER, {"person": mother})
        who = (CONSUMER, "bench", PURPOSE, BASIS, None, principal, self.policies.version)
        caller = Caller(*who, "bench", None, "bench")
        decision = self.policies.decision(CONSUMER, PURPOSE, BASIS)
        asking = self.statements, caller, decision, self.store.read
        given = Prover(*asking), self.signer, self.budget, self.proofs, ()
        means = ProofMeans(*given, credentials=(Teller(*asking), self.book))
        request = DeskRequest(caller, decision, self.recorder, "proofs", lambda: None, means)
        holder = json.dumps(self.key.as_dict(private=False))
        of = PersonRef("citizenNumber", child)
        return await CredentialDesk(request).issue(Wanted(uuid4().hex, "isMotherOf", of, holder, 7))

    async def issued(self, rows: Sequence[dict[str, str]]) -> list[str]:
        """The credentials, eight at once."""
        waiting, found = iter(rows), list[str]()

        async def work() -> None:
            for row in waiting:
                found.append((await self.issue(row["mother"], row["child"])).credential)

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
        return found

    def shown(self, credentials: Sequence[str]) -> list[str]:
        """Each with all that it has."""
        claims = {"iat": int(time.time()), "aud": AUDIENCE, "nonce": NONCE}
        whole = map(parts, credentials)
        return [presented(one, one.disclosures, self.key, claims) for one in whole]

    def checked(self, shown: Sequence[str], listed: str = "") -> None:
        """One after another, with the status list where there is one."""
        keys = json.loads(public_keys_file(self.settings.home, "proofs").read_text())
        for text in shown:
            said = presentation(text, keys, self.settings.proof_issuer, AUDIENCE, NONCE)
            if listed:
                check_status(said, listed, keys)

    async def round(self) -> int:
        """Ask all of them again, slice by slice; how many."""
        began, asked = int(time.time()), 0
        credential_rounds.EVERY_SECONDS = -1
        while await self.book.due(began - 1, 1):
            asked += await self.rounds.slice()
        return asked

    async def close(self) -> None:
        """Drop the connections."""
        for one in (self.budget, self.proofs, self.book):
            await one.close()


def _row(what: str, count: int, began: float) -> dict[str, Any]:
    return {
        "what": what,
        "credentials": count,
        "a second": round(count / (time.perf_counter() - began)),
    }


async def run(count: int) -> list[dict[str, Any]]:
    """Everything, in the order in which it happens to a credential."""
    settings = load_settings()
    recorder = AuditWriter(settings.redis_url)
    await recorder.open()
    async with open_store(settings) as store:
        rows = await store.read(SAMPLE, {"count": count + WARM}, 60)
        if len(rows) < count + WARM:
            raise SystemExit(f"The graph has {len(rows)} mothers; ask for fewer.")
        bench = Bench(settings, in_force(settings), store, recorder)
        await bench.issued(rows[:WARM])
        began = time.perf_counter()
        made = await bench.issued(rows[WARM:])
        found = [_row("issued", len(made), began)]
        began = time.perf_counter()
        shown = bench.shown(made)
        found.append(_row("shown", len(shown), began))
        began = time.perf_counter()
        bench.checked(shown)
        found.append(_row("checked", len(shown), began))
        await asyncio.sleep(2)
        began = time.perf_counter()
        found.append(_row("asked again", await bench.round(), began))
        began = time.perf_counter()
        listed = await bench.list.token()
        found.append(_row("a list of all", 1, began))
        few = shown[:100]
        began = time.perf_counter()
        bench.checked(few, listed)
        found.append(_row("checked with the list", len(few), began))
        await bench.close()
    await recorder.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.credentials", description=__doc__)
    parser.add_argument("--credentials", type=int, default=300)
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    rows = uvloop.run(run(given.credentials))
    if given.json:
        print_json(rows)
        return
    print_table("Credentials", list(rows[0]), [[str(v) for v in row.values()] for row in rows])


if __name__ == "__main__":
    main()
