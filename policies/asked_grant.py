"""The grant that an access request asks for, as Cedar text: one permit for each type and mask."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import cedarpy

from graph.catalogue import Catalogue, model
from graph.declarations import Field
from policies.access import Asking, Part
from policies.bundle import GRANTS, Bundle
from policies.cedar_schema import ROOTS, actions
from policies.modes import CLEAR, MASKED
from policies.problems import PolicyInvalid, Problem, suggestion
from policies.table import load_bundle

LINE_LENGTH, INDENT = 100, 2
_PRINTABLE = re.compile(r"[^\x00-\x1f\x7f\u2028\u2029]*")
Permit = tuple[str, str, list[str]]
"""Id, mask and actions of one permit."""


def path_of(number: int) -> str:
    """Where the grant of a request stands in a bundle."""
    return f"{GRANTS}/access-request-{number}.cedar"


def grant_text(asking: Asking, number: int) -> str:
    """The permits. Raises PolicyInvalid where a condition is more than a condition."""
    name = f"access-request-{number}"
    for part in asking.parts:
        if part.rows.strip() and not _is_condition(part.rows):
            reason = f"the condition on rows of {part.type} is not one expression"
            raise PolicyInvalid([Problem("request", reason, "write one, on resource")])
    written = "\n".join(text for part in asking.parts for text in _permits(asking, part, name))
    return cedarpy.format_policies(written, LINE_LENGTH, INDENT)


def with_grant(bundle: Bundle, asking: Asking, number: int) -> Bundle:
    """The bundle with the grant of the request, in place of an earlier one of it."""
    return Bundle({**bundle.texts, path_of(number): grant_text(asking, number)})


def check_asking(asking: Asking, bundle: Bundle, catalogue: Catalogue) -> None:
    """Raises PolicyInvalid with what is wrong with the request, and with nothing else."""
    problems = [*_strange(asking), *_unknown(asking, catalogue)]
    if problems:
        raise PolicyInvalid(problems)
    try:
        load_bundle(with_grant(bundle, asking, 0), catalogue)
    except PolicyInvalid as error:
        own = [problem for problem in error.problems if problem.file == path_of(0)]
        raise PolicyInvalid(own or [Problem("request", "it does not fit the policies")]) from error


def unshared(asking: Asking, catalogue: Catalogue) -> tuple[str, ...]:
    """Coordinates asked for of which the model says that they are never shared (不予共享)."""
    return tuple(
        f"{part.type}.{right.name}"
        for part in asking.parts
        for right in part.rights
        if _sharing(catalogue, part.type, right.name) == "none"
    )


def _sharing(catalogue: Catalogue, type_name: str, field: str) -> str:
    declared = catalogue.policed.get(type_name)
    if declared is None:
        return "conditional"
    own = catalogue.fields_of(type_name).get(field)
    return (own.sharing if isinstance(own, Field) else None) or declared.sharing


def _permits(asking: Asking, part: Part, name: str) -> Iterator[str]:
    rows = {*model().nodes, *model().answers}
    seen = [f"see:{part.type}"] if part.type in rows else []
    chosen: dict[str, list[str]] = {"": seen}
    for right in part.rights:
        mask = right.mask if right.mode == MASKED else ""
        chosen.setdefault(mask, []).append(f"{right.mode}:{part.type}.{right.name}")
    for mask, named in chosen.items():
        if named:
            suffix = f"-{mask}" if mask else ""
            yield _permit(asking, part, f"{name}-{part.type.lower()}{suffix}", mask, named)


def _permit(asking: Asking, part: Part, name: str, mask: str, named: list[str]) -> str:
    when = f"context.purpose == {_quoted(asking.purpose)}"
    when += f" && context.basis == {_quoted(asking.basis)}"
    when += f" && ({part.rows})" if part.rows.strip() else ""
    lines = [
        f"// {' '.join(asking.reason.split())}",
        f"@id({_quoted(name)})",
        f"@basis({_quoted(asking.document)})",
        *([f"@until({_quoted(asking.until.isoformat())})"] if asking.until else []),
        *([f"@mask({_quoted(mask)})"] if mask else []),
        f"permit (principal == Consumer::{_quoted(asking.consumer)},",
        f"action in [{', '.join(f'Action::{_quoted(action)}' for action in named)}],",
        f"{_resource(part.type)}) when {{ {when} }};",
    ]
    return "\n".join(lines) + "\n"


def _resource(type_name: str) -> str:
    return "resource" if type_name in ROOTS else f"resource is {type_name}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _is_condition(rows: str) -> bool:
    """Whether it is one Cedar expression, so that brackets around it hold all of it."""
    try:
        parsed = json.loads(
            cedarpy.policies_to_json_str(f"permit (principal, action, resource) when {{ {rows} }};")
        )
    except ValueError:
        return False
    policies = [*parsed["staticPolicies"].values(), *parsed["templates"].values()]
    return len(policies) == 1 and [c["kind"] for c in policies[0]["conditions"]] == ["when"]


def _strange(asking: Asking) -> Iterator[Problem]:
    """Characters that could end a line of the text."""
    said = (" ".join(asking.reason.split()), asking.document, *(p.rows for p in asking.parts))
    if not all(_PRINTABLE.fullmatch(text) for text in said):
        yield Problem("request", "a text has line breaks or control characters")
    if any("//" in part.rows for part in asking.parts):
        yield Problem("request", "a condition on rows has a comment", "say why in the reason")


def _unknown(asking: Asking, catalogue: Catalogue) -> Iterator[Problem]:
    every = {action.id for action in actions(catalogue)}
    for part in asking.parts:
        for right in part.rights:
            wanted = f"{right.mode or CLEAR}:{part.type}.{right.name}"
            if wanted not in every:
                yield Problem("request", f"there is no {wanted!r}", suggestion(wanted, every))
