"""Names in a document that would collide with the gateway's own objects or entity keys."""

import subprocess
from typing import Any

import httpx
import pytest
from gateway_stack import Stack

PERSON = '{ person(citizenNumber: "1") { name } }'
UNSAFE = (
    "__proto__",
    "__defineGetter__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
)


def errors_of(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 400, answer.text
    assert "data" not in answer.json()
    errors: list[dict[str, Any]] = answer.json()["errors"]
    assert {error["extensions"]["code"] for error in errors} == {"QUERY_INVALID"}
    return errors


def check_untouched(stack: Stack) -> None:
    """Another consumer, an unauthenticated one and the health check are answered as ever."""
    answer = stack.ask(PERSON, "school-enrolment")
    assert (answer.status_code, answer.json()) == (200, {"data": {"person": {"name": "王芳"}}})
    stranger = stack.ask(PERSON, headers={})
    assert stranger.status_code == 401
    (error,) = stranger.json()["errors"]
    assert set(error) == {"message", "extensions"}
    assert set(error["extensions"]) == {"code", "docs", "operation"}
    assert error["extensions"]["code"] == "UNAUTHENTICATED"
    assert stack.health().json()["status"] == "ready"


@pytest.mark.parametrize("name", UNSAFE)
@pytest.mark.parametrize(
    "query",
    [
        '{ person(citizenNumber: "1") { %s: name household { number } } }',
        '{ %s: person(citizenNumber: "1") { keys: name } }',
        '{ person(citizenNumber: "1") { %s: mother { errors: mother { message: name } } } }',
        "{ people { ...F } } fragment F on Person { %s: household { number } }",
        '{ person(citizenNumber: "1") { ... on Person { %s: household { call: number } } } }',
        "query A { people { name } } query B { %s: people { name } }",
        "query($%s: String) { people(filter: { name: $%s }) { name } }",
    ],
)
def test_names_of_the_object_prototype(stack: Stack, query: str, name: str) -> None:
    errors = errors_of(stack.ask(query.replace("%s", name), operationName="A"))
    assert f'"{name}"' in errors[0]["message"]
    check_untouched(stack)


@pytest.mark.parametrize("name", ["constructor", "toString"])
def test_fields_named_like_them(stack: Stack, name: str) -> None:
    errors_of(stack.ask(f'{{ person(citizenNumber: "1") {{ {name} {{ name }} }} }}'))
    check_untouched(stack)


def test_type_names_are_still_served(stack: Stack) -> None:
    answer = stack.ask('{ __typename person(citizenNumber: "1") { __typename own: name } }')
    assert answer.json() == {
        "data": {"__typename": "Query", "person": {"__typename": "Person", "own": "王芳"}}
    }


@pytest.mark.parametrize("alias", ["id", "__typename"])
def test_an_alias_that_the_planner_takes_for_the_key(stack: Stack, alias: str) -> None:
    query = '{ person(citizenNumber: "1") { %s: name household { number } } }'
    (error,) = errors_of(stack.ask(query % alias))
    assert f'"{alias}"' in error["message"]
    assert error["message"].endswith("choose another alias.")
    assert error["locations"] == [{"line": 1, "column": 32}]


@pytest.mark.parametrize("flags", [[], ["--disable-proto=delete"]])
def test_no_object_can_be_given_members_by_way_of_its_prototype(
    stack: Stack, flags: list[str]
) -> None:
    """The third line: what runs in the gateway cannot change what all objects inherit."""
    program = """
    import './frozen.mjs';
    const tries = [
      () => Object.assign({}.constructor, { keys: 1 }),
      () => Object.assign({}.toString, { call: 1 }),
      () => Object.assign(Object.prototype, { errors: 1 }),
      () => Object.assign(Array.prototype, { errors: 1 }),
      () => Object.assign(Function.prototype, { call: 1 }),
      () => Object.assign((() => 0).constructor, { errors: 1 }),
    ];
    const refused = tries.map((attempt) => {
      try { attempt(); return false; } catch (error) { return error instanceof TypeError; }
    });
    process.stdout.write(String(refused));
    """
    command = [str(stack.node.executable), *flags, "--input-type=module", "-e", program]
    done = subprocess.run(command, cwd=stack.node.directory, capture_output=True, text=True)
    assert done.stdout == ",".join(["true"] * 6), done.stderr


def test_health_says_when_objects_are_not_what_they_were(stack: Stack) -> None:
    program = """
    import { requestListener } from './http.mjs';
    const said = [];
    const response = { writeHead: (status) => said.push(status), end: (text) => said.push(text) };
    const listen = requestListener({ store: { policy: () => 'p' }, pages: {}, log() {} });
    await listen({ url: '/health' }, response);
    Object.prototype.errors = 1;
    await listen({ url: '/health' }, response);
    delete Object.prototype.errors;
    process.stdout.write(said.join(' '));
    """
    command = [str(stack.node.executable), "--input-type=module", "-e", program]
    done = subprocess.run(command, cwd=stack.node.directory, capture_output=True, text=True)
    assert done.stdout.startswith('200 {"status":"ready","policy":"p"} 503 {'), done.stderr
    assert '"status":"unhealthy"' in done.stdout and '"reason":"' in done.stdout
