"""The shape of one model file, and reading one. One pydantic class per kind of declaration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, cast

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic import Field as Setting

from graph.problems import ModelError

AGE_FROM = ("birthDate", "deathDate", "deceased")
"""The fields that a person's age on a day is worked out from."""
FilterOperator = Literal["equals", "in", "startsWith", "contains", "pinyin", "from", "to"]
PLACED = ("longitude", "latitude")
"""The fields of a node type whose rows can be looked for near a point."""
POSITION = "position"
"""Where the point of both is stored."""


class _Declaration(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Label(_Declaration):
    """What people call it, in both languages."""

    en: str
    zh: str


class Shown(_Declaration):
    """What a field shows. Exactly one of `type` (scalar or value type) and `codes` (code table)."""

    label: Label
    type: str | None = None
    codes: str | None = None
    description: str = ""
    sensitivity: str = ""

    @property
    def of(self) -> str:
        """The scalar, value type or code table of the values."""
        return self.type or self.codes or ""


class Field(Shown):
    """A plain field, as registers state it.

    `precedence`: registers that are preferred for this field, before the order of their ranks.
    `protective`: a Boolean that counts whichever register states it, from when it is known to the
    end of the last statement of it. Attributes test that day, stored as `<field>Until`.
    `mask`: what a policy leaves of the value where it names no mask itself.
    `range`: the least and the greatest that a number may be.
    """

    sharing: Literal["unconditional", "conditional", "none"] | None = None
    register_: str | None = Setting(default=None, alias="register")
    update: str | None = None
    filter: tuple[FilterOperator, ...] = ()
    sort: bool = False
    precedence: tuple[str, ...] = ()
    protective: bool = False
    mask: str = ""
    range: tuple[float, float] | None = None

    @property
    def is_spoken(self) -> bool:
        """Whether rows are looked for by its pinyin."""
        return "pinyin" in self.filter


class Derived(Shown):
    """A field that no register states: it is worked out when it is asked for.

    It is granted by itself, without what it is worked out from, and rows are not chosen by it.
    `origin` (in files: `from`) names the plain fields and links that it is worked out from. On
    other days than today it is shown only where they are, for the days on which it changes would
    tell them. `cypher` is over `{row}`, `{day}`, each plain field of `from`, and `{youngest}` and
    `{oldest}`: the person's full years on the day, at least and at most. `{certainly[x]}`,
    `{possibly[x]}`, `{facts[<relationship>]}` and `caller` as of an attribute, for the day asked.
    `{inside[x]}` says whether the division code x lies in the caller's district.
    """

    origin: tuple[str, ...] = Setting(alias="from")
    cypher: str
    caller: tuple[str, ...] = ()

    @property
    def tells_age(self) -> bool:
        """Whether it is worked out from the person's age."""
        return "{youngest}" in self.cypher or "{oldest}" in self.cypher


class Provable(Derived):
    """What is only answered in a proof: no schema has it as a field, and no operation selects it.

    It is granted and worked out as a derived field is. `sought` says what is asked for: a
    `division` code, a code table, or a field of a node; `{sought}` in `cypher` stands for it.
    `{within[x]}` says whether the division code x lies in it, `{believed[x]}` that the fact x is
    believed.
    """

    sought: str


class Attribute(_Declaration):
    """Something a policy may test about a row: a Cypher expression over `{row}`.

    `caller` names what it takes from the caller's token, as `$principal_<name>`. `{certainly[x]}`
    and `{possibly[x]}` say that the link or statement x is in force today, `{open[x]}` that the
    case x is, `{counts[x]}` that the consent x is. `{facts[<relationship>]}` gives the types of its
    facts, and `{<caller set>}` a set that the statement reads once.
    """

    type: Literal["String", "Boolean", "Int"]
    cypher: str
    caller: tuple[str, ...] = ()
    description: str = ""


class Span(_Declaration):
    """Days on which something is certainly so, stored under the span's name (`graph.spans`).

    A statement that certainly holds says that `field` is `value`; none that may hold says that it
    is anything else, or has a day of `until` that has come.
    """

    field: str
    value: str
    until: str


class CallerSet(_Declaration):
    """Ids of rows that stand in some relation to the caller: a Cypher list, null where unknown.

    Attributes test whether a row is in it. `caller` as of an attribute.
    """

    name: str = Setting(alias="callerSet")
    caller: tuple[str, ...]
    cypher: str
    description: str


class Queries(_Declaration):
    """Names of the root fields that find rows of a node type."""

    one: str
    bulk: str | None = None
    list: str | None = None

    def names(self) -> Iterator[str]:
        """Those that are declared."""
        yield from (name for name in (self.one, self.bulk, self.list) if name)


class _Owned(_Declaration):
    label: Label
    description: str
    subgraph: str
    sensitivity: str = ""
    fields: Mapping[str, Field] = {}


class _Sourced(_Owned):
    department: Label
    register_: str = Setting(alias="register")
    update: str
    sharing: Literal["unconditional", "conditional", "none"] = "conditional"


class Node(_Sourced):
    """A node type: its fields, what is derived of them, what is proved of its rows, and what
    policies may test about them.

    `schemes` are those of its natural keys ("GB11643:…") whose number is its identifier.
    `near`: rows can be looked for around a point, by PLACED.
    """

    name: str = Setting(alias="node")
    queries: Queries
    identifier: str
    schemes: tuple[str, ...] = ()
    scheme_field: str = Setting(default="", alias="schemeField")
    derived: Mapping[str, Derived] = {}
    provable: Mapping[str, Provable] = {}
    near: bool = False
    attributes: Mapping[str, Attribute] = {}
    spans: Mapping[str, Span] = {}

    @cached_property
    def worked_out(self) -> Mapping[str, Derived]:
        """Everything that no register states: derived fields, and what is proved of a row."""
        return {**self.derived, **self.provable}

    @cached_property
    def spoken(self) -> Mapping[str, str]:
        """Where the pinyin of each field is stored that rows are looked for by, by the field."""
        return {name: f"{name}Pinyin" for name, field in self.fields.items() if field.is_spoken}

    @cached_property
    def derived_properties(self) -> frozenset[str]:
        """What is stored beside the fields so that rows can be looked for."""
        return frozenset((*self.spoken.values(), *([POSITION] if self.near else [])))

    @property
    def protective(self) -> Mapping[str, str]:
        """Where the end of each protective field is stored, by the field."""
        return {name: f"{name}Until" for name, field in self.fields.items() if field.protective}


class Kind(_Declaration):
    """One kind of a relationship, stored as a relationship type of its own.

    `register` and `department` where another register than the relationship's holds this kind.
    """

    type: str
    label: Label
    description: str = ""
    register_: str = Setting(default="", alias="register")
    department: Label | None = None


class End(_Declaration):
    """The field through which one end sees the relationship."""

    field: str
    label: Label


class Reveals(_Declaration):
    """Fields of a relationship that tell a field of the node at one end."""

    end: Literal["from", "to"]
    field: str
    by: tuple[str, ...]


class Shield(_Declaration):
    """Whom the relationship does not lead to: nodes at one end of which an attribute holds.

    They are met only where the caller is shown the field through which that end sees it.
    """

    end: Literal["from", "to"]
    attribute: str


class Relationship(_Sourced):
    """A relationship type with its ends. `type` for a single kind, `kinds` for several."""

    name: str = Setting(alias="relationship")
    origin: tuple[str, ...] = Setting(alias="from")
    to: tuple[str, ...]
    type: str | None = None
    kinds: Mapping[str, Kind] = {}
    out: End | None = None
    into: End | None = Setting(default=None, alias="in")
    both: End | None = None
    reveals: Reveals | None = None
    shields: Shield | None = None

    @cached_property
    def types(self) -> Mapping[str, str]:
        """Relationship type in the store by kind; the one kind of a simple one is ''."""
        if self.type:
            return {"": self.type}
        return {kind: declared.type for kind, declared in self.kinds.items()}

    @property
    def kind_enum(self) -> str:
        """Name of the enum of its kinds."""
        return f"{self.name}Kind"

    @cached_property
    def kind_field(self) -> Mapping[str, Field]:
        """The field `kind`, where there is more than one."""
        if not self.kinds:
            return {}
        return {"kind": Field(label=Label(en="Kind", zh="关系性质"), codes=self.kind_enum)}


class Within(_Declaration):
    """How far a question looks: the name of its argument, and what it may be."""

    argument: str
    default: int
    max: int


class Question(_Declaration):
    """A root field that asks for an answer; `terms` are those that count as yes."""

    label: Label
    terms: tuple[str, ...] = ()
    within: Within | None = None
    description: str = ""


class Answer(_Sourced):
    """A derived answer: granted as a thing of its own, without what it is derived from.

    Its questions are about a pair of persons, about one person, or a list around one person.
    `inherits` names attributes of Person by who they are about: `subject: [minor]` is subjectMinor.
    """

    name: str = Setting(alias="answer")
    about: Literal["pair", "person", "list"] = "pair"
    questions: Mapping[str, Question]
    attributes: Mapping[str, Attribute] = {}
    inherits: Mapping[Literal["subject", "relative"], tuple[str, ...]] = {}


class Held(_Sourced):
    """A type whose rows another department holds and answers for itself (docs/joining.md).

    They are reached from a row of the node `of`, through the field `through`; the department is
    asked by that row's identifier, where its number follows one of `schemes` (the first also where
    no scheme is stated). `identifier` is the field that tells rows apart. An answer with more than
    `rows_max` rows of one row of `of` is not taken.
    """

    name: str = Setting(alias="held")
    of: str
    through: End
    schemes: tuple[str, ...]
    identifier: str
    rows_max: int = Setting(alias="rowsMax", ge=1, le=1000)


class Value(_Owned):
    """A part of an answer, granted with the answer's field named in `governedBy`."""

    name: str = Setting(alias="value")
    governed_by: str = Setting(alias="governedBy")
    provenance: bool = False


class Operation(_Declaration):
    """A root field that is not about rows: it tells something, or does something."""

    label: Label
    description: str


class Operations(_Declaration):
    """Root fields of one desk, granted one by one; what they return is shown with them."""

    name: str = Setting(alias="operations")
    label: Label
    description: str
    subgraph: str
    department: Label
    queries: Mapping[str, Operation] = {}
    mutations: Mapping[str, Operation] = {}

    @property
    def roots(self) -> Iterator[tuple[str, str, Operation]]:
        """Root type, name and declaration of each."""
        for root, declared in (("Query", self.queries), ("Mutation", self.mutations)):
            yield from ((root, name, operation) for name, operation in declared.items())


class Code(_Declaration):
    """One value of a code table."""

    code: str
    label: Label


class CodeTable(_Declaration):
    """A code table; its values are an enum in GraphQL and are stored by name."""

    name: str = Setting(alias="codes")
    label: Label
    standard: str = ""
    values: Mapping[str, Code]


class Provenance(_Declaration):
    """What every fact carries."""

    fields: Mapping[str, Field] = Setting(alias="provenance")


Declared = (
    Node | Relationship | Held | Answer | Value | Operations | CodeTable | Provenance | CallerSet
)
_BY_KEY: Mapping[str, type[Declared]] = {
    "node": Node,
    "relationship": Relationship,
    "held": Held,
    "answer": Answer,
    "value": Value,
    "operations": Operations,
    "codes": CodeTable,
    "provenance": Provenance,
    "callerSet": CallerSet,
}


def parse_file(path: Path, root: Path) -> Declared:
    """One model file. Raises ModelError naming the file, the path inside it and the reason."""
    name = path.relative_to(root).as_posix()
    try:
        loaded: object = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ModelError([f"{name}: not YAML: {str(error).replace(chr(10), ' ')}"]) from error
    if not isinstance(loaded, dict):
        raise ModelError([f"{name}: expected one declaration, found {type(loaded).__name__}"])
    content = cast("dict[str, Any]", loaded)
    shape = next((shape for key, shape in _BY_KEY.items() if key in content), None)
    if shape is None:
        raise ModelError([f"{name}: starts with none of {', '.join(_BY_KEY)}"])
    try:
        return shape.model_validate(content)
    except ValidationError as error:
        raise ModelError([_problem(name, shape, dict(e)) for e in error.errors()]) from error


def _problem(file: str, shape: type[BaseModel], error: dict[str, Any]) -> str:
    where = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        known = _known_names(shape)
        close = get_close_matches(str(error["loc"][-1]), known, n=1)
        guess = f"; did you mean {close[0]!r}?" if close else ""
        return f"{file}: {where}: unknown setting{guess}"
    return f"{file}: {where}: {error['msg']}"


def _known_names(shape: type[BaseModel]) -> list[str]:
    names: list[str] = []
    shapes = (
        shape,
        Field,
        Derived,
        Provable,
        Attribute,
        Queries,
        Kind,
        End,
        Question,
        Operation,
        Label,
    )
    for model in shapes:
        names += [f.alias or n for n, f in model.model_fields.items()]
    return names
