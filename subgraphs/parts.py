"""Small makers for Strawberry: enums, inputs, fields with arguments, all named by the model."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Annotated, Any, cast

import strawberry
from strawberry.types import Info

from graph.catalogue import model
from graph.declarations import Label
from resolvers.rows import Masked, Row


@dataclass(frozen=True)
class Argument:
    """One argument of a field: name, Python type, description. All are optional but `required`."""

    name: str
    type: Any
    description: str
    required: bool = False


def described(label: Label, description: str = "") -> str:
    """Both labels, then the description."""
    return f"{label.en} · {label.zh}" + (f". {description}" if description else "")


@cache
def code_enum(name: str) -> Any:
    """The enum of a code table, or of the kinds of a relationship."""
    catalogue = model()
    if name in catalogue.codes:
        table = catalogue.codes[name]
        values = {key: described(code.label) for key, code in table.values.items()}
        standard = f"Code table of {table.standard}" if table.standard else ""
        return named_enum(name, values, described(table.label, standard))
    relationship = next(r for r in catalogue.relationships.values() if r.kind_enum == name)
    values = {
        key: described(kind.label, kind.description) for key, kind in relationship.kinds.items()
    }
    return named_enum(name, values, f"Kinds of {relationship.label.en} · {relationship.label.zh}")


def named_enum(name: str, values: Mapping[str, str], description: str) -> Any:
    """An enum whose values are their own names."""
    members = {key: strawberry.enum_value(key, description=text) for key, text in values.items()}
    made = cast("type[Enum]", Enum(name, members))
    return strawberry.enum(made, name=name, description=description)


def resolved(
    name: str,
    result: Any,
    description: str,
    arguments: Sequence[Argument] = (),
    resolver: Callable[[Any, Info[Any, Any]], Any] | None = None,
) -> Any:
    """A field with arguments. Its value was fetched before: the resolver only finds its key."""
    return strawberry.field(
        resolver=_with_signature(resolver or _from_row(name), arguments, result),
        name=name,
        description=description,
        graphql_type=result,
    )


def plain(name: str, result: Any, description: str) -> Any:
    """A field without arguments, read by the schema's default resolver."""
    return strawberry.field(name=name, description=description, graphql_type=result)


def _from_row(name: str) -> Callable[[Any, Info[Any, Any]], Any]:
    def resolve(root: Row, info: Info[Any, Any]) -> Any:
        value = root.get(key_of(info), name)
        if isinstance(value, Masked):
            if value.value is not None:
                info.context.masked.append(info.path.as_list())
            return value.value
        return value

    return resolve


def key_of(info: Info[Any, Any]) -> str:
    """The key under which the selection keeps this field's value."""
    node = cast("Any", info)._raw_info.field_nodes[0]
    return info.context.keys.get(id(node), node.name.value)


def _with_signature(
    resolve: Callable[[Any, Info[Any, Any]], Any], arguments: Sequence[Argument], result: Any
) -> Callable[..., Any]:
    """The resolver as a function whose signature declares the arguments; it ignores them."""

    def resolver(root: Any, info: Info[Any, Any], **_: Any) -> Any:
        return resolve(root, info)

    annotations: dict[str, Any] = {"root": Any, "info": Info, "return": result}
    parameters = [
        inspect.Parameter("root", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Any),
        inspect.Parameter("info", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Info),
    ]
    for argument in arguments:
        kind = argument.type if argument.required else argument.type | None
        hint = Annotated[
            kind, strawberry.argument(name=argument.name, description=argument.description)
        ]
        default = inspect.Parameter.empty if argument.required else strawberry.UNSET
        annotations[argument.name] = hint
        parameters.append(
            inspect.Parameter(
                argument.name, inspect.Parameter.KEYWORD_ONLY, annotation=hint, default=default
            )
        )
    resolver.__annotations__ = annotations
    resolver.__signature__ = inspect.Signature(parameters, return_annotation=result)  # type: ignore[attr-defined]
    return resolver


def declare(cls: type, fields: Mapping[str, tuple[Any, Any]]) -> None:
    """Put (annotation, field) pairs on a class that Strawberry is about to decorate."""
    annotations: dict[str, Any] = {}
    for name, (annotation, declared) in fields.items():
        attribute = f"{name}_" if name in ("from", "in") else name
        annotations[attribute] = annotation
        setattr(cls, attribute, declared)
    cls.__annotations__ = annotations
