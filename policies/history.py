"""What became of every version: the steps from the first to the last, folded into states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policies.versions import STATES, Actor, State, Transition, Version


@dataclass(frozen=True)
class Record:
    """One version as it is now, and every step that led there.

    `approved` is the hash that somebody approved last; it counts only while it is the version's.
    """

    number: int
    version: Version
    state: State
    steps: tuple[Transition, ...]
    approved: str = ""

    @property
    def authors(self) -> tuple[Actor, ...]:
        """Whoever wrote any text of it, the first draft and every edit."""
        return tuple(step.by for step in self.steps if step.content is not None)

    def last(self, *steps: str) -> Transition | None:
        """The newest of the named steps."""
        return next((step for step in reversed(self.steps) if step.step in steps), None)

    @property
    def approver(self) -> Actor | None:
        """Who approved what it is now."""
        step = self.last("approved")
        return step.by if step and step.version == self.version.hash else None


@dataclass(frozen=True)
class History:
    """Every version by number, from 1; `length` is how many steps there were."""

    records: tuple[Record, ...] = ()
    length: int = 0

    @property
    def active(self) -> Record | None:
        """The version in force."""
        return next((record for record in self.records if record.state == "active"), None)

    @property
    def next_number(self) -> int:
        """The number of the next draft."""
        return len(self.records) + 1

    def get(self, number: int) -> Record | None:
        """The version of a number."""
        return self.records[number - 1] if 1 <= number <= len(self.records) else None

    def has_been_active(self) -> Iterator[Record]:
        """Versions that were in force at some time, in order of number."""
        yield from (record for record in self.records if record.last("activated"))

    def followed_by(self, steps: Sequence[Transition]) -> History:
        """The history with more steps. Raises ValueError for steps that do not follow."""
        records = list(self.records)
        for step in steps:
            if step.step == "drafted":
                if step.content is None or step.number != len(records) + 1:
                    raise ValueError(f"version {step.number} does not begin here")
                records.append(Record(step.number, step.content, "draft", (step,)))
                continue
            at = step.number - 1
            if not 0 <= at < len(records):
                raise ValueError(f"there is no version {step.number}")
            records[at] = _after(records[at], step)
        return History(tuple(records), self.length + len(steps))


def _after(record: Record, step: Transition) -> Record:
    """The record with one more step, which is about its version as it is."""
    version = step.content or record.version
    if version.hash != step.version:
        raise ValueError(f"a step of version {record.number} is about another content")
    approved = step.version if step.step == "approved" else record.approved
    return replace(
        record,
        version=version,
        state=STATES[step.step],
        steps=(*record.steps, step),
        approved=approved,
    )
