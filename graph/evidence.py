"""The closed vocabulary of facts that a service may ask evidence of, with typed arguments.

A fact is about the applicant, or about whoever else the service is about. It is written as its
name, or as its name with arguments: `alive`, `age: {at-least: 18, of: child}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, model_validator
from pydantic import Field as Setting

Other = Literal["child", "partner", "deceased", "entity"]
Role = Literal["applicant", "child", "partner", "deceased", "entity"]
"""Whom a fact is about: the applicant, or the other party of the service."""
PERSONS = frozenset({"applicant", "child", "partner", "deceased"})
OF_OFFICE = "of-office"
"""The district of the office that handles it: the caller's, else where the applicant is
registered."""
_DISTRICT = rf"^({OF_OFFICE}|[0-9]{{6}}|[A-Z]{{2}}-[0-9A-Za-z]+)$"


class Fact(BaseModel):
    """What has to be so. `of`: of whom; `about`: of which roles it may be said."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    of: Role = "applicant"

    @property
    def about(self) -> frozenset[str]:
        """The roles that `of` may name."""
        return PERSONS


class Alive(Fact):
    """No register states a death."""

    name: Literal["alive"]


class Deceased(Fact):
    """A register states the death."""

    name: Literal["deceased"]


class Age(Fact):
    """Full years today: at least so many, or fewer. With `sex`, asked of persons of that sex."""

    name: Literal["age"]
    at_least: int | None = Setting(default=None, alias="at-least", ge=0, le=150)
    under: int | None = Setting(default=None, ge=1, le=150)
    sex: Literal["MALE", "FEMALE"] | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Age:
        if self.at_least is None and self.under is None:
            raise ValueError("say at-least or under, or both")
        if self.under is not None and (self.at_least or 0) >= self.under:
            raise ValueError("nobody is at-least so old and under so old")
        return self


class Married(Fact):
    """A marriage holds today."""

    name: Literal["married"]


class NotMarried(Fact):
    """No marriage may hold today, and no register states otherwise."""

    name: Literal["not-married"]


class ResidesIn(Fact):
    """Where the person lives, by the registers: in a division, or in a part of it."""

    name: Literal["resides-in"]
    district: str = Setting(default=OF_OFFICE, pattern=_DISTRICT)


class RegisteredIn(Fact):
    """Where the person is registered 户籍: in a division, or in a part of it."""

    name: Literal["registered-in"]
    district: str = Setting(default=OF_OFFICE, pattern=_DISTRICT)


class HouseholdBook(Fact):
    """The person stands in a household book today."""

    name: Literal["household-book"]


class Licence(Fact):
    """A licence of one of the kinds; with `valid`, valid today."""

    name: Literal["licence"]
    kinds: tuple[str, ...] = Setting(min_length=1)
    valid: bool = True

    @property
    def about(self) -> frozenset[str]:
        return PERSONS | {"entity"}


class _OfOther(Fact):
    """A link from the applicant to another person."""

    of: Role  # pyright: ignore[reportGeneralTypeIssues]

    @property
    def about(self) -> frozenset[str]:
        return PERSONS - {"applicant"}


class ParentOf(_OfOther):
    """The applicant is a parent by birth, adoption or in law."""

    name: Literal["parent-of"]


class SpouseOf(_OfOther):
    """A marriage of both holds today, or held when the other died."""

    name: Literal["spouse-of"]


class SameHouseholdBook(_OfOther):
    """Both stand in one household book today."""

    name: Literal["same-household-book"]


class HeirOf(_OfOther):
    """The applicant is an heir of the first order: spouse, child or parent."""

    name: Literal["heir-of"]


class _OfEntity(Fact):
    of: Role = "entity"

    @property
    def about(self) -> frozenset[str]:
        return frozenset({"entity"})


class Represents(_OfEntity):
    """The applicant is the entity's legal representative today."""

    name: Literal["represents"]


class ActiveEntity(_OfEntity):
    """The entity is registered and neither dissolved nor revoked."""

    name: Literal["active-entity"]


class OnPaper(Fact):
    """No register of the graph states it: the paper is still brought."""

    name: Literal["on-paper"]

    @property
    def about(self) -> frozenset[str]:
        return PERSONS | {"entity"}


_Any = (
    Alive
    | Deceased
    | Age
    | Married
    | NotMarried
    | ResidesIn
    | RegisteredIn
    | HouseholdBook
    | Licence
    | ParentOf
    | SpouseOf
    | SameHouseholdBook
    | HeirOf
    | Represents
    | ActiveEntity
    | OnPaper
)


def _unfolded(written: Any) -> Any:
    """`alive` and `{age: {under: 6}}` as the classes take them."""
    if isinstance(written, str):
        return {"name": written}
    if isinstance(written, Mapping) and len(cast("Mapping[str, Any]", written)) == 1:
        name, arguments = next(iter(cast("Mapping[str, Any]", written).items()))
        if arguments is None or isinstance(arguments, Mapping):
            return {**cast("Mapping[str, Any]", arguments or {}), "name": name}
    raise ValueError("write the fact's name, or its name and its arguments: age: {under: 6}")


AnyFact = Annotated[_Any, Discriminator("name"), BeforeValidator(_unfolded)]
VOCABULARY: tuple[str, ...] = tuple(
    get_args(kind.model_fields["name"].annotation)[0] for kind in get_args(_Any)
)
"""The name of every fact."""
