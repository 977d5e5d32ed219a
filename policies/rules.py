"""The rules of a policy's life, as sentences, in the order in which they are asked.

A rule is a sentence and what breaks it. The first that is broken is the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from policies.history import History, Record
from policies.versions import Actor, Version, short

Act = Literal["draft", "edit", "validate", "approve", "activate", "roll back"]


@dataclass(frozen=True)
class Attempt:
    """What somebody wants to do. `given` is the hash they name; `bundle` that of the texts."""

    act: Act
    by: Actor
    history: History
    day: date
    record: Record | None = None
    version: Version | None = None
    given: str = ""
    bundle: str = ""
    errors: int = 0
    gains: frozenset[str] = frozenset()
    asker: Actor | None = None


@dataclass(frozen=True)
class Refusal:
    """The rule that is broken, and how, in this case."""

    rule: str
    words: str


@dataclass(frozen=True)
class Rule:
    """`broken` says in words what is wrong; nothing where the rule is kept."""

    sentence: str
    broken: Callable[[Attempt], str]


def refusal(attempt: Attempt) -> Refusal | None:
    """The first rule that the attempt breaks."""
    for rule in RULES[attempt.act]:
        words = rule.broken(attempt)
        if words:
            return Refusal(rule.sentence, words)
    return None


def _nobody(attempt: Attempt) -> str:
    return "" if attempt.by.identity else "no person is named"


def _built_in(attempt: Attempt) -> str:
    taken = attempt.by.identity == "built in" and attempt.by.proof != "built in"
    return "nobody is called so" if taken else ""


def _no_reason(attempt: Attempt) -> str:
    version = attempt.version
    return "" if version and version.reason.strip() else "no reason is given"


def _no_document(attempt: Attempt) -> str:
    version = attempt.version
    return "" if version and version.document.strip() else "no document is named"


def _reversed(attempt: Attempt) -> str:
    first = attempt.version.valid_from if attempt.version else None
    last = attempt.version.valid_to if attempt.version else None
    return f"it would hold from {first} to {last}" if first and last and first > last else ""


def _absent(attempt: Attempt) -> str:
    return "" if attempt.record else "there is no version of that number"


def _in(*states: str) -> Callable[[Attempt], str]:
    def broken(attempt: Attempt) -> str:
        record = attempt.record
        return f"it is {record.state}" if record and record.state not in states else ""

    return broken


def _tampered(attempt: Attempt) -> str:
    record = attempt.record
    if record and attempt.bundle != record.version.bundle:
        return (
            f"the texts have the hash {short(attempt.bundle)}, not {short(record.version.bundle)}"
        )
    return ""


def _invalid(attempt: Attempt) -> str:
    return f"{attempt.errors} errors were found" if attempt.errors else ""


def _author(attempt: Attempt) -> str:
    authors = attempt.record.authors if attempt.record else ()
    same = [author for author in authors if author.identity == attempt.by.identity]
    if not same:
        return ""
    aliases = {author.account for author in same} - {attempt.by.account}
    other = f", under the account {sorted(aliases)[0]}" if aliases else ""
    return f"{attempt.by.person} wrote it{other}"


def _proven_account(attempt: Attempt) -> str:
    """One account of an identity provider is one person, whatever it says later."""
    authors = attempt.record.authors if attempt.record else ()
    for author in authors:
        if "command line" not in (author.proof, attempt.by.proof) and (
            author.account == attempt.by.account
        ):
            return f"the account {author.account} wrote it"
    return ""


def _asked(attempt: Attempt) -> str:
    asker = attempt.asker
    return f"{asker} did" if asker and asker.identity == attempt.by.identity else ""


def _own_organisation(attempt: Attempt) -> str:
    """Of whoever wrote it and whoever acts; nobody vouches for that of a command line's user."""
    authors = attempt.record.authors if attempt.record else ()
    proven = [actor for actor in (attempt.by, *authors) if actor.proof == "token"]
    if not attempt.gains or not proven:
        return ""
    if not attempt.by.organisation and attempt.by.proof == "token":
        return "the token names no organisation"
    own = [actor.organisation for actor in proven if actor.organisation in attempt.gains]
    return f"{own[0]} would get more than it has now" if own else ""


def _other_hash(attempt: Attempt) -> str:
    record = attempt.record
    if record is None or (
        len(attempt.given) >= len(short(record.version.hash))
        and record.version.hash.startswith(attempt.given)
    ):
        return ""
    return f"it is {short(record.version.hash)} now, and {attempt.given or 'nothing'} was named"


def _edited_since(attempt: Attempt) -> str:
    record = attempt.record
    if record is None or record.approved == record.version.hash:
        return ""
    if not record.approved:
        return "nobody has approved it"
    return f"{short(record.approved)} was approved, and it is {short(record.version.hash)} now"


def _stale(attempt: Attempt) -> str:
    active = attempt.history.active
    current = active.version.hash if active else ""
    record = attempt.record
    if record is None or record.version.parent == current:
        return ""
    number = f"version {active.number}" if active else "none"
    return f"it was made from {short(record.version.parent) or 'nothing'}, and {number} is active"


def _too_early(attempt: Attempt) -> str:
    version = attempt.record.version if attempt.record else None
    begins = version.valid_from if version else None
    return f"it holds from {begins}" if begins and attempt.day < begins else ""


def _too_late(attempt: Attempt) -> str:
    version = attempt.record.version if attempt.record else None
    ends = version.valid_to if version else None
    return f"it held through {ends}" if ends and attempt.day > ends else ""


def _never_active(attempt: Attempt) -> str:
    record = attempt.record
    return "it never was" if record and not record.last("activated") else ""


def _is_active(attempt: Attempt) -> str:
    active, record = attempt.history.active, attempt.record
    same = active and record and active.version.bundle == record.version.bundle
    return "its texts are in force" if same else ""


KNOWN = Rule("Whoever acts is a person with a name.", _nobody)
OWN_NAME = Rule("Nobody acts under the name of what is built in.", _built_in)
EXISTS = Rule("There is such a version.", _absent)
INTACT = Rule("The texts are those that were hashed when it was written.", _tampered)
NOT_OVER = Rule("The last day on which it holds is not over.", _too_late)
ACTORS = (KNOWN, OWN_NAME)
OTHERS = Rule("Nobody grants anything to their own organisation.", _own_organisation)
CONTENT = (
    Rule("A version has a reason.", _no_reason),
    Rule("A version names the document that it rests on.", _no_document),
    Rule("A version begins before it ends.", _reversed),
)

RULES: Mapping[Act, tuple[Rule, ...]] = {
    "draft": (*ACTORS, *CONTENT, OTHERS),
    "edit": (
        *ACTORS,
        EXISTS,
        Rule(
            "What has been in force is not edited: it is drafted anew.",
            _in("draft", "validated", "approved"),
        ),
        *CONTENT,
        OTHERS,
    ),
    "validate": (
        *ACTORS,
        EXISTS,
        Rule("Only what is not in force yet is validated.", _in("draft", "validated")),
        INTACT,
        Rule("A version without errors is valid.", _invalid),
    ),
    "approve": (
        *ACTORS,
        EXISTS,
        Rule("A version is approved after it was found valid.", _in("validated")),
        INTACT,
        Rule("Another person than whoever wrote it approves.", _author),
        Rule("Another account than that which wrote it approves.", _proven_account),
        Rule("Another person than whoever asked for the access approves.", _asked),
        Rule("Who approves names the hash of what they have read.", _other_hash),
        NOT_OVER,
        OTHERS,
    ),
    "activate": (
        *ACTORS,
        EXISTS,
        Rule("Exactly what was approved is activated.", _edited_since),
        Rule("A version is activated once, after its approval.", _in("approved")),
        INTACT,
        Rule("It was made from the version that is active.", _stale),
        Rule("The first day on which it holds has come.", _too_early),
        NOT_OVER,
        OTHERS,
    ),
    "roll back": (
        *ACTORS,
        EXISTS,
        Rule("Only what was once in force is brought back.", _never_active),
        INTACT,
        Rule("What is brought back is not in force already.", _is_active),
        *CONTENT,
        NOT_OVER,
        OTHERS,
    ),
}
