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
    "partner": dict.fromkeys(("FEMALE", "MALE", ""), ("registered partner", "登记伴侣")),
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
# A registered partnership 登记伴侣关系 stands among the marriages, and is none.
_PARTNERSHIP = "REGISTERED_PARTNERSHIP"
_SHORT_ZH = {"父亲": "父", "母亲": "母", "儿子": "子", "女儿": "女"}
_FORMER_ZH = {"妻子": "前妻", "丈夫": "前夫"}


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
        return self.current and self.kind not in ("STEP", "FOSTER")


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
    if name == "spouse" and steps[0].get("form") == _PARTNERSHIP:
        name = "partner"
    kind = _joint_kind({kind_of(catalogue, step) for step in steps})
    current = not any(step["ended"] for step in steps)
    base, zh = _term(name, sexes)
    return Relation(
        base, *_styled(base, zh, kind, name, current), kind, up, down, current, tuple(steps)
    )


def _joint_kind(kinds: set[str]) -> str:
    """The kind of a path: one step or foster link makes all of it so."""
    for weaker in ("STEP", "FOSTER"):
        if weaker in kinds:
            return weaker
    return kinds.pop() if len(kinds) == 1 else "MIXED"


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
    """The term with its kind, and whether it is over."""
    if kind in _PREFIXES:
        before, before_zh = _PREFIXES[kind]
        joint = "-" if kind == "STEP" and name.startswith("grand") else ""
        base, zh = f"{before}{joint}{base}", before_zh + _SHORT_ZH.get(zh, zh)
    return (base, zh) if current else (f"former {base}", _FORMER_ZH.get(zh, f"前{zh}"))


@dataclass(frozen=True)
class Verdict:
    """YES, NO or NOT_DETERMINABLE, and why in words."""

    answer: str
    reason: str


def verdict(found: Sequence[Relation], terms: Sequence[str], row: Mapping[str, Any]) -> Verdict:
    """The answer to a question whose yes is any of the terms; with no terms, any relation.

    A no rests on what the registers state instead, so the caller needs to see whose record that
    is. Whether somebody is in the registers at all makes no difference to the answer.
    """
    for relation in found:
        if not terms or (relation.base in terms and relation.counts):
            registers = ", ".join(dict.fromkeys(str(s["register"]) for s in relation.steps))
            return Verdict("YES", f"{relation.term} {relation.term_zh}, by register: {registers}.")
    if not terms:
        return Verdict("NOT_DETERMINABLE", "No relation within two steps is recorded.")
    neutral = {"mother": "parent", "father": "parent", "daughter": "child", "son": "child"}
    wanted = {neutral.get(term, term) for term in terms}
    if any(relation.base in wanted and relation.counts for relation in found):
        return Verdict("NOT_DETERMINABLE", "The sex of the person is in no register here.")
    missing = _missing_record(frozenset(terms), row)
    if missing:
        return Verdict("NOT_DETERMINABLE", f"No record that you may see states {missing}.")
    if "spouse" in terms:
        return Verdict("NO", "No register here states a marriage of the two that holds.")
    return Verdict("NO", "The registers state other relatives and not this relation.")


Parent = Mapping[str, Any]


def _missing_record(terms: frozenset[str], row: Mapping[str, Any]) -> str:
    """What would have to be recorded, and be seen by the caller, for a no to be certain."""
    own: Sequence[Parent] = row["subjectParents"] if row["subjectSeen"] else ()
    other: Sequence[Parent] = row["relativeParents"] if row["relativeSeen"] else ()
    if "spouse" in terms and not row["subjectSeen"]:
        return "the person asked about"
    if terms == frozenset({"mother"}) and not _filled(own, "FEMALE"):
        return "the mother of the person asked about"
    if terms == frozenset({"father"}) and not _filled(own, "MALE"):
        return "the father of the person asked about"
    if "parent" in terms and not _complete(own):
        return "both parents of the person asked about"
    if "child" in terms and not _complete(other):
        return "both parents of the child"
    if "sibling" in terms and not (_complete(own) and _complete(other)):
        return "both parents of both persons"
    if "grandparent" in terms and not _all_complete(own, row["subjectGrandparents"]):
        return "all grandparents of the person asked about"
    if "grandchild" in terms and not _all_complete(other, row["relativeGrandparents"]):
        return "all grandparents of the grandchild"
    return ""


def _filled(parents: Sequence[Parent], sex: str) -> bool:
    """Whether a parent of that sex is recorded, or the register states all there are."""
    return any(parent["closed"] or parent["sex"] == sex for parent in parents)


def _complete(parents: Sequence[Parent]) -> bool:
    """Whether both parents are recorded, or the register states all there are."""
    closed = any(parent["closed"] for parent in parents)
    return closed or len({parent["id"] for parent in parents}) > 1


def _all_complete(parents: Sequence[Parent], grandparents: Sequence[Sequence[Parent]]) -> bool:
    return _complete(parents) and all(_complete(theirs) for theirs in grandparents)
