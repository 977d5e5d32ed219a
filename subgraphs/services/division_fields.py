"""The root field `division`, and what it tells."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Annotated, Any

import strawberry

from graph.cypher import Clock
from ingest import division_names as names
from subgraphs.administration.types import Context
from subgraphs.scalars import Day, PartialDate


@strawberry.enum(name="DivisionLevel", description="By the digits of the code · 区划级别")
class Level(Enum):
    PROVINCE = strawberry.enum_value("PROVINCE", description="Province · 省级")
    PREFECTURE = strawberry.enum_value("PREFECTURE", description="Prefecture · 地级")
    COUNTY = strawberry.enum_value("COUNTY", description="County · 县级")


@strawberry.federation.type(description="A name of a division · 区划名称")
class DivisionName:
    name: str
    since: PartialDate = strawberry.field(description="Month of the first revision that has it.")
    until: PartialDate | None = strawberry.field(
        description="Month of the first revision that no longer has it."
    )

    @classmethod
    def of(cls, named: names.Named) -> DivisionName:
        """The name as the revisions have it."""
        until = _month(named.ends) if named.ends else None
        return cls(name=named.name, since=_month(named.begins), until=until)


@strawberry.federation.type(description="A code and its name on a day · 区划")
class DivisionEntry:
    code: str
    name: str | None

    @classmethod
    def all_of(cls, codes: Sequence[str], month: str) -> list[DivisionEntry]:
        """Each with its name in the month."""
        return [cls(code=code, name=names.name_on(code, month)) for code in codes]


@strawberry.federation.type(description="An administrative division · 行政区划")
class Division:
    code: str
    level: Level
    name: str | None = strawberry.field(description="On the day; null where it was not in force.")
    names: list[DivisionName]
    lies_in: list[DivisionEntry] = strawberry.field(description="On the day, the nearest first.")
    holds: list[DivisionEntry] = strawberry.field(description="On the day, the level below.")
    became: list[str] = strawberry.field(
        description="Codes that came under its name in the month in which it went."
    )
    was: list[str] = strawberry.field(description="The same, the other way round.")

    @classmethod
    def of(cls, code: str, month: str) -> Division | None:
        """The division in a month; None for a code that never was."""
        held = names.names_of(code)
        if not held:
            return None
        return cls(
            code=code,
            level=Level[names.level(code)],
            name=names.name_on(code, month),
            names=[DivisionName.of(named) for named in held],
            lies_in=DivisionEntry.all_of(names.parents_of(code, month), month),
            holds=DivisionEntry.all_of(names.children_of(code, month), month),
            became=names.became(code),
            was=names.was(code),
        )


async def division(
    info: Context,
    code: Annotated[str, strawberry.argument(description="Six digits of GB/T 2260.")],
    on: Annotated[Day | None, strawberry.argument(description="Today where not given.")] = None,
) -> Division | None:
    del info
    day = on or Clock.system().parameters()["today"]
    return await asyncio.to_thread(Division.of, code, f"{day[:4]}{day[5:7]}")


RESOLVERS: Mapping[str, Any] = {"division": division}


def _month(revision: str) -> PartialDate:
    return PartialDate(f"{revision[:4]}-{revision[4:]}")
