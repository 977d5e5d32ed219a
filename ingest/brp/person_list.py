"""One person list, taken apart: its stacks, and what of it cannot be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from graph.facts import Source
from ingest.brp.index import Known, key_of, known_lists, number_of, record_of
from ingest.brp.lists import Row, RowForm, occurrences
from ingest.brp.stacks import (
    Form,
    Stack,
    corrected_time,
    recorded_times,
    reversed_dates,
)
from ingest.brp.tables import Tables
from ingest.brp.values import REGISTER_BEGAN, BadValue, partial_date, time_of
from ingest.records import Problem, Unit, stated

CATEGORIES = ("01", "02", "03", "04", "05", "06", "08", "09", "11")
# Elements that say since when a form is valid, the first that is known.
_STARTS = {"08": ("10.30", "13.20", "85.10")}


@dataclass(frozen=True)
class PersonList:
    """A list as it stands in its record. `problems` gathers the values that are left out."""

    register: str
    row: int
    raw: Mapping[str, Any]
    problems: dict[Problem, None] = field(default_factory=dict[Problem, None])

    @classmethod
    def of(cls, register: str, unit: Unit) -> PersonList:
        """The list that a unit holds."""
        return cls(register, unit.row, unit.raw)

    @cached_property
    def rows(self) -> Sequence[Row]:
        """Values by element, one mapping a row."""
        return self.raw["rows"]

    @cached_property
    def record(self) -> str:
        """The A-number, or the label of a list without one."""
        return record_of(self.raw)

    @cached_property
    def number(self) -> str:
        """The citizen service number; empty when there is none."""
        return number_of(self.raw)

    @cached_property
    def known(self) -> Known:
        """The lists of the same file that share a number with what this one mentions."""
        return known_lists(self.raw.get("lists", {}))

    @cached_property
    def others(self) -> tuple[str, ...]:
        """Record numbers of other lists of the file with the same citizen service number."""
        same = self.known.get(self.number, ()) if self.number else ()
        return tuple(o.record for o in same if o.record != self.record and o.number == self.number)

    @cached_property
    def key(self) -> str:
        """The key of the person whose list it is."""
        return key_of(self.register, self.record, self.number, bool(self.others))

    @cached_property
    def tables(self) -> Tables:
        """Words of the codes that stand in the list."""
        return Tables(self.raw.get("words", {}))

    @cached_property
    def stacks(self) -> Mapping[str, tuple[Stack, ...]]:
        """Every occurrence of every category."""
        found = {c: occurrences(self.rows, self.row, c) for c in CATEGORIES}
        return {
            category: tuple(
                Stack(category, len(stacks) - at, self._forms(category, rows))
                for at, rows in enumerate(stacks)
            )
            for category, stacks in found.items()
        }

    def set_aside(self, form: Form, element: str, code: str, reason: str) -> None:
        """Tell that a value of the form is left out."""
        where = f"{form.category}.{element}"
        self.problems[Problem(form.row, where, form.value(element), code, reason)] = None

    def date(self, form: Form, element: str) -> str | None:
        """A partial date of the form; an unusable one is set aside and left out."""
        try:
            return partial_date(form.value(element))
        except BadValue as error:
            self.set_aside(form, element, "DATE_INVALID", str(error))
            return None

    def code(self, form: Form, element: str, codes: Mapping[str, str]) -> str | None:
        """A code in the graph's words; an unknown one is set aside and left out."""
        code = form.value(element)
        if code and code not in codes:
            self.set_aside(form, element, "CODE_UNKNOWN", "the code table does not have this code")
        return codes.get(code)

    def source(
        self,
        form: Form,
        part: str,
        start: str | None = None,
        end: str | None = None,
        *,
        at: str,
        disputed: bool = False,
        cited: Form | None = None,
        element: str = "",
    ) -> Source:
        """Valid from `start` to `end`, resting on what `cited` (else the form) cites.

        A start that lies after the end is set aside; `element` is where it stands.
        """
        if reversed_dates(start, end):
            begun = cited or form
            element = element if begun.value(element) else _start_element(begun)
            self.set_aside(begun, element, "DATE_INVALID", f"the period ended before, on {end}")
            start = None
        record = f"{self.record}/{part}" if part else self.record
        doubt = disputed or form.doubtful(at)
        citation = self.citation(cited or form)
        return stated(self.register, record, start, end, disputed=doubt, citation=citation)

    def citation(self, form: Form) -> str | None:
        """The certificate (81) or document (82) that the form rests on, and whose it is."""
        town = self.tables.municipality
        if form.value("81.20"):
            parts = (form.value("81.20"), town(form.value("81.10")))
        else:
            day = self.date(form, "82.20") if form.value("82.30") else None
            parts = (form.value("82.30"), town(form.value("82.10")), day or "")
        return ", ".join(part for part in parts if part) if parts[0].strip(". ") else None

    @cached_property
    def first_recorded(self) -> str:
        """The earliest time at which anything in the list was recorded."""
        days = [
            self.date(Form(c, number, values, None, ""), "86.10")
            for c in CATEGORIES
            for stack in occurrences(self.rows, self.row, c)
            for number, values in stack
        ]
        return min((time_of(day) for day in days if day), default=time_of(REGISTER_BEGAN))

    def _forms(self, category: str, rows: Sequence[RowForm]) -> tuple[Form, ...]:
        forms = [self._dated(Form(category, row, values, None, "")) for row, values in rows]
        replaced = [_replaced(forms, at) for at in range(len(forms))]
        times = recorded_times([form.recorded for form in forms], replaced)
        return tuple(
            replace(
                form,
                recorded=times[at],
                corrected=corrected_time(times, at) if form.value("84.10") else None,
            )
            for at, form in enumerate(forms)
        )

    def _dated(self, form: Form) -> Form:
        elements = _STARTS.get(form.category, ("85.10",))
        start = next((day for e in elements if (day := self.date(form, e))), None)
        recorded = self.date(form, "86.10")
        time = time_of(recorded) if recorded else self.first_recorded
        return replace(form, start=start, recorded=time, doubted=self._doubted(form, time))

    def _doubted(self, form: Form, recorded: str) -> tuple[str, str | None] | None:
        """From when until when (83.20, 83.30) something of the form was under investigation."""
        if not form.value("83.10"):
            return None
        since, until = self.date(form, "83.20"), self.date(form, "83.30")
        if form.value("83.30") and until is None:
            return None
        return (time_of(since) if since else recorded, time_of(until) if until else None)


def _start_element(form: Form) -> str:
    elements = _STARTS.get(form.category, ("85.10",))
    return next((e for e in elements if form.value(e)), elements[-1])


def _replaced(forms: Sequence[Form], at: int) -> bool:
    """Whether the form never was valid once the one above it is known."""
    form = forms[at]
    if form.value("84.10"):
        return True
    same_day = form.start is not None and len(form.start) == 10
    return at > 0 and same_day and forms[at - 1].start == form.start
