"""Lists of relatives from the real graph: who is on them, page by page, under a policy."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from policies.table import POLICIES_DIRECTORY
from runtime.neo4j.server import Neo4jAddress
from tests.family import AWAY, NUMBERS
from tests.subgraphs.harness import Harness

LIST = """query ($of: PersonRef!, $first: Int, $after: String) {{ list: {call} {{
  relatives {{ degree term kind person {{ name }} }} hasNextPage endCursor complete }} }}"""


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as started:
        await started.load()
        yield started


async def ask(harness: Harness, call: str, of: str, **variables: Any) -> dict[str, Any]:
    """The data and errors of one list."""
    given = {"of": {"citizenNumber": NUMBERS[of]}, **variables}
    query = LIST.format(call=call.replace("$of", "$of, first: $first, after: $after"))
    return await harness.graphql("people", query, given)


async def listed(harness: Harness, call: str, of: str) -> list[str]:
    answer = await ask(harness, call, of)
    assert "errors" not in answer or all(
        error["extensions"]["code"] == "FIELD_DENIED" for error in answer["errors"]
    )
    found = answer["data"]["list"]
    assert (found["hasNextPage"], found["complete"]) == (False, True)
    return [
        f"{r['degree']} {r['term']} {(r['person'] or {}).get('name')}" for r in found["relatives"]
    ]


@pytest.mark.parametrize(
    ("call", "of", "expected"),
    [
        (
            "ancestors(of: $of)",
            "grandchild",
            {
                "1 mother 李娜",
                "1 father None",
                "1 stepfather 张伟",
                "2 grandmother 陈静",
                "2 grandfather 李建国",
                "3 great-grandmother None",
            },
        ),
        (
            "ancestors(of: $of, generations: 1)",
            "grandchild",
            {"1 mother 李娜", "1 father None", "1 stepfather 张伟"},
        ),
        (
            "descendants(of: $of)",
            "father",
            {"1 daughter 李娜", "1 son 李明", "2 granddaughter 王小雨"},
        ),
        (
            "siblings(of: $of)",
            "daughter",
            {"1 brother 李明", "1 adoptive brother None"},
        ),
        (
            "nextOfKin(of: $of)",
            "daughter",
            {
                "1 husband 张伟",
                "2 mother 陈静",
                "2 father 李建国",
                "3 daughter 王小雨",
                "4 brother 李明",
                "4 adoptive brother None",
                "5 grandmother None",
            },
        ),
        (
            "heirs(of: $of)",
            "daughter",
            {"1 husband 张伟", "1 mother 陈静", "1 father 李建国", "1 daughter 王小雨"},
        ),
        (
            "family(of: $of, steps: 1)",
            "daughter",
            {
                "1 husband 张伟",
                "1 former husband None",
                "1 mother 陈静",
                "1 father 李建国",
                "1 daughter 王小雨",
            },
        ),
    ],
)
async def test_list(harness: Harness, call: str, of: str, expected: set[str]) -> None:
    found = await listed(harness, call, of)
    assert sorted(found) == sorted(expected)
    degrees = [int(line.split()[0]) for line in found]
    assert degrees == sorted(degrees)


async def test_two_statements_however_many_relatives(harness: Harness) -> None:
    before = await harness.statements()
    await ask(harness, "family(of: $of, steps: 3)", "daughter")
    assert await harness.statements() - before == 2


async def test_page_by_page(harness: Harness) -> None:
    call = "nextOfKin(of: $of)"
    whole = await listed(harness, "nextOfKin(of: $of)", "daughter")
    seen: list[str] = []
    after: str | None = None
    for _ in whole:
        answer = await ask(harness, call, "daughter", first=2, after=after)
        page = answer["data"]["list"]
        assert len(page["relatives"]) <= 2
        seen += [
            f"{r['degree']} {r['term']} {(r['person'] or {}).get('name')}"
            for r in page["relatives"]
        ]
        after = page["endCursor"]
        if not page["hasNextPage"]:
            break
    assert seen == whole


async def test_cursor_of_another_list_and_bounds_are_refused(harness: Harness) -> None:
    answer = await ask(harness, "family(of: $of, steps: 7)", "daughter")
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "BAD_ARGUMENT"
    assert "steps is 7; it goes from 1 to 6" in error["message"]
    call = "siblings(of: $of)"
    answer = await ask(harness, call, "daughter", after="WyJ4Il0")
    (error,) = answer["errors"]
    assert "after is not a cursor of this list" in error["message"]


async def test_person_of_another_district_and_nobody_look_the_same(harness: Harness) -> None:
    query = LIST.format(call="siblings(of: $of, first: $first, after: $after)")
    answers = [
        await harness.graphql(
            "people", query, {"of": {"citizenNumber": number}}, principal={"district": AWAY}
        )
        for number in (NUMBERS["daughter"], "110101190001010000")
    ]
    for answer in answers:
        for error in answer["errors"]:
            error["extensions"].pop("operation", None)
    assert answers[0] == answers[1]
    assert {error["extensions"]["code"] for error in answers[0]["errors"]} == {"FIELD_DENIED"}


async def test_who_may_not_be_seen_is_neither_listed_nor_counted(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path: Path
) -> None:
    """With persons of the own district only, and no right to relations through others."""
    directory = tmp_path / "policies"
    shutil.copytree(POLICIES_DIRECTORY, directory, ignore=shutil.ignore_patterns("*.py"))
    grants = directory / "grants" / "caseworker.cedar"
    text = grants.read_text().replace('     Action::"see:Person",\n', "")
    text = text.replace('     Action::"clear:Person.id",\n', "")
    text = text.replace('     Action::"clear:RelativesAnswer.between",\n', "")
    grants.write_text(
        text + '\n// Persons of the own district.\n@id("own-district")\npermit (\n'
        '  principal == Consumer::"caseworker",\n'
        '  action in [Action::"see:Person", Action::"clear:Person.id"],\n'
        "  resource\n)\n"
        'when { context.purpose == "household-services" && principal has district &&'
        " resource.district == principal.district };\n"
    )
    async with Harness(neo4j_server, valkey_server, directory) as harness:
        await harness.load()
        found = await listed(harness, "nextOfKin(of: $of)", "daughter")
        assert not any(line.endswith("None") for line in found)
        assert len(found) == 5
        page = await ask(harness, "nextOfKin(of: $of)", "daughter", first=5)
        assert page["data"]["list"]["hasNextPage"] is False
