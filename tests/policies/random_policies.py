"""Random policies over everything that grants may say, for two invented consumers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random

from graph.catalogue import Catalogue
from graph.conditions import Scalar
from graph.declarations import Field
from graph.masks import MASKS, fitting
from policies.cedar_schema import Action, actions, row_attributes
from policies.modes import MASKED, plain_field

WORDS = ("110101", "110102", "a;b")
ROW_TYPES = ("Person", "KinshipAnswer", "Licence")

PURPOSES = """
purposes:
  one: {label: {en: One, zh: 一}, description: First}
  two: {label: {en: Two, zh: 二}, description: Second}
bases:
  left: {label: {en: Left, zh: 左}, citation: Act 1}
  right: {label: {en: Right, zh: 右}, citation: Act 2}
"""
CONSUMERS = """
consumers:
  alpha:
    label: {en: Alpha, zh: 甲}
    organisation: {en: A, zh: 甲}
    principal:
      {district: String, person: String, worker: String, authority: String,
       level: Int, senior: Boolean}
    purposes: {one: [left, right], two: [left]}
  beta:
    label: {en: Beta, zh: 乙}
    organisation: {en: B, zh: 乙}
    principal: {district: String, person: String, worker: String, authority: String}
    purposes: {two: [left, right]}
"""
CALLERS: Mapping[str, Sequence[str]] = {
    "alpha": ("district", "person", "worker", "authority", "level", "senior"),
    "beta": ("district", "person", "worker", "authority"),
}


def write_directory(directory: Path, grants: str) -> Path:
    """A policies directory with the two consumers and the grants."""
    (directory / "grants").mkdir(parents=True)
    (directory / "purposes.yaml").write_text(PURPOSES)
    (directory / "consumers.yaml").write_text(CONSUMERS)
    (directory / "grants" / "random.cedar").write_text(grants)
    return directory


def random_value(random: Random, type_name: str) -> Scalar:
    """A value from a small domain, so that equality is common."""
    if type_name == "Boolean":
        return random.random() < 0.5
    return random.randint(0, 3) if type_name == "Int" else random.choice(WORDS)


def _named(ids: Iterable[str]) -> str:
    return f"action in [{', '.join(f'Action::{chr(34)}{name}{chr(34)}' for name in ids)}]"


class PolicyWriter:
    """Writes policies about one row type."""

    def __init__(self, random: Random, catalogue: Catalogue, row_type: str) -> None:
        self.random = random
        self.catalogue = catalogue
        self.row_type = row_type
        self.attributes = {n: a.type for n, a in row_attributes(catalogue)[row_type].items()}
        # An id goes with `see` (policies.checks), so random policies leave it out.
        self.actions = [
            a for a in actions(catalogue) if a.type_name == row_type and a.field != "id"
        ]

    def policies(self) -> str:
        """Two to four permits and up to three forbids."""
        permits = [self._policy("permit", i) for i in range(self.random.randint(2, 4))]
        forbids = [self._policy("forbid", i) for i in range(self.random.randint(0, 3))]
        return "\n".join([*permits, *forbids])

    def sample(self, count: int) -> list[Action]:
        """Some of the row type's actions."""
        return self.random.sample(self.actions, min(count, len(self.actions)))

    def mask(self, action: Action, named: str = "") -> str:
        """The mask that a permit leaves of the action's field; empty where it would be refused."""
        declared = plain_field(self.catalogue, action.type_name, action.field)
        assert isinstance(declared, Field)
        mask = named or declared.mask
        return mask if mask in [known.name for known in fitting(declared)] else ""

    def _policy(self, effect: str, index: int) -> str:
        clauses = "".join(
            f"\n{self.random.choice(['when', 'when', 'unless'])} {{ {self._expression(3)} }}"
            for _ in range(self.random.randint(0, 2))
        )
        principal = self.random.choice(
            ["principal", 'principal == Consumer::"alpha"', 'principal == Consumer::"beta"']
        )
        mask, actions = self._permitted() if effect == "permit" else ("", self._forbidden())
        annotation = f'\n@mask("{mask}")' if mask else ""
        head = f"{effect} ({principal}, {actions}, resource is {self.row_type})"
        return f'@id("{effect}-{index}"){annotation}\n{head}{clauses};'

    def _permitted(self) -> tuple[str, str]:
        """The mask that is named, or nothing, and actions that it fits."""
        named = self.random.choice(["", *(mask.name for mask in MASKS)])
        chosen = [a for a in self.sample(9) if a.mode != MASKED or self.mask(a, named)]
        chosen = chosen or self.clear()[:1]
        masked = any(action.mode == MASKED for action in chosen)
        return named if masked else "", _named(action.id for action in chosen)

    def clear(self) -> list[Action]:
        """Actions that need no mask."""
        return [action for action in self.actions if action.mode != MASKED]

    def _forbidden(self) -> str:
        groups = sorted({a.group_id for a in self.actions if a.group_id})
        if self.random.random() < 0.5:
            return self.random.choice(["action", f'action in Action::"{groups[0]}"'])
        return _named([*(a.id for a in self.sample(6)), *self.random.sample(groups, 1)])

    def _expression(self, depth: int) -> str:
        if depth == 0 or self.random.random() < 0.3:
            return self.random.choice([self._row, self._caller, self._setting])()
        left, right = self._expression(depth - 1), self._expression(depth - 1)
        return self.random.choice(
            [
                f"({left} && {right})",
                f"({left} || {right})",
                f"!({left})",
                f"(if {left} then {right} else {self._expression(0)})",
            ]
        )

    def _row(self) -> str:
        name = self.random.choice(list(self.attributes))
        value = random_value(self.random, self.attributes[name])
        if isinstance(value, bool):
            form = self.random.choice(["resource.{0}", "resource.{0} == {1}", "resource has {0}"])
            return form.format(name, str(value).lower())
        if isinstance(value, int):
            operator = self.random.choice(["<", "<=", ">", ">=", "==", "!="])
            return f"resource.{name} {operator} {value}"
        other = self.random.choice([n for n, t in self.attributes.items() if t == "String"])
        return self.random.choice(
            [
                f'resource.{name} == "{value}"',
                f'resource.{name} != "{value}"',
                f'["{value}", "zz"].contains(resource.{name})',
                f"resource.{name} == resource.{other}",
            ]
        )

    def _caller(self) -> str:
        name = self.random.choice([n for n, t in self.attributes.items() if t == "String"])
        number = self.random.randint(0, 3)
        operator = self.random.choice(["<", "<=", ">", ">=", "==", "!="])
        return self.random.choice(
            [
                f"resource.{name} == principal.district",
                f"resource.{name} != principal.district",
                f"principal has level && principal.level {operator} {number}",
                "principal has senior && principal.senior",
                "!(principal has senior)",
                "principal has district",
            ]
        )

    def _setting(self) -> str:
        return self.random.choice(
            [
                'context.purpose == "one"',
                'context.purpose != "two"',
                '["left", "right"].contains(context.basis)',
                'context.basis == "left"',
                'principal == Consumer::"beta"',
                f"resource is {self.row_type}",
                "true",
                "false",
            ]
        )
