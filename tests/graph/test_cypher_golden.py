"""Operation and consumer in, statement and parameters out, without a database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.catalogue import model
from policies.table import PolicySet, load
from resolvers.context import Caller
from subgraphs.explain import explain_operation
from tests.golden import check_golden
from tests.granted import policies_with

HERE = Path(__file__).parent
OPERATIONS = sorted((HERE / "operations").glob("*.graphql"))
SHIPPED = load(None, model())
CLOCK = ("$today", "$now", "$adultBornBy")


def settings_of(text: str) -> dict[str, str]:
    """`# name: value` lines at the head of an operation."""
    head = (line[2:].partition(": ") for line in text.splitlines() if line.startswith("# "))
    return {name: value for name, _, value in head}


def caller(policies: PolicySet, consumer: str) -> Caller:
    """A caller of the consumer's only purpose."""
    purpose, bases = next(iter(policies.contract(consumer).items()))
    names = policies.contracts.principal_attributes()
    return Caller(
        consumer, "s", purpose, bases[0], None, dict.fromkeys(names), policies.version, "", None, ""
    )


def policies_of(settings: dict[str, str], directory: Path) -> PolicySet:
    """The shipped policies, or with the grants of a file in grants/ beside them."""
    if "grants" not in settings:
        return SHIPPED
    grants = (HERE / "grants" / f"{settings['grants']}.cedar").read_text(encoding="utf-8")
    return load(policies_with(directory, grants), model())


@pytest.mark.parametrize("path", OPERATIONS, ids=lambda path: path.stem)
async def test_statement(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    settings = settings_of(text)
    variables = json.loads(settings.get("variables", "{}"))
    policies = policies_of(settings, tmp_path)
    asked_by = caller(policies, settings["consumer"])
    explained = await explain_operation(policies, asked_by, settings["subgraph"], text, variables)
    parameters = [f"// {n} = {v}" for n, v in explained.parameters if n not in CLOCK]
    golden = "\n".join([explained.cypher, *parameters]) + "\n"
    check_golden(HERE / "golden" / f"{path.stem}.cypher", golden)


async def test_no_value_is_in_the_text() -> None:
    text = (HERE / "operations" / "hostile_values_are_parameters.graphql").read_text("utf-8")
    asked_by = caller(SHIPPED, "caseworker")
    explained = await explain_operation(SHIPPED, asked_by, "people", text, {})
    assert "DETACH" not in explained.cypher
    assert "1=1" not in explained.cypher
    assert any("DETACH" in value for _, value in explained.parameters)


async def test_what_holds_with_consent_and_what_is_filtered_by_is_told(tmp_path: Path) -> None:
    grants = (HERE / "grants" / "consent.cedar").read_text(encoding="utf-8")
    policies = load(policies_with(tmp_path, grants), model())
    text = (HERE / "operations" / "with_consent.graphql").read_text("utf-8")
    explained = await explain_operation(
        policies, caller(policies, "caseworker"), "people", text, {}
    )
    told = {name: (when, by) for name, when, by in explained.decision}
    when, by = told["Person.name (with consent)"]
    assert when.endswith("the row's consented = True")
    assert "elsewhere-with-consent" in by
    when, by = told["Person.name (filter)"]
    assert "the row's consented = True" in when and "the row's district = the caller's" in when
    assert "caseworker-filters" in by
    assert "Person.facts (filter)" not in told and "Person.facts (with consent)" not in told
