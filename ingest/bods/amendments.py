"""A corrected value in a statement."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, cast

import orjson

from ingest.bods.values import record
from runtime.errors import CitizengraphError

_NUMBERS = {"exact", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
_MAY_BE_MISSING = {"recordId", "recordType", "recordStatus", "statementDate"} | {
    f"recordDetails/{name}"
    for name in ("subject", "interestedParty", "personType", "entityType/type")
}


def amended(raw: dict[str, Any], path: str, value: str) -> dict[str, Any]:
    """A copy with the value at the path. Raises BAD_ARGUMENT for a path that leads nowhere."""
    if "line" in raw:
        return _parsed(path, value)
    statement: Any = deepcopy(raw["statement"])
    *parents, last = path.split("/")
    holder = statement
    for name in parents:
        holder = _inside(holder, name)
    if not _has(holder, last) and not (isinstance(holder, dict) and path in _MAY_BE_MISSING):
        raise _unknown(path, statement)
    _put(holder, last, _typed(last, _inside(holder, last), value))
    ends = dict(raw["ends"])
    ends.pop(statement["recordId"], None)
    return {**raw, "statement": statement, "ends": ends}


def _parsed(path: str, value: str) -> dict[str, Any]:
    if path != "line":
        words = f"There is no {path} in a line that is not JSON."
        raise CitizengraphError("BAD_ARGUMENT", words, "Correct `line`, the whole of it.")
    try:
        return {"statement": orjson.loads(value), "ends": {}, "later": 0, "past": []}
    except orjson.JSONDecodeError as error:
        words = f"The line is not JSON: {error}."
        raise CitizengraphError("BAD_ARGUMENT", words, "Give one JSON object.") from error


def _inside(holder: Any, name: str) -> Any:
    if isinstance(holder, list) and name.isdecimal():
        items = cast("list[Any]", holder)
        return items[int(name)] if int(name) < len(items) else None
    return cast("dict[str, Any]", holder).get(name) if isinstance(holder, dict) else None


def _has(holder: Any, name: str) -> bool:
    if isinstance(holder, list):
        return name.isdecimal() and int(name) < len(cast("list[Any]", holder))
    return isinstance(holder, dict) and name in holder


def _put(holder: Any, name: str, value: Any) -> None:
    holder[int(name) if isinstance(holder, list) else name] = value


def _typed(name: str, old: Any, value: str) -> Any:
    """A number or truth value where one belongs, else text."""
    if name in _NUMBERS or isinstance(old, bool | int | float):
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            return value
    return value


def _unknown(path: str, statement: Any) -> CitizengraphError:
    known = ", ".join(sorted(record(statement))) or "nothing"
    words = f"The statement has no {path}."
    return CitizengraphError("BAD_ARGUMENT", words, f"It has {known}; inside them, a/0/b.")
