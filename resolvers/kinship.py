"""What the paths between two persons mean: relations with terms in both languages, and verdicts.

Paths of at most two steps: parents, children, spouses, grandparents, grandchildren, siblings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.catalogue import Catalogue

Step = Mapping[str, Any]

_TERMS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "parent": {"FEMALE": ("mother", "母亲"), "MALE": ("father", "父亲"), "": ("parent", "父母")},
    "child": {"FEMALE": ("daughter", "女儿"), "MALE": ("son", "儿子"), "": ("child", "子女")},
    "spouse": {"FEMALE": ("wife", "妻子"), "MALE": ("husband", "丈夫"), "": ("spouse", "配偶")},
    "sibling": {
        "FEMALE": ("sister", "姐妹"),
        "MALE": ("brother", "兄弟"),
        "": ("sibling", "兄弟姐妹"),
    },
    "grandchild": {
        "FEMALE": ("granddaughter", "孙女或外孙女"),
        "MALE": ("grandson", "孙子或外孙"),
        "": ("grandchild", "孙子女或外孙子女"),
    },
}
_GRANDPARENTS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("MALE", "FEMALE"): ("grandmother", "祖母"),
    ("MALE", "MALE"): ("grandfather", "祖父"),
    ("FEMALE", "FEMALE"): ("grandmother", "外祖母"),
    ("FEMALE", "MALE"): ("grandfather", "外祖父"),
}
_GRANDCHILDREN: Mapping[tuple[str, str], tuple[str, str]] = {
    ("MALE", "FEMALE"): ("granddaughter", "孙女"),
    ("MALE", "MALE"): ("grandson", "孙子"),
    ("FEMALE", "FEMALE"): ("granddaughter", "外孙女"),
    ("FEMALE", "MALE"): ("grandson", "外孙"),
}
_PREFIXES = {"ADOPTIVE": ("adoptive ", "养"), "STEP": ("step", "继"), "FOSTER": ("foster ", "寄养")}
_SHORT_ZH = {"父亲": "父", "母亲": "母", "儿子": "子", "女儿": "女"}
_FORMER_ZH = {"妻子": "前妻", "丈夫": "前夫"}
_FULL_KINDS = ("BIRTH", "ADOPTIVE", "LEGAL", "MARRIAGE", "MIXED")


@dataclass(frozen=True)
class Relation:
    """What the relative is to the subject along one path. `base` is the term without its kind."""

    base: str
    term: str
    term_zh: str
    kind: str
    up: int | None
    down: int | None
    current: bool
    steps: tuple[Step, ...]

    @property
    def counts(self) -> bool:
        """Whether it answers a plain question with yes: a stepmother is not the mother."""
        return self.current and self.kind in _FULL_KINDS


def relations(catalogue: Catalogue, paths: Iterable[Mapping[str, Any]]) -> list[Relation]:
    """Every relation that the paths support, nearest first; other paths are passed over."""
    found: dict[tuple[Any, ...], Relation] = {}
    for path in paths:
        relation = _relation(catalogue, path)
        if relation is not None:
            via = tuple(path["nodes"][1:-1])
            key = (relation.base, relation.kind, relation.current, relation.up, via)
            found.setdefault(key, relation)
    return sorted(found.values(), key=lambda r: (len(r.steps), not r.current, r.term))


def _relation(catalogue: Catalogue, path: Mapping[str, Any]) -> Relation | None:
    steps, nodes, sexes = path["steps"], path["nodes"], path["sexes"]
    if len(set(nodes)) != len(nodes):
        return None
    moves = "".join(_move(catalogue, step, nodes[i]) for i, step in enumerate(steps))
    shape = {
        "u": ("parent", 1, 0),
        "d": ("child", 0, 1),
        "m": ("spouse", None, None),
        "uu": ("grandparent", 2, 0),
        "dd": ("grandchild", 0, 2),
        "ud": ("sibling", 1, 1),
    }.get(moves)
    if shape is None:
        return None
    name, up, down = shape
    kinds = {kind_of(catalogue, step) for step in steps}
    kind = kinds.pop() if len(kinds) == 1 else "MIXED"
    current = not any(step["ended"] for step in steps)
    base, zh = _term(name, sexes)
    return Relation(
        base, *_styled(base, zh, kind, name, current), kind, up, down, current, tuple(steps)
    )


def _move(catalogue: Catalogue, step: Step, at: str) -> str:
    if kind_of(catalogue, step) == "MARRIAGE":
        return "m"
    return "d" if step["from"] == at else "u"


def kind_of(catalogue: Catalogue, step: Step) -> str:
    """The kinship kind of a stored fact: a kind of Parenthood, or MARRIAGE."""
    stored = str(step["type"]).removesuffix("_FACT")
    for kind, name in catalogue.relationships["Parenthood"].types.items():
        if name == stored:
            return kind
    return "MARRIAGE"


def _term(name: str, sexes: Sequence[str | None]) -> tuple[str, str]:
    sex = sexes[-1] if sexes[-1] in ("MALE", "FEMALE") else ""
    between = (str(sexes[1]), str(sex))
    if name == "grandparent":
        fallback = {"FEMALE": "grandmother", "MALE": "grandfather", "": "grandparent"}[sex]
        return _GRANDPARENTS.get(between, (fallback, "祖父母或外祖父母"))
    if name == "grandchild":
        return _GRANDCHILDREN.get(between, _TERMS[name][sex])
    return _TERMS[name][sex]


def _styled(base: str, zh: str, kind: str, name: str, current: bool) -> tuple[str, str]:
    """The term with its kind and whether it is over."""
    if kind in _PREFIXES and name in ("parent", "child"):
        before, before_zh = _PREFIXES[kind]
        base, zh = before + base, before_zh + _SHORT_ZH.get(zh, zh)
    elif kind in _PREFIXES:
        base, zh = f"{base} ({_PREFIXES[kind][0].strip()})", f"{zh}({_PREFIXES[kind][1]})"
    return (base, zh) if current else (f"former {base}", _FORMER_ZH.get(zh, f"前{zh}"))


@dataclass(frozen=True)
class Verdict:
    """YES, NO or NOT_DETERMINABLE, and why in words."""

    answer: str
    reason: str


def verdict(found: Sequence[Relation], terms: Sequence[str], row: Mapping[str, Any]) -> Verdict:
    """The answer to a question whose yes is any of the terms; with no terms, any relation."""
    if row["subject"]["id"] is None or row["relative"]["id"] is None:
        return Verdict("NOT_DETERMINABLE", "One of the two persons is in no register here.")
    if row["subject"]["id"] == row["relative"]["id"]:
        return Verdict("NO", "Both are the same person.")
    for relation in found:
        if not terms or (relation.base in terms and relation.counts):
            registers = ", ".join(dict.fromkeys(str(s["register"]) for s in relation.steps))
            return Verdict("YES", f"{relation.term} {relation.term_zh}, by register: {registers}.")
    return _without_a_path(found, terms, row)


def _without_a_path(
    found: Sequence[Relation], terms: Sequence[str], row: Mapping[str, Any]
) -> Verdict:
    unsexed = {"mother": "parent", "father": "parent", "daughter": "child", "son": "child"}
    wanted = {unsexed.get(term, term) for term in terms}
    if any(relation.base in wanted and relation.counts for relation in found):
        return Verdict("NOT_DETERMINABLE", "The sex of the person is in no register here.")
    missing = _missing_record(terms, row)
    if missing:
        return Verdict("NOT_DETERMINABLE", f"No register here states {missing}.")
    return Verdict("NO", "The registers state other relatives and not this relation.")


def _missing_record(terms: Sequence[str], row: Mapping[str, Any]) -> str:
    """What would have to be recorded for a no to be certain, and is not."""
    asked = set(terms)
    if asked & {"mother", "father", "parent"} and not row["subjectParents"]:
        return "the parents of the person asked about"
    if asked & {"daughter", "son", "child"} and not row["relativeParents"]:
        return "the parents of the child"
    if asked & {"sister", "brother", "sibling"} and not (
        row["subjectParents"] and row["relativeParents"]
    ):
        return "the parents of both persons"
    if asked & {"grandmother", "grandfather", "grandparent"} and not row["subjectGrandparents"]:
        return "the grandparents of the person asked about"
    if asked & {"granddaughter", "grandson", "grandchild"} and not row["relativeGrandparents"]:
        return "the grandparents of the grandchild"
    return ""
