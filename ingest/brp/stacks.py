"""Forms of a category as they stack: what was valid when, as it was known at a time.

Each form is valid from its own day until the form above it begins, and known from the day it was
recorded. A form marked incorrect (84.10) is believed until the form that corrects it is recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ingest.brp.values import later
from ingest.versions import a_second_after

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Form:
    """One row of a category. Days are partial dates, times UTC; `row` is that of the file.

    Believed from `recorded` until `corrected`; under investigation during `doubted`.
    """

    category: str
    row: int
    values: Mapping[str, str]
    start: str | None
    recorded: str
    corrected: str | None = None
    doubted: tuple[str, str | None] | None = None

    def value(self, element: str) -> str:
        """Value of an element such as 01.20; empty when there is none."""
        return self.values.get(element, "")

    def doubtful(self, at: str) -> bool:
        """Whether it was under investigation at a time."""
        if self.doubted is None:
            return False
        since, until = self.doubted
        return since <= at and (until is None or at < until)

    def times(self) -> Iterator[str]:
        """When what is known of it changed."""
        yield self.recorded
        changed = (self.corrected, *(self.doubted or ()))
        yield from (time for time in changed if time and time > self.recorded)


def _start(form: Form) -> str | None:
    return form.start


@dataclass(frozen=True, slots=True)
class Held:
    """A form and its period of validity; an empty end means: still."""

    form: Form
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Stack:
    """One occurrence of a category; its forms, the newest first; 1 is the oldest occurrence."""

    category: str
    number: int
    forms: tuple[Form, ...]

    @property
    def place(self) -> tuple[str, int]:
        """Which occurrence of which category it is."""
        return self.category, self.number

    def held(self, at: str, start_of: Callable[[Form], str | None] = _start) -> list[Held]:
        """The forms as they were known at a time, the oldest first.

        A form that begins on the same day as the one above it is left out if it was known before.
        """
        found: list[Held] = []
        end: str | None = None
        above = ""
        for form in self.forms:
            if form.recorded > at or (form.corrected and form.corrected <= at):
                continue
            start = start_of(form)
            if end is None or len(end) < 10 or start != end or form.recorded >= above:
                found.append(Held(form, start, end))
            end, above = start or form.recorded[:10], form.recorded
        return found[::-1]


@dataclass(frozen=True, slots=True)
class Period(Generic[T]):
    """A value that forms in succession agree on, and how long it was valid."""

    value: T
    start: str | None
    end: str | None
    forms: tuple[Form, ...]

    @property
    def newest(self) -> Form:
        """The form that says it last."""
        return self.forms[-1]

    @property
    def oldest(self) -> Form:
        """The form that says it first."""
        return self.forms[0]


def periods(held: Iterable[Held], value_of: Callable[[Form], T | None]) -> list[Period[T]]:
    """Unbroken periods of equal values, the oldest first; None is no value."""
    found: list[Period[T]] = []
    before: T | None = None
    for one in held:
        value = value_of(one.form)
        if value is not None and found and value == before:
            last = found.pop()
            found.append(Period(value, last.start, one.end, (*last.forms, one.form)))
        elif value is not None:
            found.append(Period(value, one.start, one.end, (one.form,)))
        before = value
    return found


def recorded_times(days: Sequence[str], replaced: Sequence[bool]) -> list[str]:
    """When each form of a stack (the newest first) was recorded, to the second.

    A form follows one second after the form below it where that was recorded on the same day and
    it takes its place, so that nobody can miss what was replaced.
    """
    times = list(days)
    for at in range(len(times) - 1, 0, -1):
        if replaced[at] and times[at - 1][:10] == times[at][:10]:
            times[at - 1] = a_second_after(times[at])
    return times


def corrected_time(times: Sequence[str], at: int) -> str:
    """When an incorrect form ceased to be believed: the nearest form above recorded later."""
    later_ones = (times[above] for above in range(at - 1, -1, -1) if times[above] > times[at])
    return next(later_ones, a_second_after(times[at]))


def reversed_dates(start: str | None, end: str | None) -> bool:
    """Whether a period certainly begins after it ends."""
    return start is not None and end is not None and later(start, end)
