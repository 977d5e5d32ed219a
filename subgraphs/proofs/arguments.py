"""Arguments that the root fields of proofs share, and the proof that each returns."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, cast

import strawberry
from strawberry.federation.schema_directives import Key
from strawberry.types import Info

from graph.selection import PersonRef
from resolvers import arguments
from subgraphs.parts import Argument
from subgraphs.proofs.desk import ProofDesk
from subgraphs.proofs.signing import Signed
from subgraphs.scalars import Time

PERSON = "The person of whom it is asked."
FOR_WHOM = (
    Argument("audience", str, "For whom the proof is made out; nobody else accepts it.", True),
    Argument(
        "nonce",
        str,
        "What the audience gave to whoever asks, so that the proof is good once.",
        True,
    ),
)
Given = Mapping[str, Any]


@strawberry.federation.type(
    description="A signed proof · 签名证明",
    keys=[Key(fields=cast("Any", "reference"), resolvable=False)],
)
class Proof:
    token: str = strawberry.field(description="JSON Web Token, ES256; keys at the gateway.")
    reference: str = strawberry.field(description="Its `jti`, by which the audit knows it.")
    expires_at: Time

    @classmethod
    def of(cls, signed: Signed) -> Proof:
        """The proof as it leaves."""
        return cls(token=signed.token, reference=signed.id, expires_at=moment(signed.ends))


def moment(seconds: int) -> Time:
    """Seconds of the clock as the API tells them."""
    return Time(datetime.fromtimestamp(seconds, UTC).isoformat())


def proving(
    ask: Callable[[ProofDesk, Given], Awaitable[Signed]], taken: Sequence[Argument]
) -> Callable[..., Any]:
    """A resolver with these arguments and those of every proof. `ask` gets those that are given."""

    async def resolve(info: Info, **arguments: Any) -> Proof:
        absent = (None, strawberry.UNSET)
        given = {name: value for name, value in arguments.items() if value not in absent}
        desk = ProofDesk(info.context, given.pop("audience"), given.pop("nonce"))
        return Proof.of(await ask(desk, given))

    return declaring(resolve, (*taken, *FOR_WHOM), Proof)


def declaring(
    resolve: Callable[..., Any], taken: Sequence[Argument], result: type
) -> Callable[..., Any]:
    """The resolver with a signature that declares the arguments."""
    parameters = [_parameter("info", Info), *map(_argument, taken)]
    resolve.__signature__ = inspect.Signature(parameters, return_annotation=result)  # type: ignore[attr-defined]
    resolve.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": result}
    return resolve


def reference(name: str, given: Any) -> PersonRef:
    """Raises BAD_ARGUMENT unless it is exactly one identifier."""
    fields = cast("Mapping[str, Any]", vars(given))
    chosen = {field: value for field, value in fields.items() if value is not strawberry.UNSET}
    return arguments.person(name, chosen)


def _argument(argument: Argument) -> inspect.Parameter:
    kind = argument.type if argument.required else argument.type | None
    described = strawberry.argument(name=argument.name, description=argument.description)
    default = inspect.Parameter.empty if argument.required else strawberry.UNSET
    return _parameter(argument.name, Annotated[kind, described], default)


def _parameter(
    name: str, annotation: Any, default: Any = inspect.Parameter.empty
) -> inspect.Parameter:
    keyword = inspect.Parameter.KEYWORD_ONLY
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD if name == "info" else keyword
    return inspect.Parameter(name, kind, annotation=annotation, default=default)
