"""Types of licences, read from licence_types.yaml: a part of a version of the policies.

A bundle without the file has no types: nothing can be issued under it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from graph.catalogue import Catalogue
from policies.bundle import LICENCE_TYPES, Bundle
from policies.contracts import Label, read_shape
from policies.problems import PolicyInvalid, Problem, suggestion

KINDS = "LicenceKind"
ENTITY_KINDS = "LegalEntityKind"
YEARS_MAX = 100
Level = Literal["province", "city", "county"]


class _Declaration(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Issuers(_Declaration):
    """Which bodies issue a type: by credit code, or by what their row of the register says."""

    kind: str = ""
    named: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()

    def permit(self, code: str, kind: str, name: str, district: str) -> bool:
        """Whether the body may issue it."""
        if code in self.codes:
            return True
        is_named = any(part in name for part in self.named)
        return is_named and kind == self.kind and level_of(district) in self.levels


class Step(_Declaration):
    """So many years for whoever is under an age; without years it does not end."""

    under: int | None = Field(default=None, ge=1)
    years: int | None = Field(default=None, ge=1, le=YEARS_MAX)

    @property
    def words(self) -> str:
        """As people read it."""
        who = f"under {self.under}" if self.under else "others"
        return f"{who}: {self.years} years" if self.years else f"{who}: no end"


class Validity(_Declaration):
    """How long it holds: so many years, by the holder's age, or without an end."""

    years: int | None = Field(default=None, ge=1, le=YEARS_MAX)
    by_age: tuple[Step, ...] = Field(default=(), alias="byAge")

    def years_at(self, age: int) -> int | None:
        """Years from the day of issue for a holder of that age; None without an end."""
        steps = (step for step in self.by_age if step.under is None or age < step.under)
        step = next(steps, None)
        return step.years if step else self.years


class Recognition(_Declaration):
    """Where a type is accepted, for which services, instead of which paper."""

    regions: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    instead_of: Label = Field(alias="insteadOf")

    def covers(self, region: str, service: str | None) -> bool:
        """Whether it is accepted in the division, for the service where one is named."""
        here = not self.regions or any(region.startswith(prefix) for prefix in self.regions)
        return here and (not self.services or service in self.services)


class LicenceType(_Declaration):
    """One kind of licence. `prefix` begins its numbers; `single`: one at a time."""

    label: Label
    prefix: str = Field(pattern=r"^[A-Z]{2}$")
    issuers: Issuers
    basis: Label
    holder: Literal["person", "couple", "entity"]
    single: bool = False
    renewable: bool = False
    validity: Validity
    renewal: Validity | None = None
    paper: Label
    catalogue_code: str = Field(default="", alias="catalogueCode")
    recognised: tuple[Recognition, ...] = ()


class _LicenceTypes(_Declaration):
    types: Mapping[str, LicenceType] = Field(alias="licenceTypes")


def level_of(district: str) -> Level:
    """The level of a division of GB/T 2260 by its six digits."""
    return "province" if district[2:] == "0000" else "city" if district[4:] == "00" else "county"


def area_of(district: str) -> str:
    """The digits that every division within this one begins with."""
    return {"province": district[:2], "city": district[:4], "county": district}[level_of(district)]


def read_licence_types(bundle: Bundle, catalogue: Catalogue) -> Mapping[str, LicenceType]:
    """By kind. Raises PolicyInvalid with file, path inside it and reason."""
    if LICENCE_TYPES not in bundle.texts:
        return {}
    types = read_shape(bundle, LICENCE_TYPES, _LicenceTypes).types
    problems = [
        Problem(LICENCE_TYPES, f"licenceTypes.{path}", hint)
        for path, hint in _problems(types, catalogue)
    ]
    if problems:
        raise PolicyInvalid(problems)
    return types


def _problems(types: Mapping[str, LicenceType], catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    kinds, bodies = catalogue.codes[KINDS].values, catalogue.codes[ENTITY_KINDS].values
    prefixes: dict[str, str] = {}
    for name, of in types.items():
        if name not in kinds:
            yield f"{name}: no kind of licence", suggestion(name, kinds)
        if prefixes.setdefault(of.prefix, name) != name:
            yield f"{name}.prefix: {of.prefix} is that of {prefixes[of.prefix]}", "give it another"
        if of.issuers.kind and of.issuers.kind not in bodies:
            known = suggestion(of.issuers.kind, bodies)
            yield f"{name}.issuers.kind: no kind of legal entity", known
        yield from _issuer_problems(name, of.issuers)
        yield from _validity_problems(name, of)
        for number, rule in enumerate(of.recognised):
            if any(not prefix.isdigit() or len(prefix) > 6 for prefix in rule.regions):
                yield f"{name}.recognised.{number}.regions: not GB/T 2260", "up to six digits"


def _issuer_problems(name: str, issuers: Issuers) -> Iterator[tuple[str, str]]:
    if not issuers.codes and not issuers.named:
        yield f"{name}.issuers: nobody issues it", "give named or codes"
    if any(not part.strip() for part in issuers.named):
        yield f"{name}.issuers.named: an empty name is in every name", "leave it out"
    if issuers.named and not (issuers.kind and issuers.levels):
        yield f"{name}.issuers: a name alone is not enough", "give kind and levels too"


def _validity_problems(name: str, of: LicenceType) -> Iterator[tuple[str, str]]:
    for part, validity in (("validity", of.validity), ("renewal", of.renewal or Validity())):
        steps = validity.by_age
        ages = [step.under for step in steps[:-1]]
        if validity.years and steps:
            yield f"{name}.{part}: years and byAge", "one of them"
        if steps and (None in ages or ages != sorted(set(ages), key=lambda age: age or 0)):
            yield f"{name}.{part}.byAge: the ages do not rise", "only the last step has no age"
        if steps and steps[-1].under is not None:
            yield f"{name}.{part}.byAge: it ends with an age", "add a last step without `under`"
        if steps and of.holder != "person":
            yield f"{name}.{part}.byAge: its holder is no single person", "give years"
    if of.renewal and not of.renewable:
        yield f"{name}.renewal: it is not renewable", "add renewable: true, or leave it out"
