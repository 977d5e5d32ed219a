"""`citizengraph audit` on the running stack."""

from __future__ import annotations

import json

from stack import Stack

from tests.family import AWAY, NUMBERS

QUERY = "query ($n: String!) { person(citizenNumber: $n) { name } }"


def test_audit_shows_who_asked_and_verifies_the_chain(stack: Stack) -> None:
    reply = stack.ask("caseworker", QUERY, {"n": NUMBERS["mother"]}, district=AWAY)
    shown = stack.command("audit", "--operation", reply.operation).stdout
    assert "denied" in shown
    assert "household-services / statutory-duty" in shown
    assert "id; denied name" in shown
    assert NUMBERS["mother"] not in shown
    (record,) = json.loads(stack.command("audit", "--operation", reply.operation, "--json").stdout)
    about = json.loads(
        stack.command("audit", "--record", record["rows"][0]["record"], "--json").stdout
    )
    assert reply.operation in {disclosure["operation"] for disclosure in about}
    assert json.loads(stack.command("audit", "--verify", "--json").stdout)["problems"] == []
