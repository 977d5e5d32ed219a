"""Random queries over each consumer's own schema, through the gateway: nothing breaks or slips."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLNonNull, build_schema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes, queries
from stack import PURPOSES, SOMEBODY, Stack

from tests import family

CONTRACTS = Path(__file__).parents[2] / "gateway" / "supergraphs"
EXAMPLES = 40
KNOWN = st.sampled_from(
    [*family.NUMBERS.values(), family.COMPANY, "P-1001", "nobody", "", "\u0000", "' OR 1=1 //"]
)
DAYS = st.sampled_from(["2020-02-29", "1988-05-17", "9999-12-31", "0001-01-01", "yesterday"])
TIMES = st.sampled_from(["2020-02-29T00:00:00Z", "2026-11-25T08:00:00+08:00", "noon"])
SCALARS: Any = {
    "Date": DAYS.map(nodes.String),
    "PartialDate": DAYS.map(nodes.String),
    "DateTime": TIMES.map(nodes.String),
    "String": KNOWN.map(nodes.String),
    "ID": KNOWN.map(nodes.String),
}
NEVER_SHOWN = {
    "caseworker": ("孙丽",),
    "school-enrolment": ("陈静", "李建国", "李娜", "孙丽"),
    "citizen": ("陈静", "李建国", "孙丽"),
    "policy-admin": ("陈静", "李娜", "孙丽"),
    "partner-developer": ("陈静", "李娜", "孙丽"),
    "access-reviewer": ("陈静", "李娜", "孙丽"),
}
"""Names of people whom the caller of SOMEBODY is never shown."""


@pytest.mark.parametrize("consumer", PURPOSES)
def test_random_queries(stack: Stack, consumer: str) -> None:
    text = (CONTRACTS / f"{consumer}.graphql").read_text()
    schema = build_schema(text)
    query = schema.query_type
    assert query
    simple = [
        name
        for name, field in query.fields.items()
        if not isinstance(field.type, GraphQLNonNull) or not field.args
    ]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(queries(text, fields=simple, custom_scalars=SCALARS, allow_null=True))
    def ask(document: str) -> None:
        reply = stack.ask(consumer, document, **SOMEBODY[consumer])
        assert reply.status < 500, (document, reply.body)
        assert "INTERNAL" not in reply.codes, (document, reply.body)
        shown = str(reply.body.get("data"))
        assert not [name for name in NEVER_SHOWN[consumer] if name in shown], document

    ask()
