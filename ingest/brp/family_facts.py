"""What a list says of parents, partners and children: links, and relatives without a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.facts import EdgeFact, Fact, NodeFact, Value
from ingest.brp.person_facts import described
from ingest.brp.person_list import PersonList
from ingest.brp.relatives import Relative, relatives
from ingest.brp.stacks import Form, Held, Period, Stack, periods
from ingest.brp.values import MARRIAGE_END, MARRIAGE_FORM

Tie = tuple[Relative, str]
Named = Mapping[int, Relative]
Families = Mapping[tuple[str, int], Named]
CATEGORIES = ("02", "03", "05", "09")


def families_of(person: PersonList) -> Families:
    """Who each row of the file names, by category and occurrence."""
    stacks = (stack for category in CATEGORIES for stack in person.stacks[category])
    return {stack.place: relatives(person, stack) for stack in stacks}


def family_facts(person: PersonList, families: Families, at: str) -> Iterator[Fact]:
    """Categories 02, 03, 05 and 09 as they were known at a time."""
    for category in CATEGORIES:
        for stack in person.stacks[category]:
            named = families[stack.place]
            held = stack.held(at)
            yield from _described(person, stack, held, named, at)
            if category == "05":
                yield from _unions(person, stack, held, named, at)
            else:
                yield from _parenthoods(person, stack, held, named, at)


def _part(stack: Stack) -> str:
    return f"{stack.category}-{stack.number}"


def _described(
    person: PersonList, stack: Stack, held: list[Held], named: Named, at: str
) -> Iterator[NodeFact]:
    """Relatives who have no list of their own: what their forms say, each until the next does."""
    by_key: dict[str, list[Held]] = {}
    for one in held:
        relative = named.get(one.form.row)
        if relative is not None and not relative.listed:
            by_key.setdefault(relative.key, []).append(one)
    for key, forms in by_key.items():
        for period in periods(_succeeding(forms), lambda form: described(person, form)):
            source = person.source(
                period.newest, _part(stack), period.start, period.end, at=at, cited=period.oldest
            )
            yield NodeFact("Person", key, source, period.value)


def _succeeding(forms: list[Held]) -> Iterator[Held]:
    """The first description counts since ever, the last one still."""
    for at, one in enumerate(forms):
        following = forms[at + 1] if at + 1 < len(forms) else None
        end = (following.start or one.end) if following else None
        yield Held(one.form, one.start if at else None, end)


def _parenthoods(
    person: PersonList, stack: Stack, held: list[Held], named: Named, at: str
) -> Iterator[EdgeFact]:
    """A parent since 62.10, else since the form that first names them is valid."""
    for period in periods(held, lambda form: named.get(form.row)):
        relative = period.value
        start = _day(person, period, "62.10") or period.start
        source = person.source(
            period.newest,
            _part(stack),
            start,
            period.end,
            at=at,
            disputed=relative.doubtful,
            cited=period.oldest,
            element="62.10",
        )
        child = stack.category == "09"
        ends = (person.key, relative.key) if child else (relative.key, person.key)
        stated = {
            "parentNumber": None if child else CATEGORIES.index(stack.category) + 1,
            "lawfulFrom": _day(person, period, "62.10"),
        }
        fields: dict[str, Value] = {name: value for name, value in stated.items() if value}
        yield EdgeFact("Parenthood", "LEGAL", "Person", ends[0], "Person", ends[1], source, fields)


def _unions(
    person: PersonList, stack: Stack, held: list[Held], named: Named, at: str
) -> Iterator[EdgeFact]:
    """A marriage or a registered partnership from 06.10 to 07.10.

    One that was converted into the other ends when the other begins.
    """

    def tie(form: Form) -> Tie | None:
        relative = named.get(form.row)
        return (relative, person.code(form, "15.10", MARRIAGE_FORM) or "") if relative else None

    found = periods(held, tie)
    for number, period in enumerate(found):
        relative, form = period.value
        following = found[number + 1] if number + 1 < len(found) else None
        converted = following is not None and following.value[0] == relative
        end, reason = _end(person, period, converted)
        source = person.source(
            period.newest,
            _part(stack),
            _day(person, period, "06.10"),
            end,
            at=at,
            disputed=relative.doubtful,
            element="06.10",
        )
        place = next((p for f in period.forms if (p := _place(person, f))), None)
        stated = {"form": form, "place": place, "endReason": reason}
        fields: dict[str, Value] = {name: value for name, value in stated.items() if value}
        yield EdgeFact("Marriage", "", "Person", person.key, "Person", relative.key, source, fields)


def _end(person: PersonList, period: Period[Tie], converted: bool) -> tuple[str | None, str | None]:
    """The day of dissolution and why; where it is unusable, since when it is known to be over."""
    newest = period.newest
    if newest.value("07.10"):
        day = person.date(newest, "07.10") or newest.start or newest.recorded[:10]
        return day, person.code(newest, "07.40", MARRIAGE_END) or "OTHER"
    if period.end is None:
        return None, None
    return period.end, "CONVERSION" if converted else "OTHER"


def _place(person: PersonList, form: Form) -> str:
    return person.tables.place(form.value("06.20"), form.value("06.30"))


def _day(person: PersonList, period: Period[Relative] | Period[Tie], element: str) -> str | None:
    """A date that the newest form to have one gives."""
    return next((day for f in reversed(period.forms) if (day := person.date(f, element))), None)
