"""Versions of a bundle, and the steps of their life: values that are never changed.

The hash of a version covers the texts and everything that is said of them. Who approves a hash
approves exactly that; after an edit the version has another.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal

Step = Literal[
    "drafted", "edited", "validated", "approved", "activated", "superseded", "rolled back"
]
State = Literal["draft", "validated", "approved", "active", "superseded", "rolled back"]
STATES: Mapping[Step, State] = {
    "drafted": "draft",
    "edited": "draft",
    "validated": "validated",
    "approved": "approved",
    "activated": "active",
    "superseded": "superseded",
    "rolled back": "rolled back",
}
Proof = Literal["token", "command line", "built in"]
HASH_SHOWN = 12


@dataclass(frozen=True)
class Actor:
    """Who acts: the person, the account they used, and what shows that it is them.

    `person` is what an identity provider vouches for in the claim `person`, the same for all
    accounts of one human being. With proof "command line" it is only what somebody wrote.
    `organisation` is the id of the one that they act for, as their token says.
    """

    person: str
    account: str
    proof: Proof
    organisation: str = ""

    @property
    def identity(self) -> str:
        """The person in a form in which two spellings of it are equal."""
        return unicodedata.normalize("NFKC", self.person).strip().casefold()

    def __str__(self) -> str:
        if self.proof == "token":
            return self.account
        stated = " (stated on the command line)" if self.proof == "command line" else ""
        return f"{self.person}{stated}"

    def as_json(self) -> dict[str, str]:
        """Plain values; without an organisation as it was written before there was one."""
        values = asdict(self)
        return (
            values if self.organisation else {k: values[k] for k in values if k != "organisation"}
        )


BUILT_IN = Actor("built in", "citizengraph", "built in")


@dataclass(frozen=True)
class Version:
    """What is put into force: a bundle by its hash, made from which version, by whom and why.

    `parent` is the hash of the version that was active when it was drafted; empty for the first.
    `document` is the legal basis. The version holds from `valid_from` through `valid_to`.
    `request` is the number of the access request that it was drafted from; 0 for none.
    """

    bundle: str
    parent: str
    author: Actor
    reason: str
    document: str
    created: datetime
    valid_from: date | None = None
    valid_to: date | None = None
    review: date | None = None
    request: int = 0

    @cached_property
    def hash(self) -> str:
        """SHA-256 over all of it, the texts by their own hash."""
        content = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False)
        return sha256(content.encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """Plain values; dates and times in ISO 8601. Without a request as before there were any."""
        values = {**asdict(self), "author": self.author.as_json()}
        if not self.request:
            del values["request"]
        return {name: _plain(value) for name, value in values.items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Version:
        """The inverse of `as_json`. Raises KeyError, TypeError or ValueError."""
        days = {n: _day(stored[n]) for n in ("valid_from", "valid_to", "review")}
        created = datetime.fromisoformat(stored["created"])
        author = Actor(**stored["author"])
        values: dict[str, Any] = {**stored, **days, "created": created, "author": author}
        return cls(**values)


@dataclass(frozen=True)
class Transition:
    """One step: what happened to which version, exactly as it was, by whom, when and why.

    `content` is the version itself where it begins or changes.
    """

    step: Step
    number: int
    version: str
    by: Actor
    at: datetime
    why: str = ""
    content: Version | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        content = self.content.as_json() if self.content else None
        values = {**asdict(self), "by": self.by.as_json(), "content": content}
        return {name: _plain(value) for name, value in values.items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Transition:
        """The inverse of `as_json`. Raises KeyError, TypeError or ValueError."""
        content = Version.from_json(stored["content"]) if stored["content"] else None
        at, by = datetime.fromisoformat(stored["at"]), Actor(**stored["by"])
        values: dict[str, Any] = {**stored, "content": content, "at": at, "by": by}
        return cls(**values)


def short(hashed: str) -> str:
    """The start of a hash, as people read and write it."""
    return hashed[:HASH_SHOWN]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
