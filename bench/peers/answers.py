"""Answers of different shapes, made comparable.

Connections become lists; an edge's or link's own properties stand beside those of its node; cursors
go; lists are sorted where their order says nothing. Of relations those by birth are compared: the
hand-written statement knows no other.
"""

from __future__ import annotations

import json
from typing import Any, cast

Plain = Any
PAGE = frozenset({"pageInfo", "cursor"})


def rows(body: Any, ordered: bool = False) -> list[Plain]:
    """The rows of an answer: of GraphQL `{"data": {root: …}}`, of the floor a list.

    Raises ValueError with the errors of a GraphQL answer that has any.
    """
    if isinstance(body, dict):
        body = _root(cast("dict[str, Any]", body))
    found = _plain(body, ordered)
    if isinstance(found, list):
        return cast("list[Plain]", found)
    return [] if found is None else [found]


def _root(body: dict[str, Any]) -> Any:
    if body.get("errors") or not isinstance(body.get("data"), dict):
        raise ValueError(json.dumps(body.get("errors") or body)[:500])
    root: Any
    (root,) = body["data"].values()
    if isinstance(root, dict) and "relations" in root:
        relations = cast("list[dict[str, Any]]", root["relations"])
        return [relation for relation in relations if relation["kind"] == "BIRTH"]
    return cast("Any", root)


def _plain(value: Any, ordered: bool) -> Plain:
    if isinstance(value, dict):
        return _object(cast("dict[str, Any]", value), ordered)
    if isinstance(value, list):
        members = [_plain(member, ordered) for member in cast("list[Any]", value)]
        return members if ordered else sorted(members, key=_text)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _object(value: dict[str, Any], ordered: bool) -> Plain:
    if "edges" in value:
        return _plain(value["edges"], ordered)
    found: dict[str, Any] = {}
    for name, member in value.items():
        plain = _plain(member, ordered)
        if name in ("node", "properties") and isinstance(plain, dict):
            found |= cast("dict[str, Any]", plain)
        elif name not in PAGE:
            found[name] = plain
    return found


def _text(value: Plain) -> str:
    return json.dumps(value, sort_keys=True)
