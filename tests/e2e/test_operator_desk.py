"""The operator and the auditor on the whole stack."""

from __future__ import annotations

from stack import SOMEBODY, Stack


def test_the_operator_sees_every_part_and_the_gateway(stack: Stack) -> None:
    query = """{ systemHealth { policy gatewayPolicy graph { answers } audit { answers }
        parts { name state restarts memoryBytes readySince }
        processes { policy current } }
      requestRates { requests kinds { consumer subgraph requests } } }"""
    reply = stack.ask("operator", query, **SOMEBODY["operator"])
    health = reply.data["systemHealth"]
    assert {part["name"] for part in health["parts"]} == set(stack.parts())
    assert {part["state"] for part in health["parts"]} == {"ready"}
    assert health["policy"] == health["gatewayPolicy"] == stack.policy()
    assert all(process["current"] for process in health["processes"])
    assert reply.data["requestRates"]["requests"] >= 0


def test_records_of_the_audit_are_read_through_the_gateway(stack: Stack) -> None:
    asked = stack.ask("caseworker", "{ people(first: 1) { edges { cursor } } }", district="110101")
    query = """query ($operation: String) { auditRecords(operation: $operation, first: 500) {
      records { consumer outcome purpose rows { type } } } }"""
    variables = {"operation": asked.operation}
    for reader in ("policy-admin", "access-reviewer"):
        reply = stack.ask(reader, query, variables, **SOMEBODY[reader])
        (record,) = reply.data["auditRecords"]["records"]
        assert (record["consumer"], record["purpose"]) == ("caseworker", "household-services")
    refused = stack.ask("operator", query, variables, **SOMEBODY["operator"])
    assert refused.codes == ["QUERY_INVALID"]


def test_an_error_of_the_quarantine_is_told(stack: Stack) -> None:
    query = 'mutation { replayQuarantined(ids: ["999/1"]) { run } }'
    reply = stack.ask("operator", query, **SOMEBODY["operator"])
    assert reply.codes == ["BAD_ARGUMENT"]
