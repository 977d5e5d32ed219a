"""Putting a version into force: composed before, swapped at once, and waited for."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import httpx

from policies.bundle import Bundle
from policies.history import History, Record
from policies.life import Doing
from policies.store.administration import Act, Administration
from policies.store.steps import known, take
from policies.store.valkey import PREPARE, PolicyStore, ProcessReport
from runtime.settings import Settings
from subgraphs.composing import composed

APPLIED_SECONDS_MAX = 10.0
PREPARED_SECONDS_MAX = 5.0
"""A process that has not compiled by then compiles after the swap, and answers meanwhile."""


@dataclass(frozen=True)
class Activated:
    """What is in force now, and where it has arrived: milliseconds from the step on.

    `gateway_ms` is empty where no gateway runs from this home, or it has not followed in time.
    """

    record: Record
    policy: str
    processes: int
    behind: int
    last_ms: float | None
    gateway_ms: float | None

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        values = {k: v for k, v in asdict(self).items() if k != "record"}
        return {"number": self.record.number, "hash": self.record.version.hash, **values}


def activate(settings: Settings, who: Administration, number: int, why: str) -> Activated:
    """An approved version. Raises StepRefused, and what `bring_into_force` raises."""
    bundle = who.bundle(number)
    act = partial(Doing.activate, number=number, bundle=bundle, why=why)
    return bring_into_force(settings, who, act, number, bundle)


def roll_back(settings: Settings, who: Administration, number: int, reason: str) -> Activated:
    """The texts of a version that was in force, as a new one. Raises as `activate`."""
    bundle = who.bundle(number)
    act = partial(Doing.roll_back, number=number, bundle=bundle, why=reason)
    return bring_into_force(settings, who, act, number, bundle)


def bring_into_force(
    settings: Settings, who: Administration, act: Act, number: int, bundle: Bundle
) -> Activated:
    """Check and compose, then swap. Nothing has changed where this raises before the swap.

    Processes are told beforehand, so that they have compiled when the swap comes.
    """
    store, gains = who.store, who.ask(act, bundle)
    record = known(store.snapshot().history, number)
    policies = who.load(bundle, record.version.valid_to)
    store.publish(f"{PREPARE} {bundle.hash}")
    directory = settings.home / "gateway"
    here = (directory / "gateway.json").exists()
    write = composed(settings, policies, directory) if here else None
    _wait_prepared(store, bundle)
    swapped_at = time.time()
    history = take(store, who.by, act, None, gains)
    if write:
        write()
    gateway_ms = _followed(settings, policies.version, swapped_at) if write else None
    return _applied(store, history, policies.version, swapped_at, gateway_ms)


def _wait_prepared(store: PolicyStore, bundle: Bundle) -> None:
    """Until every process that has reported has compiled what is about to be in force."""
    until = time.monotonic() + PREPARED_SECONDS_MAX
    while time.monotonic() < until:
        if all(report.prepared == bundle.hash for report in store.processes()):
            return
        time.sleep(0.05)


def _applied(
    store: PolicyStore, history: History, policy: str, swapped_at: float, gateway_ms: float | None
) -> Activated:
    """Wait until every process that has reported has the version."""
    active = history.active
    assert active is not None
    reports: list[ProcessReport] = []
    until = time.monotonic() + APPLIED_SECONDS_MAX
    while time.monotonic() < until:
        reports = store.processes()
        if all(report.number >= active.number for report in reports):
            break
        time.sleep(0.05)
    there = [report for report in reports if report.number >= active.number]
    last = max((report.applied_at - swapped_at for report in there), default=None)
    last_ms = None if last is None else round(max(last, 0.0) * 1000, 1)
    return Activated(active, policy, len(reports), len(reports) - len(there), last_ms, gateway_ms)


def _followed(settings: Settings, policy: str, swapped_at: float) -> float | None:
    """Milliseconds until the gateway says that it has the composition; none without one."""
    url = f"http://127.0.0.1:{settings.gateway_port}/health"
    until = time.monotonic() + APPLIED_SECONDS_MAX
    with httpx.Client(trust_env=False, timeout=2.0) as http:
        while time.monotonic() < until:
            try:
                if http.get(url).json().get("policy") == policy:
                    return round((time.time() - swapped_at) * 1000, 1)
            except (httpx.HTTPError, ValueError):
                return None
            time.sleep(0.02)
    return None
