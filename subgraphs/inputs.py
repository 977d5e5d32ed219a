"""Typed filters and orders, holding only fields that the consumer may use so; references."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

import strawberry

from graph.catalogue import Catalogue
from graph.declarations import PLACED, Field
from graph.selection import NEAR
from resolvers.arguments import METRES_MAX, TEXT_MIN
from subgraphs.parts import Argument, code_enum, declare, described, named_enum, plain
from subgraphs.scalars import PYTHON_TYPES
from subgraphs.visible import Visible

_OPERATOR_TEXTS = {
    "equals": "Equal to.",
    "in": "One of.",
    "startsWith": "Begins with.",
    "contains": f"Has this part, of at least {TEXT_MIN} characters.",
    "pinyin": "Is spoken so from its beginning: wang xiao, without tones, or 王晓.",
    "from": "At or after.",
    "to": "At or before.",
}


def _input(name: str, fields: dict[str, tuple[Any, Any]], text: str) -> Any:
    cls = type(name, (), {})
    declare(cls, fields)
    return strawberry.input(cls, name=name, description=text)


def _optional_input(name: str, annotation: Any, text: str) -> tuple[Any, Any]:
    field = strawberry.field(
        name=name, description=text, default=strawberry.UNSET, graphql_type=annotation | None
    )
    return annotation | None, field


def for_type(catalogue: Catalogue, type_name: str, visible: Visible) -> list[Argument]:
    """`where` and `orderBy` over the fields of a node type, as far as there are any."""
    fields = catalogue.nodes[type_name].fields
    shown = {name: field for name, field in fields.items() if visible.filter(type_name, name)}
    arguments: list[Argument] = []
    near = catalogue.nodes[type_name].near and set(PLACED) <= shown.keys()
    if near or any(field.filter for field in shown.values()):
        text = "Only rows for which every given test holds."
        arguments.append(Argument("where", _filter(type_name, shown, near), text))
    sortable = {name: described(field.label) for name, field in shown.items() if field.sort}
    if sortable:
        arguments.append(
            Argument("orderBy", cast("Any", list)[_order(type_name, sortable)], "Sorted by these.")
        )
    return arguments


def _filter(type_name: str, shown: dict[str, Field], near: bool) -> Any:
    tests = {
        name: _optional_input(name, _tests(field), described(field.label))
        for name, field in shown.items()
        if field.filter
    }
    if near:
        text = "No farther from a point than so many metres."
        tests[NEAR] = _optional_input(NEAR, _near_test(), text)
    name = f"{type_name}Filter"
    cls = type(name, (), {})
    options = cast("Any", list)[cls]
    tests["any"] = _optional_input("any", options, "At least one of these.")
    declare(cls, tests)
    return strawberry.input(cls, name=name, description="Tests on fields; all must hold.")


@cache
def _near_test() -> Any:
    degrees = "WGS 84 (CGCS2000), in degrees."
    fields = {name: (float, plain(name, float, degrees)) for name in PLACED}
    fields["metres"] = (int, plain("metres", int, f"1 to {METRES_MAX}."))
    return _input("NearTest", fields, "Around a point · 附近.")


_TESTS: dict[tuple[str, tuple[str, ...]], Any] = {}


def _tests(field: Field) -> Any:
    """The input of the operators that a field declares, shared by fields of one type."""
    key = (field.of, field.filter)
    if key not in _TESTS:
        value = code_enum(field.codes) if field.codes else PYTHON_TYPES[field.of]
        fields = {
            operator: _optional_input(
                operator,
                cast("Any", list)[value] if operator == "in" else value,
                _OPERATOR_TEXTS[operator],
            )
            for operator in field.filter
        }
        operators = "".join(operator[0].upper() + operator[1:] for operator in field.filter)
        _TESTS[key] = _input(f"{field.of}{operators}Test", fields, "Tests on one field.")
    return _TESTS[key]


_DIRECTION = named_enum("OrderDirection", {"ASC": "Ascending", "DESC": "Descending"}, "Direction.")


def _order(type_name: str, sortable: dict[str, str]) -> Any:
    choice = named_enum(f"{type_name}OrderField", sortable, "Fields to sort by.")
    fields = {
        "field": (choice, plain("field", choice, "The field.")),
        "direction": _optional_input("direction", _DIRECTION, "Ascending when not given."),
    }
    return _input(f"{type_name}Order", fields, "A field to sort by.")


def person_ref(type_name: str, visible: Visible) -> Any:
    """A reference to a person; by id only for those who may know ids."""
    fields = {
        "citizenNumber": _optional_input("citizenNumber", str, "Citizen number · 公民身份号码")
    }
    if visible.field(type_name, "id"):
        fields["id"] = _optional_input("id", strawberry.ID, "Opaque, stable identifier.")
    return _input("PersonRef", fields, "A person, by exactly one of these.")


_CODES = named_enum(
    "LookupCode",
    {
        "FOUND": "Exactly one row.",
        "NOT_FOUND": "No row.",
        "AMBIGUOUS": "More than one row: look it up by id.",
    },
    "What became of one item of a bulk look-up.",
)


def lookup_type(name: str, row: Any) -> Any:
    """One item of a bulk look-up."""

    def is_type_of(_obj: object, _info: object) -> bool:
        return True

    cls = type(f"{name}Lookup", (), {"is_type_of": staticmethod(is_type_of)})
    declare(
        cls,
        {
            "key": (str, plain("key", str, "The value looked up.")),
            "code": (_CODES, plain("code", _CODES, "What became of it.")),
            "node": (row | None, plain("node", row | None, "The row, where there is exactly one.")),
        },
    )
    return strawberry.federation.type(cls, name=f"{name}Lookup")
