"""Values of statements: times, dates, identifiers, shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, cast

from graph.facts import Value
from ingest.check import is_partial_date
from ingest.records import Problem, Remark

# Identifier schemes of BODS by the name that other registers use for the same numbers.
_SCHEMES = {"CHN-IDCARD": "GB11643"}
_PREFERRED = ("GB11643", "GB32100")
_SHARES = {
    "exact": "sharePercent",
    "minimum": "sharePercentMin",
    "exclusiveMinimum": "sharePercentMin",
    "maximum": "sharePercentMax",
    "exclusiveMaximum": "sharePercentMax",
}
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Notes:
    """What is left out of a statement, and what to look into, as it is met."""

    row: int
    set_aside: list[Problem] = field(default_factory=lambda: list[Problem]())
    remarks: list[Remark] = field(default_factory=lambda: list[Remark]())

    def leave_out(self, path: str, value: object, code: str, reason: str) -> None:
        """Set a value aside; `path` leads to it: recordDetails/interests/0/startDate."""
        self.set_aside.append(Problem(self.row, path, str(value), code, reason))

    def remark(self, kind: str, words: str) -> None:
        """Note something to look into."""
        self.remarks.append(Remark(kind, words))

    def date(self, holder: Json, name: str, path: str) -> str | None:
        """A year, month or day; anything else is set aside."""
        text = holder.get(name)
        if text in (None, ""):
            return None
        if isinstance(text, str) and (found := partial_date(text)):
            return found
        self.leave_out(f"{path}/{name}", text, "DATE_INVALID", "it is no year, month or day")
        return None

    def share(self, holder: Json, path: str) -> dict[str, Value]:
        """Percentages of a share: exact, at least, at most."""
        found: dict[str, Value] = {}
        for name, number in record(holder.get("share")).items():
            if name not in _SHARES:
                continue
            if type(number) in (int, float) and 0 <= number <= 100:
                found[_SHARES[name]] = float(number)
            else:
                words = "it is no percentage from 0 to 100"
                self.leave_out(f"{path}/share/{name}", number, "VALUE_INVALID", words)
        return self._in_order(found, holder, path)

    def _in_order(self, found: dict[str, Value], holder: Json, path: str) -> dict[str, Value]:
        low, high = found.get("sharePercentMin", 0.0), found.get("sharePercentMax", 100.0)
        if cast("float", low) <= cast("float", high):
            return found
        words = "the least share is larger than the greatest"
        self.leave_out(f"{path}/share", holder.get("share"), "VALUE_INVALID", words)
        return {name: value for name, value in found.items() if name == "sharePercent"}


def record(value: object) -> Json:
    """The value if it is a JSON object, else an empty one."""
    return cast("Json", value) if isinstance(value, dict) else {}


def records(value: object) -> list[Json]:
    """The JSON objects of an array."""
    found = cast("list[object]", value) if isinstance(value, list) else []
    return [cast("Json", item) for item in found if isinstance(item, dict)]


def text(holder: Json, name: str) -> str:
    """A text without spaces around it; empty for anything else."""
    value = holder.get(name)
    return value.strip() if isinstance(value, str) else ""


def partial_date(value: str) -> str | None:
    """The date if there is such a year, month or day."""
    if not is_partial_date(value):
        return None
    try:
        date.fromisoformat(f"{value}-01-01"[:10] if len(value) < 10 else value)
    except ValueError:
        return None
    return value


def moment(value: str) -> str | None:
    """A day or time as UTC ("2019-09-11T11:17:23Z"); a time without zone is taken as UTC."""
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    zoned = found if found.tzinfo else found.replace(tzinfo=UTC)
    try:
        return zoned.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except OverflowError:
        return None


def identifier(details: Json) -> tuple[str, str] | None:
    """Scheme and number by which other registers may know the party."""
    found = [
        (_SCHEMES.get(text(i, "scheme"), text(i, "scheme")), text(i, "id"))
        for i in records(details.get("identifiers"))
        if text(i, "scheme") and text(i, "id")
    ]
    return next((i for i in found if i[0] in _PREFERRED), found[0] if found else None)


def address(details: Json, kind: str) -> str:
    """The address of a kind, else the first, in one line."""
    found = records(details.get("addresses"))
    chosen = next((a for a in found if a.get("type") == kind), found[0] if found else {})
    return address_words(chosen)


def address_words(found: Json) -> str:
    """Address, post code (unless it is part of the address) and country."""
    words, code = text(found, "address"), text(found, "postCode")
    parts = [words, "" if code in words else code, text(record(found.get("country")), "name")]
    return ", ".join(part for part in parts if part)
