"""The policies that an operation of the past was answered by."""

from __future__ import annotations

from datetime import date

from graph.catalogue import Catalogue
from policies.store.valkey import PolicyStore
from policies.table import PolicySet, load_bundle
from runtime.errors import CitizengraphError


def answered_by(store: PolicyStore, catalogue: Catalogue, policy: str, day: date) -> PolicySet:
    """As they were on the day. Raises POLICY_VERSION_UNKNOWN."""
    for version in reversed(list(store.snapshot().history.has_been_active())):
        bundle = store.bundle(version.version.bundle)
        found = load_bundle(bundle, catalogue, day, version.version.valid_to)
        if found.version == policy:
            return found
    words = f"The operation was answered under policy {policy}, which is no stored version."
    hint = "Name the policies with --of or --dir; the model may have changed since."
    raise CitizengraphError("POLICY_VERSION_UNKNOWN", words, hint)
