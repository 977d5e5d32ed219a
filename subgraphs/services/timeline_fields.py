"""The root field `timeline`, and what it tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, cast

import strawberry
from strawberry.types import Info

from graph.problems import BadArgument
from graph.selection import PersonRef
from resolvers.desk import DeskRequest
from resolvers.operation import disclosure
from resolvers.timeline import Entry, TimelineReader
from subgraphs.administration.consent_fields import Words
from subgraphs.administration.means import Means
from subgraphs.parts import code_enum
from subgraphs.scalars import Day, PartialDate, Time
from subgraphs.services.entities import ENTITIES, Entity, Person

_EVENT: Any = code_enum("TimelineEvent")


@strawberry.federation.type(description="A record that says so · 来源")
class TimelineSource:
    register: str | None
    record: str | None
    recorded_from: Time | None
    recorded_to: Time | None

    @classmethod
    def of(cls, source: Mapping[str, str | None]) -> TimelineSource:
        """The source as far as it is shown."""
        began, ended = source["recordedFrom"], source["recordedTo"]
        return cls(
            register=source["register"],
            record=source["record"],
            recorded_from=Time(began) if began else None,
            recorded_to=Time(ended) if ended else None,
        )


@strawberry.federation.type(description="Something that began or ended on a day · 时间轴事件")
class TimelineEntry:
    event: Any = strawberry.field(graphql_type=_EVENT)
    on: PartialDate | None = strawberry.field(description="Null where no source dates it.")
    title: Words
    about: Entity | None = strawberry.field(description="Who or what is at the other end.")
    sources: list[TimelineSource]

    @classmethod
    def of(cls, entry: Entry) -> TimelineEntry:
        """The entry, with the far end as a row of the subgraph that owns it."""
        about = ENTITIES[entry.about[0]](id=entry.about[1]) if entry.about else None
        return cls(
            event=_EVENT[entry.event],
            on=cast("PartialDate", entry.on) if entry.on else None,
            title=Words.of(entry.title),
            about=about,
            sources=[TimelineSource.of(source) for source in entry.sources],
        )


@strawberry.federation.type(description="A person's life in the order of days · 人生时间轴")
class Timeline:
    person: Person
    entries: list[TimelineEntry]
    complete: bool = strawberry.field(description="False where a list was too long to be read.")


async def timeline(
    info: Info,
    citizen_number: Annotated[str, strawberry.argument(description="Of whom.")],
    events: Any = None,
    since: Annotated[
        Day | None, strawberry.argument(name="from", description="From this day on.")
    ] = None,
    until: Annotated[
        Day | None, strawberry.argument(name="to", description="Up to this day.")
    ] = None,
    as_known: Annotated[
        Time | None, strawberry.argument(description="As the registers knew it then.")
    ] = None,
) -> Timeline | None:
    request: DeskRequest = info.context
    means: Means = request.means
    if since and until and since > until:
        raise BadArgument("from is after to.")
    reader = TimelineReader(means.statements, request.caller, request.decision, means.pen.rows)
    found = await reader.read(PersonRef("citizenNumber", citizen_number), as_known)
    outcome = "disclosed" if any(row.shown or row.masked for row in found.rows) else "empty"
    await request.recorder.write(
        disclosure(request.caller, request.subgraph, outcome, found.rows, found.asked)
    )
    if found.person is None:
        return None
    wanted = None if events is None else {str(event.name) for event in events}
    entries = [
        TimelineEntry.of(entry)
        for entry in found.entries
        if (wanted is None or entry.event in wanted) and _within(entry.on, since, until)
    ]
    return Timeline(
        person=Person(id=strawberry.ID(found.person)), entries=entries, complete=found.complete
    )


def _within(on: str, since: str | None, until: str | None) -> bool:
    """A day as precise as it is known; what is not dated is within no bounds."""
    if not on:
        return not (since or until)
    return (not since or on >= since[: len(on)]) and (not until or on <= until)


timeline.__annotations__["events"] = list[_EVENT] | None
RESOLVERS: Mapping[str, Any] = {"timeline": timeline}
