"""Policies of a directory that are in force as they stand, without versions and approval.

A process knows the newest, and the one before for what is under way. What the product runs on by
default is `stored_policies`.
"""

from __future__ import annotations

import logging
import time
from datetime import date
from pathlib import Path
from typing import Protocol

from graph.catalogue import Catalogue
from policies.table import PolicySet, load
from runtime.errors import CitizengraphError

VERSIONS_KEPT = 2
RELOAD_SECONDS_MIN = 1.0
_log = logging.getLogger("citizengraph.subgraphs")


class Policies(Protocol):
    """The policies that a process answers under."""

    @property
    def newest(self) -> PolicySet:
        """Those in force."""
        ...

    def of(self, version: str) -> PolicySet:
        """Those of a version that an operation was pinned to."""
        ...

    def start(self) -> None:
        """Follow what is in force."""
        ...

    def stop(self) -> None:
        """Follow it no more."""
        ...


def mismatch() -> CitizengraphError:
    """What an operation is told whose version is not at hand."""
    return CitizengraphError(
        "POLICY_VERSION_MISMATCH",
        "The policy changed while the request was on its way.",
        "Send the operation again; if it stays so, run `citizengraph compose`.",
    )


class PoliciesInForce:
    """Loads the policies, and again when the gateway names a version that is not known."""

    def __init__(self, directory: Path | None, catalogue: Catalogue) -> None:
        self._directory = directory
        self._catalogue = catalogue
        self._known: dict[str, PolicySet] = {}
        self._loaded_at = 0.0
        self.newest = self._load()

    def start(self) -> None:
        """Nothing: the directory is read when another version is named."""

    def stop(self) -> None:
        """Nothing."""

    def of(self, version: str) -> PolicySet:
        """The policies of a version. Raises POLICY_VERSION_MISMATCH where they are not at hand."""
        known = self._known.get(version)
        if known is None and time.monotonic() - self._loaded_at >= RELOAD_SECONDS_MIN:
            self._reload()
            known = self._known.get(version)
        if known is None:
            raise mismatch()
        return self._of_today(known)

    def _of_today(self, known: PolicySet) -> PolicySet:
        today = known.on(date.today())
        if today is not known:
            self._known[known.version] = today
            self.newest = today if self.newest is known else self.newest
        return today

    def _reload(self) -> None:
        try:
            self.newest = self._load()
        except CitizengraphError as error:
            _log.error("the policies were not loaded again: %s", error)

    def _load(self) -> PolicySet:
        self._loaded_at = time.monotonic()
        loaded = load(self._directory, self._catalogue)
        self._known[loaded.version] = loaded
        while len(self._known) > VERSIONS_KEPT:
            self._known.pop(next(iter(self._known)))
        return loaded
