"""Subgraphs that fail, reloads, and the end of the process."""

import signal
from typing import Any

import pytest
import toy_subgraphs
from gateway_stack import Stack, wait_until

FAMILY = '{ person(citizenNumber: "1") { name household { number } } }'


def test_a_subgraph_that_is_down_and_comes_back(stack: Stack) -> None:
    assert stack.ask(FAMILY).json().get("errors") is None
    stack.served["households"].stop()
    try:
        answer = stack.ask(FAMILY)
        body = answer.json()
        assert answer.status_code == 200
        assert body["data"] == {"person": {"name": "王芳", "household": None}}
        (error,) = body["errors"]
        assert error["extensions"]["code"] == "SUBGRAPH_UNAVAILABLE"
        assert error["message"] == "The households service does not answer."
        assert str(stack.served["households"].port) not in answer.text
        assert "127.0.0.1" not in answer.text
    finally:
        stack.served["households"].start()
    wait_until(lambda: "errors" not in stack.ask(FAMILY).json())


def test_no_data_at_all_is_null(stack: Stack) -> None:
    stack.served["people"].stop()
    try:
        body = stack.ask(FAMILY).json()
        assert body["data"] is None
        assert body["errors"][0]["extensions"]["code"] == "SUBGRAPH_UNAVAILABLE"
    finally:
        stack.served["people"].start()


def test_a_subgraph_that_is_too_slow(stack: Stack) -> None:
    body = stack.ask("{ slow }").json()
    assert body["errors"][0]["extensions"]["code"] == "SUBGRAPH_UNAVAILABLE"


@pytest.mark.filterwarnings("ignore")
def test_an_exception_is_masked(stack: Stack) -> None:
    answer = stack.ask('{ broken person(citizenNumber: "1") { name } }')
    (error,) = answer.json()["errors"]
    assert answer.json()["data"] == {"broken": None, "person": {"name": "王芳"}}
    assert error["extensions"]["code"] == "INTERNAL"
    assert error["path"] == ["broken"]
    for secret in ("MATCH", "bolt", "110101199001010000", "RuntimeError"):
        assert secret not in answer.text
        assert secret not in stack.log.read_text()
    reference = error["message"].split()[-1].rstrip(".")
    (entry,) = [e for e in stack.log_entries() if e.get("reference") == reference]
    assert entry["operation"] == answer.headers["Citizengraph-Operation"]
    assert entry["subgraph"] == "people"


def test_a_refused_context_token_is_masked(stack: Stack) -> None:
    keys = stack.home / "keys" / "gateway.jwks.json"
    good = keys.read_text()
    keys.write_text('{"keys": []}')
    try:
        answer = stack.ask(FAMILY)
    finally:
        keys.write_text(good)
    assert answer.json()["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "CONTEXT" not in answer.text


def test_reload_while_serving(stack: Stack) -> None:
    people = "{ people { name } }"
    assert stack.ask(people).is_success
    fewer = toy_subgraphs.CASEWORKER - {
        "Query.people",
        "Query.people(filter:)",
        "PersonFilter.name",
    }
    stack.compose("policy-2", caseworker=fewer)
    try:
        wait_until(lambda: stack.health().json() == {"status": "ready", "policy": "policy-2"})
        refusal: dict[str, Any] = stack.ask(people).json()["errors"][0]
        assert refusal["extensions"]["code"] == "QUERY_INVALID"
        stack.seen.clear()
        assert stack.ask(FAMILY).is_success
        assert stack.seen[0]["claims"]["policy"] == "policy-2"
    finally:
        stack.compose("policy-1")
    wait_until(lambda: stack.health().json()["policy"] == "policy-1")
    assert stack.ask(people).is_success


def test_a_composition_that_does_not_fit_together_is_not_taken(stack: Stack) -> None:
    index = stack.home / "gateway" / "consumers.json"
    good = index.read_text()
    index.write_text(good.replace('"sha256": "', '"sha256": "0'))

    def refused() -> bool:
        last = [e for e in stack.log_entries() if e["event"].startswith("composition")][-1]
        return last["event"] == "composition-refused"

    try:
        wait_until(refused)
        assert stack.ask(FAMILY).is_success
    finally:
        index.write_text(good)
    wait_until(lambda: not refused())


def test_sigterm_ends_it_within_five_seconds(stack: Stack) -> None:
    stack.process.send_signal(signal.SIGTERM)
    try:
        assert stack.process.wait(5) == 0
    finally:
        stack.process = stack.start()
