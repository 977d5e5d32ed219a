"""`citizengraph relationship`: every relation of two persons, or of each pair of a file."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.markup import escape

from cli.load import open_store
from cli.output import JsonOption, console, print_json
from graph.catalogue import model
from graph.store import Store
from kinship.relations import GENERATIONS_MAX, Relation, relations
from kinship.ties import COUPLE, Move
from resolvers.arguments import parse_day, parse_time
from resolvers.relatives import Around, Evidence, look_up, only, read_around
from runtime.errors import CitizengraphError
from runtime.settings import load_settings

PAIRS_AT_ONCE = 200
_COLOURS = {"PROVEN": "green", "CONSISTENT": "yellow", "CONTRADICTED": "red"}
_STEPS = {"u": "child of", "d": "parent of", "m": "spouse of"}


@dataclass(frozen=True)
class _Moment:
    """The day for which relations are asked, and the time as known at which; empty for now."""

    day: str
    known: str


def relationship(
    a: Annotated[str | None, typer.Argument(help="The subject: number, id or record.")] = None,
    b: Annotated[str | None, typer.Argument(help="The relative: what is b to a?")] = None,
    pairs: Annotated[
        Path | None, typer.Option(exists=True, help='Lines of {"a": …, "b": …}, JSON.')
    ] = None,
    register: Annotated[str, typer.Option(help="Whose record numbers a and b may be.")] = "",
    as_of: Annotated[
        str, typer.Option(metavar="DATE", help="As it was on that day; today by default.")
    ] = "",
    as_known: Annotated[
        str, typer.Option(metavar="TIME", help="As the registers knew it then; now by default.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Every relation that the records support, nearest first, with its path. 亲属关系。

    With --pairs: a line of JSON for each line of the file; `problem` says which person is unknown.
    """
    moment = _moment(as_of, as_known)
    if pairs is not None:
        asyncio.run(_bulk(pairs, register, moment))
        return
    if a is None or b is None:
        raise CitizengraphError(
            "BAD_ARGUMENT", "The question needs two persons.", "Give A and B, or --pairs FILE."
        )
    around, found = asyncio.run(_one(a, b, register, moment))
    if as_json:
        print_json(
            {"a": a, "b": b, "relations": [_in_full(around, relation) for relation in found]}
        )
        return
    for relation in found:
        _print(around, relation)
    if not found:
        console.print(
            f"No record relates the two within {GENERATIONS_MAX} generations;"
            " that is no proof that they are not related."
        )


def _moment(as_of: str, as_known: str) -> _Moment:
    """The two options, checked. Raises BAD_ARGUMENT."""
    day = _parsed("--as-of", as_of, parse_day, "A date is like 1984-05-17.")
    known = _parsed("--as-known", as_known, parse_time, "A time is like 2026-05-17T08:00:00Z.")
    return _Moment(day or date.today().isoformat(), known)


def _parsed(option: str, given: str, parse: Callable[[object], str], hint: str) -> str:
    try:
        return parse(given) if given else ""
    except ValueError as error:
        raise CitizengraphError("BAD_ARGUMENT", f"{option} cannot be {given!r}.", hint) from error


async def _one(a: str, b: str, register: str, moment: _Moment) -> tuple[Around, list[Relation]]:
    async with open_store(load_settings()) as store:
        ids = await look_up(store.read, [a, b], register)
        one, other = only(a, ids[0]), only(b, ids[1])
        around = await read_around(store.read, model(), [one, other], moment.day, moment.known)
        return around, relations(around.web, one, other)


async def _bulk(path: Path, register: str, moment: _Moment) -> None:
    async with open_store(load_settings()) as store:
        with path.open("rb") as file:
            lines = _pairs(file)
            while chunk := list(islice(lines, PAIRS_AT_ONCE)):
                async for line in _answers(store, chunk, register, moment):
                    typer.echo(line)


def _pairs(lines: Iterator[bytes] | Any) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            read = orjson.loads(line)
            yield str(read["a"]), str(read["b"])
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            raise CitizengraphError(
                "BAD_ARGUMENT",
                f"Line {number} is not an object with a and b.",
                'Write {"a": "I1", "b": "I2"}.',
            ) from error


async def _answers(
    store: Store, chunk: list[tuple[str, str]], register: str, moment: _Moment
) -> AsyncIterator[str]:
    words = list(dict.fromkeys(word for pair in chunk for word in pair))
    ids = dict(zip(words, await look_up(store.read, words, register), strict=True))
    everybody = [id for found in ids.values() for id in found]
    around = await read_around(store.read, model(), everybody, moment.day, moment.known)
    for a, b in chunk:
        line: dict[str, Any] = {"a": a, "b": b, "relations": []}
        try:
            one, other = only(a, ids[a]), only(b, ids[b])
            line["relations"] = [_short(relation) for relation in relations(around.web, one, other)]
        except CitizengraphError as error:
            line["problem"] = {"code": error.code, "message": error.message}
        yield json.dumps(line, ensure_ascii=False)


def _short(relation: Relation) -> dict[str, Any]:
    return {
        "term": relation.term,
        "termZh": relation.term_zh,
        "up": relation.up,
        "down": relation.down,
        "kind": relation.kind.lower(),
        "status": relation.status.value.lower(),
    }


def _in_full(around: Around, relation: Relation) -> dict[str, Any]:
    return {
        **_short(relation),
        "current": relation.current,
        "half": relation.half,
        "side": relation.side.lower() or None,
        "commonAncestors": list(relation.ancestors),
        "path": list(relation.people),
        "steps": [
            {
                "kinds": [kind.lower() for kind in tie.kinds],
                "status": tie.status.value.lower(),
                "ended": tie.ended,
                "facts": [{"id": f, **vars(around.evidence[f])} for f in tie.facts],
            }
            for tie in relation.ties
        ],
    }


def _print(around: Around, relation: Relation) -> None:
    status = relation.status.value
    console.print(
        f"[bold]{escape(relation.term)}[/] {relation.term_zh}"
        f"  [{_COLOURS[status]}]{status.lower()}[/]  {relation.kind.lower()}"
    )
    for at, tie in enumerate(relation.ties):
        here, there = relation.people[at], relation.people[at + 1]
        word = _STEPS["m" if tie.move is Move.SPOUSE else "u" if tie.to == here else "d"]
        if tie.kinds == (COUPLE,):
            word = "partner of"
        if tie.move is Move.GUARDIAN:
            word = "ward of" if tie.to == here else "guardian of"
        said = f"{' or '.join(tie.kinds).lower()}{', ended' if tie.ended else ''}"
        words = f"  {_label(around, here)} is {word} {_label(around, there)}  ({said})"
        console.print(words, highlight=False, markup=False, soft_wrap=True)
        for fact in tie.facts:
            _print_evidence(around.evidence[fact])


def _print_evidence(found: Evidence) -> None:
    period = f"{found.begins or '…'} – {found.ends or ''}".rstrip()
    console.print(
        f"    {found.register} {found.record}, {period}", style="dim", markup=False, soft_wrap=True
    )


def _label(around: Around, person: str) -> str:
    human = around.web.humans[person]
    if not human.recorded:
        return "somebody unrecorded"
    return around.names.get(person) or f"{person[:8]}…"
