"""The policy in force, followed from the store: swapped in one step, polled, never guessed.

A thread listens for changes and asks again several times a second. Texts are compiled before the
swap, and ahead of it where the store announces them. What was in force before is kept as long as
an operation that began under it can be under way.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from graph.catalogue import Catalogue
from policies.history import Record
from policies.store.problems import PolicyUnavailable
from policies.store.steps import seed
from policies.store.valkey import PREPARE, PolicyStore, ProcessReport, next_message
from policies.table import PolicySet, load_bundle
from runtime.errors import CitizengraphError
from subgraphs.policies_in_force import mismatch

POLL_SECONDS = 0.25
REPORT_SECONDS = 5.0
ASK_SECONDS_MIN = 1.0
# A context token holds for 30 seconds, and 5 more by clocks that differ.
UNDER_WAY_SECONDS = 35.0
KEPT_MAX = 8
_log = logging.getLogger("citizengraph.subgraphs")


@dataclass(frozen=True)
class InForce:
    """One moment's picture, replaced as a whole: the newest, and when others ceased to be it."""

    pointer: str = ""
    number: int = 0
    newest: PolicySet | None = None
    applied_at: float = 0.0
    earlier: Mapping[str, tuple[PolicySet, float]] = field(
        default_factory=dict[str, tuple[PolicySet, float]]
    )

    def followed_by(self, pointer: str, number: int, newest: PolicySet) -> InForce:
        """The picture after a swap."""
        now = time.monotonic()
        kept = {v: old for v, old in self.earlier.items() if now - old[1] <= UNDER_WAY_SECONDS}
        if self.newest:
            kept[self.newest.version] = (self.newest, now)
        kept.pop(newest.version, None)
        recent = dict(list(kept.items())[-KEPT_MAX:])
        return InForce(pointer, number, newest, time.time(), recent)


class StoredPolicies:
    """What one process has in force. `seconds_max`: how long it answers without news."""

    def __init__(self, store: PolicyStore, catalogue: Catalogue, seconds_max: float) -> None:
        self._store = store
        self._catalogue = catalogue
        self._seconds_max = seconds_max
        self._state = InForce()
        self._prepared: dict[str, PolicySet] = {}
        self._confirmed_at = float("-inf")
        self._reported_at = self._asked_at = float("-inf")
        self._turn = threading.Lock()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="policies", daemon=True)
        self._process = f"{socket.gethostname()}:{os.getpid()}:{id(self):x}"
        self._trouble = ""

    def start(self) -> None:
        """Learn the policy in force if the store answers, and follow it from now on."""
        self._try_to_learn()
        self._thread.start()

    def stop(self) -> None:
        """Follow no more."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join()
        self._store.withdraw(self._process)
        self._store.close()

    @property
    def newest(self) -> PolicySet:
        """The policy in force. Raises POLICY_UNAVAILABLE where it is not known for sure."""
        newest = self._state.newest
        if newest is None or time.monotonic() - self._confirmed_at > self._seconds_max:
            raise PolicyUnavailable(self._trouble or "nothing has been learned yet")
        return self._of_today(newest)

    def of(self, version: str) -> PolicySet:
        """The policies of a version. Raises POLICY_UNAVAILABLE or POLICY_VERSION_MISMATCH."""
        found = self._find(version)
        if found is None and time.monotonic() - self._asked_at >= ASK_SECONDS_MIN:
            self._asked_at = time.monotonic()
            self._try_to_learn()
            found = self._find(version)
        if found is None:
            raise mismatch()
        return found

    def _find(self, version: str) -> PolicySet | None:
        newest, state = self.newest, self._state
        if newest.version == version:
            return newest
        policies, since = state.earlier.get(version, (None, 0.0))
        if policies is None or time.monotonic() - since > UNDER_WAY_SECONDS:
            return None
        return policies.on(date.today())

    def _of_today(self, newest: PolicySet) -> PolicySet:
        """The policies without the grants that ended before today; compiled once a day at most."""
        today = newest.on(date.today())
        if today is not newest:
            with self._turn:
                state = self._state
                if state.newest is newest:
                    self._state = InForce(
                        state.pointer, state.number, today, state.applied_at, state.earlier
                    )
        return today

    def _follow(self) -> None:
        while not self._ending.is_set():
            try:
                with self._store.listening() as channel:
                    while not self._ending.is_set():
                        self._try_to_learn()
                        message = next_message(channel, POLL_SECONDS)
                        if message.startswith(PREPARE):
                            self._prepare(message.removeprefix(PREPARE).strip())
            except Exception as error:
                self._note(error)
                self._ending.wait(POLL_SECONDS)

    def _try_to_learn(self) -> None:
        try:
            self._learn()
        except CitizengraphError as error:
            self._note(error)

    def _learn(self) -> None:
        """Ask which version is active, and take it up. Raises what keeps it from being known.

        After the swap it asks again: compiling takes time, in which another may become active.
        """
        with self._turn:
            while True:
                asked_at = time.monotonic()
                pointer = self._store.pointer()
                if pointer and pointer == self._state.pointer:
                    break
                self._swap()
            self._confirmed_at = asked_at
            self._trouble = ""
            self._report()

    def _swap(self) -> None:
        record, pointer = self._active_record()
        policies = self._compiled(record)
        self._state = self._state.followed_by(pointer, record.number, policies)
        self._reported_at = float("-inf")
        _log.info("policy version %d (%s) in force", record.number, policies.version)

    def _active_record(self) -> tuple[Record, str]:
        if not self._state.pointer:
            seed(self._store, self._catalogue)
        pointer, snapshot = self._store.active()
        active = snapshot.history.active
        if active is None:
            raise PolicyUnavailable("no version is active")
        return active, pointer

    def _compiled(self, record: Record) -> PolicySet:
        prepared = self._prepared.pop(record.version.bundle, None)
        if prepared is not None and record.version.valid_to is None:
            return prepared.on(date.today())
        bundle = self._store.bundle(record.version.bundle)
        return load_bundle(bundle, self._catalogue, last=record.version.valid_to)

    def _prepare(self, hashed: str) -> None:
        """Compile what is about to become active."""
        try:
            compiled = load_bundle(self._store.bundle(hashed), self._catalogue)
        except CitizengraphError as error:
            self._note(error)
            return
        self._prepared = {hashed: compiled}
        with self._turn:
            self._reported_at = float("-inf")
            self._report()

    def _report(self) -> None:
        state, now = self._state, time.monotonic()
        if state.newest and now - self._reported_at >= REPORT_SECONDS:
            version, at = state.newest.version, state.applied_at
            prepared = next(iter(self._prepared), "")
            self._store.report(ProcessReport(self._process, version, state.number, at, prepared))
            self._reported_at = now

    def _note(self, error: Exception) -> None:
        """Say it once in the log until something else is wrong."""
        words = error.reason if isinstance(error, PolicyUnavailable) else str(error)
        if words != self._trouble:
            _log.warning("the policy in force cannot be learned: %s", words)
        self._trouble = words
