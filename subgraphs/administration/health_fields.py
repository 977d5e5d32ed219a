"""The root fields about the running system: its parts, its processes, how often it is asked."""

from __future__ import annotations

import asyncio
import os
import socket
import time
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import httpx
import strawberry

from graph import ledger
from resolvers.desk import DeskRequest
from runtime.errors import CitizengraphError
from runtime.launch import current
from runtime.process import resident_bytes
from runtime.settings import Settings
from runtime.state import PartState
from subgraphs.administration.arguments import between
from subgraphs.administration.means import Means
from subgraphs.administration.types import Context
from subgraphs.rates import Rate, by_kind, rate

MINUTES_MAX = 60
GATEWAY_SECONDS_MAX = 2.0


@strawberry.federation.type(description="A part of the stack on this host · 系统组件")
class SystemPart:
    name: str
    state: str
    ready_since: datetime | None
    restarts: int
    memory_bytes: float | None
    last_exit: str | None

    @classmethod
    def of(cls, name: str, part: PartState) -> SystemPart:
        """As the supervisor has it."""
        held = resident_bytes(part.pid, part.process_started)
        return cls(
            name=name,
            state=part.state,
            ready_since=_time(part.ready_at) if part.ready_at else None,
            restarts=part.restarts,
            memory_bytes=float(held) if held else None,
            last_exit=part.last_exit,
        )


@strawberry.federation.type(description="A process and what it has in force · 服务进程状态")
class SystemProcess:
    process: str
    policy: str
    number: int
    since: datetime
    current: bool = strawberry.field(description="Whether it is the policy of this answer.")


@strawberry.federation.type(description="Whether something answers, and how fast · 连通状态")
class SystemAnswer:
    answers: bool
    ms: float | None


@strawberry.federation.type(description="How the system does · 运行状态")
class SystemHealth:
    at: datetime
    process: str = strawberry.field(description="The process that answers.")
    policy: str = strawberry.field(description="The policy version of this answer.")
    gateway_policy: str | None = strawberry.field(
        description="What the gateway of this host has composed; null where none answers."
    )
    graph: SystemAnswer
    audit: SystemAnswer
    waiting_events: int | None = strawberry.field(description="Changes that are not sent yet.")
    parts: list[SystemPart] = strawberry.field(
        description="Of the stack of this home; empty where no supervisor runs it."
    )
    processes: list[SystemProcess] = strawberry.field(description="Those that reported lately.")


@strawberry.federation.type(description="Fetches of one kind · 请求速率")
class RequestRate:
    consumer: str
    subgraph: str
    requests: int
    per_minute: float
    p50_ms: float
    p99_ms: float


@strawberry.federation.type(description="Fetches of one process · 请求速率与时延")
class RequestRates:
    process: str
    minutes: float = strawberry.field(description="Over how many it is told.")
    requests: int
    per_minute: float
    p50_ms: float
    p99_ms: float
    kinds: list[RequestRate] = strawberry.field(description="By consumer and subgraph.")


async def system_health(info: Context) -> SystemHealth:
    request: DeskRequest = info.context
    means: Means = request.means
    events: list[int] = []

    async def ask_graph() -> None:
        events.append((await means.pen.rows(ledger.COUNT_EVENTS, {}))[0]["count"])

    graph, audit, gateway = await asyncio.gather(
        _timed(ask_graph()), _timed(means.notices.newest(1)), _gateway_policy(means.settings)
    )
    policy = request.caller.policy
    return SystemHealth(
        at=_time(time.time()),
        process=_process(),
        policy=policy,
        gateway_policy=gateway,
        graph=graph,
        audit=audit,
        waiting_events=events[0] if events else None,
        parts=await asyncio.to_thread(_parts, means.settings),
        processes=await _processes(request, policy),
    )


async def request_rates(info: Context, minutes: int = 5) -> RequestRates:
    means: Means = info.context.means
    between("minutes", minutes, 1, MINUTES_MAX)
    assert means.rates, "application() gives a desk the rates of its process"
    fetches, seconds = means.rates.since(minutes * 60)
    told = max(seconds, 1.0) / 60
    return RequestRates(
        process=_process(),
        minutes=round(told, 2),
        **_said(rate(fetches), told),
        kinds=[
            RequestRate(consumer=consumer, subgraph=subgraph, **_said(found, told))
            for (consumer, subgraph), found in by_kind(fetches).items()
        ],
    )


RESOLVERS: Mapping[str, Any] = {"systemHealth": system_health, "requestRates": request_rates}


def _said(found: Rate, minutes: float) -> dict[str, Any]:
    return {**vars(found), "per_minute": round(found.requests / minutes, 1)}


def _process() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


async def _timed(asked: Awaitable[Any]) -> SystemAnswer:
    started = time.perf_counter()
    try:
        await asked
    except CitizengraphError:
        return SystemAnswer(answers=False, ms=None)
    return SystemAnswer(answers=True, ms=round((time.perf_counter() - started) * 1000, 1))


async def _gateway_policy(settings: Settings) -> str | None:
    url = f"http://127.0.0.1:{settings.gateway_port}/health"
    with suppress(httpx.HTTPError, ValueError):
        async with httpx.AsyncClient(trust_env=False, timeout=GATEWAY_SECONDS_MAX) as http:
            return (await http.get(url)).json().get("policy")
    return None


def _parts(settings: Settings) -> list[SystemPart]:
    try:
        found = current(settings).parts
    except CitizengraphError:
        return []
    return [SystemPart.of(name, part) for name, part in found.items()]


async def _processes(request: DeskRequest, policy: str) -> list[SystemProcess]:
    """None where policies are not kept as versions, or their store does not answer."""
    try:
        reports = await request.desk.processes()
    except CitizengraphError:
        return []
    return [
        SystemProcess(
            process=report.process,
            policy=report.policy,
            number=report.number,
            since=_time(report.applied_at),
            current=report.policy == policy,
        )
        for report in reports
    ]
