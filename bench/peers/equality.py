"""Nothing is timed before all contenders have given the same answers."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from bench.peers.answers import rows
from bench.peers.contenders import ANSWER_SECONDS_MAX, Contender, Variables
from bench.peers.operations import Operation

PATIENCE_SECONDS = 120
"""The first of a statement may take longer than citizengraph waits: then it is planned behind."""
PAUSE_SECONDS = 3.0


class Different(Exception):
    """Two contenders disagree, or one cannot answer what it should."""


def bodies(
    contender: Contender, operation: Operation, asked: Sequence[Variables]
) -> tuple[list[bytes], list[Any]]:
    """The requests, and the comparable rows that came back for each."""
    with httpx.Client(timeout=ANSWER_SECONDS_MAX, trust_env=False) as http:
        own = [_with_cursor(http, contender, operation, variables) for variables in asked]
        found = [_patient(http, contender, operation, variables) for variables in own]
    answers = [rows(answer, operation.ordered) for answer in found]
    return [contender.body(operation, variables) for variables in own], answers


def require_equal(
    operation: Operation, asked: Sequence[Variables], answers: Mapping[str, Sequence[Any]]
) -> None:
    """Raise Different naming the first question with two answers."""
    (first, expected), *others = answers.items()
    for name, given in others:
        for variables, one, other in zip(asked, expected, given, strict=True):
            if one != other:
                raise Different(
                    f"{operation.title}: {first} and {name} differ, so the times would mean nothing"
                    f"\nasked  {_short(variables)}\n{first}  {_short(one)}\n{name}  {_short(other)}"
                )


def _patient(
    http: httpx.Client, contender: Contender, operation: Operation, variables: Variables
) -> Any:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        answer = _ask(http, contender, operation, variables)
        try:
            rows(answer, operation.ordered)
        except ValueError as error:
            if time.monotonic() > until:
                raise Different(f"{operation.title}: {contender.name} says {error}") from error
            time.sleep(PAUSE_SECONDS)
        else:
            return answer


def _ask(
    http: httpx.Client, contender: Contender, operation: Operation, variables: Variables
) -> Any:
    url = f"http://127.0.0.1:{contender.port}{contender.path(operation)}"
    headers = {"Content-Type": "application/json", **contender.headers(operation, 1)[0]}
    body = contender.body(operation, variables)
    answer = http.post(url, content=body, headers=headers)
    try:
        return answer.json()
    except ValueError:
        return {"errors": f"{answer.status_code} {answer.text[:200]}"}


def _with_cursor(
    http: httpx.Client, contender: Contender, operation: Operation, variables: Variables
) -> Variables:
    """Where the contender pages by cursor: with that of the last row before the offset."""
    before = variables.get("offset")
    if not before or "$after" not in (contender.text(operation) or ""):
        return variables
    answer = _patient(http, contender, operation, {**variables, "first": before})
    (page,) = answer["data"].values()
    return {**variables, "after": page["pageInfo"]["endCursor"]}


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)[:1500]
