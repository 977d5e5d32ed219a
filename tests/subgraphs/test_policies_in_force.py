"""A process takes up a policy that the gateway names, and keeps the one before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph.catalogue import model
from policies.table import POLICIES_DIRECTORY, load
from runtime.errors import CitizengraphError
from subgraphs import policies_in_force
from subgraphs.policies_in_force import PoliciesInForce


def test_new_version_is_loaded_when_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policies_in_force, "RELOAD_SECONDS_MIN", 0.0)
    directory = tmp_path / "policies"
    shutil.copytree(POLICIES_DIRECTORY, directory, ignore=shutil.ignore_patterns("*.py"))
    policies = PoliciesInForce(directory, model())
    first = policies.newest.version
    grants = directory / "grants" / "citizen.cedar"
    grants.write_text(f"// Changed.\n{grants.read_text()}")
    second = load(directory, model()).version
    assert second != first
    assert policies.of(second).version == second
    assert policies.of(first).version == first
    with pytest.raises(CitizengraphError) as caught:
        policies.of("0" * 16)
    assert caught.value.code == "POLICY_VERSION_MISMATCH"


def test_broken_policy_does_not_take_the_old_one_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policies_in_force, "RELOAD_SECONDS_MIN", 0.0)
    directory = tmp_path / "policies"
    shutil.copytree(POLICIES_DIRECTORY, directory, ignore=shutil.ignore_patterns("*.py"))
    policies = PoliciesInForce(directory, model())
    (directory / "grants" / "citizen.cedar").write_text("permit (nonsense")
    with pytest.raises(CitizengraphError):
        policies.of("0" * 16)
    assert policies.of(policies.newest.version) is policies.newest
