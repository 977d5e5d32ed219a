"""The root fields of the desk, by the names that the model declares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from policies.life import Statement
from resolvers.desk import DeskRequest
from runtime.errors import CitizengraphError
from subgraphs.administration.types import (
    Context,
    PolicyActivation,
    PolicyChange,
    PolicyChangeCount,
    PolicyDifference,
    PolicyExplanation,
    PolicyProcess,
    PolicyReplay,
    PolicyReplayed,
    PolicySeer,
    PolicyStatementInput,
    PolicyTextInput,
    PolicyVersion,
)

if TYPE_CHECKING:  # the desk composes, and composing asks for the schema made here
    from subgraphs.activation import Activated
    from subgraphs.administration.desk import Desk

CHANGES_MAX = 1000
OPERATIONS_MAX = 100_000


def _desk(info: Context) -> Desk:
    request: DeskRequest = info.context
    return request.desk


async def policy_versions(info: Context) -> list[PolicyVersion]:
    return [PolicyVersion.of(record) for record in await _desk(info).versions()]


async def policy_version(info: Context, number: int | None = None) -> PolicyVersion:
    return PolicyVersion.of(await _desk(info).version(number))


async def policy_difference(
    info: Context, to: int, since: int | None = None, first: int = 200
) -> PolicyDifference:
    _within("first", first, CHANGES_MAX)
    found = await _desk(info).difference(since, to)
    return PolicyDifference(
        cells=len(found.changes),
        counts=[
            PolicyChangeCount(consumer=consumer, kind=kind, cells=cells)
            for (consumer, kind), cells in found.counts().items()
        ],
        changes=[PolicyChange.of(change) for change in found.changes[:first]],
        text=found.text,
    )


async def policy_replay(
    info: Context, to: int, since: int | None = None, operations: int = 10_000
) -> PolicyReplay:
    _within("operations", operations, OPERATIONS_MAX)
    read, found = await _desk(info).replay(since, to, operations)
    return PolicyReplay(
        operations=read,
        affected=sum(replayed.recorded.count for replayed in found),
        differing=[PolicyReplayed.of(replayed) for replayed in found],
    )


async def policy_seers(
    info: Context, coordinate: str, number: int | None = None
) -> list[PolicySeer]:
    found = await _desk(info).seers(coordinate, number)
    return [shown for seer in found for shown in PolicySeer.of(seer)]


async def policy_explanation(
    info: Context,
    coordinate: str,
    consumer: str,
    purpose: str,
    basis: str,
    number: int | None = None,
) -> PolicyExplanation:
    key = consumer, purpose, basis
    cell, read = await _desk(info).explanation(coordinate, key, number)
    return PolicyExplanation.of(key, cell, read)


async def policy_processes(info: Context) -> list[PolicyProcess]:
    return [PolicyProcess.of(report) for report in await _desk(info).processes()]


async def draft_policy(
    info: Context,
    statement: PolicyStatementInput,
    texts: list[PolicyTextInput],
    base: int | None = None,
) -> PolicyVersion:
    return PolicyVersion.of(await _desk(info).draft(_said(statement), _texts(texts), base))


async def edit_policy(
    info: Context, number: int, statement: PolicyStatementInput, texts: list[PolicyTextInput]
) -> PolicyVersion:
    return PolicyVersion.of(await _desk(info).edit(number, _said(statement), _texts(texts)))


async def approve_policy(info: Context, number: int, hash: str, why: str = "") -> PolicyVersion:
    return PolicyVersion.of(await _desk(info).approve(number, hash, why))


async def activate_policy(info: Context, number: int, why: str = "") -> PolicyActivation:
    return _activated(await _desk(info).activate(number, why))


async def roll_back_policy(info: Context, number: int, reason: str) -> PolicyActivation:
    return _activated(await _desk(info).roll_back(number, reason))


RESOLVERS: Mapping[str, Any] = {
    "policyVersions": policy_versions,
    "policyVersion": policy_version,
    "policyDifference": policy_difference,
    "policyReplay": policy_replay,
    "policySeers": policy_seers,
    "policyExplanation": policy_explanation,
    "policyProcesses": policy_processes,
    "draftPolicy": draft_policy,
    "editPolicy": edit_policy,
    "approvePolicy": approve_policy,
    "activatePolicy": activate_policy,
    "rollBackPolicy": roll_back_policy,
}


def _activated(done: Activated) -> PolicyActivation:
    return PolicyActivation(
        version=PolicyVersion.of(done.record),
        processes=done.processes,
        behind=done.behind,
        last_ms=done.last_ms,
        gateway_ms=done.gateway_ms,
    )


def _said(given: PolicyStatementInput) -> Statement:
    days = given.valid_from, given.valid_to, given.review
    return Statement(given.reason.strip(), given.document.strip(), *days)


def _texts(given: list[PolicyTextInput]) -> dict[str, str | None]:
    return {text.path: text.content for text in given}


def _within(name: str, value: int, most: int) -> None:
    if not 1 <= value <= most:
        raise CitizengraphError("BAD_ARGUMENT", f"{name} must be between 1 and {most}.")
