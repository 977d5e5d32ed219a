"""The shape of a mapping: what the columns of a register's file are, and what its rows state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StrictBool, StrictFloat, StrictInt, StrictStr
from pydantic import Field as Setting

Encoding = Literal[
    "utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "windows-1252"
]
Constant = StrictBool | StrictInt | StrictFloat | StrictStr


class Declaration(BaseModel):
    """Base of all shapes: no unknown settings, no changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Label(Declaration):
    """What people call it, in both languages."""

    en: str
    zh: str


class File(Declaration):
    """How the file is written. `zone` is the offset of times that state none.

    `lastLineEnd`: a CSV file that does not end with a line end may be cut off within a value; where
    it is optional, such a file is read.
    """

    encoding: Encoding = "utf-8"
    delimiter: Annotated[str, Setting(min_length=1, max_length=1)] = ","
    last_line_end: Literal["required", "optional"] = Setting(
        default="required", alias="lastLineEnd"
    )
    zone: Annotated[str, Setting(pattern=r"^[+-]\d\d:\d\d$")] = "+08:00"


class Number(Declaration):
    """A number; what is stored is `times` as much."""

    minimum: float | None = None
    maximum: float | None = None
    integer: bool = False
    times: int = 1


class Column(Declaration):
    """One column. At most one of `codes`, `table`, `date`, `time` and `number`; else it is text.

    `codes`: a code table of the model, or the file's values with what each is stored as.
    `table`: a table of ingest/mappings/tables whose codes are stored as they stand.
    `optional`: the file may lack the column. `faulty`: what a value that does not fit leads to.
    """

    label: Label
    required: bool = False
    optional: bool = False
    faulty: Literal["refuse", "leave-out"] = "refuse"
    longest: Annotated[int, Setting(ge=1, le=100_000)] = 1000
    pattern: str | None = None
    identifier: str | None = None
    codes: str | Mapping[str, Constant] | None = None
    table: str | None = None
    date: tuple[str, ...] = ()
    time: bool = False
    number: Number | None = None

    @property
    def kinds(self) -> list[str]:
        """Which of the exclusive settings it has."""
        names = ("codes", "table", "date", "time", "number")
        return [name for name in names if getattr(self, name)]


class Is(Declaration):
    """The column has one of the values, as the file writes them."""

    column: str
    values: tuple[str, ...] = Setting(alias="is", min_length=1)


Condition = str | Is


class Key(Declaration):
    """`scheme:value of the column`; where the column is empty: none, or register and record."""

    scheme: Annotated[str, Setting(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")]
    column: str
    otherwise: Literal["none", "record"] = "none"


class Stated(Declaration):
    """A value that a field always has, where `when` holds."""

    constant: Constant
    when: Condition | None = None


class Valid(Declaration):
    """Columns of the first day on which it was true, and the first on which it no longer was."""

    from_: str | None = Setting(default=None, alias="from")
    to: str | None = None


class Node(Declaration):
    """A node that rows speak of; without fields it is only an end of links."""

    type: str
    key: Key | Literal["record"]
    when: Condition | None = None
    valid: Valid | None = None
    fields: Mapping[str, str | Stated] = {}


class Link(Declaration):
    """A relationship between two of the nodes, stated where both have a key and `when` holds."""

    relationship: str
    kind: str = ""
    from_: str = Setting(alias="from")
    to: str
    when: Condition | None = None
    valid: Valid | None = None
    fields: Mapping[str, str | Stated] = {}


class Operation(Declaration):
    """The column that says what happened to the record: these values state it, those delete it."""

    column: str
    state: tuple[str, ...] = ()
    delete: tuple[str, ...] = Setting(min_length=1)


class TableMapping(Declaration):
    """One register's file. `record` and `citation` are texts with {column} in them."""

    register_: str = Setting(alias="register")
    label: Label
    file: File = File()
    record: str
    recorded: str | None = None
    operation: Operation | None = None
    citation: str | None = None
    own: str | None = None
    valid: Valid = Valid()
    columns: Mapping[str, Column] = Setting(min_length=1)
    ignored: tuple[str, ...] = ()
    nodes: Mapping[str, Node] = Setting(min_length=1)
    links: tuple[Link, ...] = ()


class CodeList(Declaration):
    """A code table that the model does not hold, from ingest/mappings/tables."""

    table: str
    standard: str = ""
    label: Label
    values: Mapping[str, Label]
