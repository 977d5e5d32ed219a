"""Conditions and policies in plain words, in both languages, for people who read no Cedar.

Every attribute of the model and of the callers has its words here; a test finds one that has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.catalogue import Catalogue
from graph.conditions import (
    ALWAYS,
    AllOf,
    Always,
    AnyOf,
    Attribute,
    Compare,
    Condition,
    Literal,
    Never,
    Not,
    Operand,
    Principal,
)
from graph.declarations import Label
from policies.cedar_schema import taken_from_caller
from policies.simplify import tests_presence

FLAGS: Mapping[str, tuple[str, str, str, str]] = {
    "minor": (
        "{it} is certainly under 18",
        "{it} is not certainly under 18",
        "{it}确定未满18周岁",
        "{it}不能确定未满18周岁",
    ),
    "underProtection": (
        "{it} is under protection",
        "{it} is not under protection",
        "{it}是受保护人员",
        "{it}不是受保护人员",
    ),
    "addressProtected": (
        "the address of {it} is protected",
        "the address of {it} is not protected",
        "{it}的住址保密",
        "{it}的住址不属保密",
    ),
    "staff": (
        "{it} works for the office",
        "{it} does not work for the office",
        "{it}是本单位工作人员",
        "{it}不是本单位工作人员",
    ),
    "callersRelative": (
        "{it} is, or concerns, the caller or a relative of theirs",
        "{it} neither is nor concerns the caller or a relative of theirs",
        "{it}是或涉及查询人本人或其亲属",
        "{it}不是也不涉及查询人本人或其亲属",
    ),
    "wardOfCaller": (
        "the caller acts today for {it}, as parent or guardian",
        "the caller does not act today for {it}",
        "查询人今日是{it}的父母或监护人",
        "查询人今日不是{it}的监护人",
    ),
    "inCallersCase": (
        "an open case of the caller concerns {it}",
        "no open case of the caller concerns {it}",
        "查询人承办的在办件涉及{it}",
        "查询人没有涉及{it}的在办件",
    ),
    "inStatedCase": (
        "the case that the request states is the caller's and concerns {it}",
        "the case that the request states does not concern {it}",
        "请求所载办件由查询人承办且涉及{it}",
        "请求所载办件不涉及{it}",
    ),
    "openedByCaller": (
        "an emergency access of the caller to {it} is running",
        "no emergency access of the caller to {it} is running",
        "查询人对{it}的紧急访问仍在有效期内",
        "查询人对{it}没有有效的紧急访问",
    ),
    "licensedByCaller": (
        "{it} holds a licence today that the caller's authority issued",
        "{it} holds no licence of the caller's authority",
        "{it}今日持有查询人所在机关核发的证照",
        "{it}未持有查询人所在机关核发的证照",
    ),
    "consented": (
        "the person concerned has consented",
        "the person concerned has not consented",
        "当事人已同意",
        "当事人未同意",
    ),
    "callersCase": (
        "the case is assigned to the caller",
        "the case is not assigned to the caller",
        "该办件由查询人承办",
        "该办件不由查询人承办",
    ),
    "callersOwn": (
        "{it} concerns the caller, somebody for whom they act, or a company of theirs",
        "{it} does not concern the caller or whom they act for",
        "{it}涉及查询人本人、其被监护人或其代表的法人",
        "{it}不涉及查询人本人或其代表的人",
    ),
    "waiting": (
        "the case is open and assigned to nobody",
        "the case is not waiting for somebody",
        "该办件待受理且无人承办",
        "该办件不在待受理状态",
    ),
    "ofPerson": (
        "{it} is about a person",
        "{it} is not about a person",
        "{it}涉及自然人",
        "{it}不涉及自然人",
    ),
    "published": (
        "{it} is published",
        "{it} is not published",
        "{it}已公开",
        "{it}未公开",
    ),
    "callersRecord": (
        "{it} is about the caller or a legal entity that they represent",
        "{it} is not about the caller",
        "{it}涉及查询人本人或其代表的法人",
        "{it}不涉及查询人本人",
    ),
    "representedByCaller": (
        "the caller represents {it} today",
        "the caller does not represent {it}",
        "查询人今日是{it}的法定代表人",
        "查询人不是{it}的法定代表人",
    ),
    "ofCallersRelative": (
        "the caller or a relative of theirs represents {it} or owns a share of it",
        "neither the caller nor a relative of theirs represents {it} or owns a share of it",
        "查询人或其亲属代表{it}或持有其股份",
        "查询人及其亲属不代表{it}也不持有其股份",
    ),
    "callersLicence": (
        "the caller, or a legal entity that they represent, holds {it}",
        "the caller does not hold {it}",
        "{it}由查询人或其代表的法人持有",
        "{it}不由查询人持有",
    ),
    "issuedByCaller": (
        "the caller's authority issued {it}",
        "the caller's authority did not issue {it}",
        "{it}由查询人所在机关核发",
        "{it}不由查询人所在机关核发",
    ),
}
"""Of a row: yes and no in English, yes and no in Chinese."""

NOUNS: Mapping[str, tuple[str, str]] = {
    "office": ("the office responsible for {it}", "{it}的承办机构"),
    "department": ("the department of {it}", "{it}的承办部门"),
    "person": ("the person of {it}", "{it}所涉人员"),
    "district": ("the district of {it}", "{it}所在区划"),
    "citizenNumber": ("the citizen number of {it}", "{it}的公民身份号码"),
    "yearsSinceDeath": ("the full years since the death of {it}", "{it}死亡后的整年数"),
    "subject": ("the person asked about", "被查询人"),
    "relative": ("the other person", "另一方"),
}

CALLERS: Mapping[str, tuple[str, str]] = {
    "district": ("the caller's own district", "查询人所在区划"),
    "person": ("the caller", "查询人本人"),
    "worker": ("the caller's worker code", "查询人工号"),
    "department": ("the caller's department", "查询人所在部门"),
    "organisation": ("the caller's organisation", "查询人所代表的机构"),
    "authority": ("the caller's authority", "查询人所在机关"),
    "shielded": (
        "the caller's clearance for files of the office's staff",
        "查阅本单位人员档案的许可",
    ),
    "protectionCleared": ("the caller's clearance for protected persons", "接触受保护人员的许可"),
}
_CLEARANCES = frozenset({"shielded", "protectionCleared"})
_ABOUT = {
    "subject": ("the person asked about", "被查询人"),
    "relative": ("the other person", "另一方"),
}
_PEOPLE = {
    "Consent": ("whoever gave the consent", "授权人"),
    "EmergencyAccess": ("whomever the access was to", "被访问人"),
}
"""Types whose attributes are about a person."""
_OPERATORS = {
    "=": ("is", "为"),
    "<": ("is less than", "小于"),
    "<=": ("is at most", "不超过"),
    ">": ("is more than", "大于"),
    ">=": ("is at least", "不少于"),
}
_OF_ALL = Label(en="of every row", zh="所有的行")
_OF_NONE = Label(en="never", zh="从不")


class Plain:
    """Says conditions on rows of a model's types."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._callers = taken_from_caller(catalogue)

    def parts(self, condition: Condition, type_name: str) -> tuple[Label, ...]:
        """What must hold, all of it; nothing where it always does. Not for a NEVER."""
        if condition == ALWAYS:
            return ()
        parts = condition.parts if isinstance(condition, AllOf) else (condition,)
        return tuple(self.said(part, type_name) for part in self._telling(parts, type_name))

    def said(self, condition: Condition, type_name: str) -> Label:
        """The condition as one phrase."""
        match condition:
            case Always():
                return _OF_ALL
            case Never():
                return _OF_NONE
            case Compare(_, _, _):
                return self._compared(condition, type_name, True)
            case Not(Compare() as part):
                return self._compared(part, type_name, False)
            case Not(part):
                inner = self.said(part, type_name)
                return Label(en=f"not ({inner.en})", zh=f"并非({inner.zh})")
            case AllOf(parts):
                kept = self._telling(parts, type_name)
                return _joined([self.said(part, type_name) for part in kept], " and ", "且")
            case AnyOf(parts):
                inner = _joined([self.said(part, type_name) for part in parts], ", or ", ",或者")
                return Label(en=f"either {inner.en}", zh=inner.zh)

    def noun(self, attribute: str, type_name: str) -> Label:
        """What an attribute of a row is called."""
        return self._operand(Attribute(attribute), type_name)

    def _telling(self, parts: Sequence[Condition], type_name: str) -> list[Condition]:
        """Without tests that the caller is known, where another part asks for it anyway."""
        needed = {
            name
            for part in parts
            for attribute in _attributes(part)
            for name in self._callers.get(type_name, {}).get(attribute, ())
        }
        kept = [
            part
            for part in parts
            if not (isinstance(found := tests_presence(part), Principal) and found.name in needed)
        ]
        return kept or list(parts)

    def _it(self, type_name: str, attribute: str) -> tuple[str, tuple[str, str]]:
        """The attribute without whom it is about, and how that one is called."""
        for prefix, named in _ABOUT.items():
            rest = attribute.removeprefix(prefix)
            if rest and rest != attribute:
                return rest[0].lower() + rest[1:], named
        if type_name in _PEOPLE:
            return attribute, _PEOPLE[type_name]
        declared = self._catalogue.nodes.get(type_name) or self._catalogue.answers.get(type_name)
        label = declared.label if declared else Label(en="row", zh="行")
        english = label.en[0].lower() + label.en[1:]
        return attribute, (f"the {english}", f"该{label.zh}")

    def _compared(self, compare: Compare, type_name: str, holds: bool) -> Label:
        match compare:
            case Compare("=", Principal() as left, right) if left == right:
                noun = self._operand(left, type_name)
                en, zh = ("states", "载明") if holds else ("does not state", "未载明")
                return Label(en=f"the token {en} {noun.en}", zh=f"令牌{zh}{noun.zh}")
            case Compare("=", left, right) if left == right:
                noun = self._operand(left, type_name)
                en, zh = ("is known", "已知") if holds else ("is not known", "未知")
                return Label(en=f"{noun.en} {en}", zh=f"{noun.zh}{zh}")
            case Compare("=", Attribute(name), Literal(bool() as value)):
                return self._flag(name, type_name, holds == value)
            case Compare("=", Principal(name), Literal(bool() as value)) if name in _CLEARANCES:
                en, zh = CALLERS[name]
                there = holds == value
                return Label(
                    en=f"{en} {'is given' if there else 'is not given'}",
                    zh=f"查询人{'有' if there else '没有'}{zh}",
                )
            case Compare("=", Attribute("citizenNumber" | "person"), Principal("person")):
                _, (en, zh) = self._it(type_name, "")
                verb, is_zh = ("is", "是") if holds else ("is not", "不是")
                return Label(en=f"{en} {verb} the caller", zh=f"{zh}{is_zh}查询人本人")
            case Compare(operator, left, right):
                first, second = (self._operand(side, type_name) for side in (left, right))
                en, zh = _OPERATORS.get(operator, (operator, operator))
                if not holds:
                    en, zh = f"{en} not", f"不{zh}"
                return Label(en=f"{first.en} {en} {second.en}", zh=f"{first.zh}{zh}{second.zh}")

    def _flag(self, name: str, type_name: str, holds: bool) -> Label:
        base, (en, zh) = self._it(type_name, name)
        if base not in FLAGS:
            return Label(
                en=f"{name} of {en}: {holds}", zh=f"{zh}的{name}:{'是' if holds else '否'}"
            )
        yes, no, yes_zh, no_zh = FLAGS[base]
        said, said_zh = (yes, yes_zh) if holds else (no, no_zh)
        return Label(en=said.format(it=en), zh=said_zh.format(it=zh))

    def _operand(self, operand: Operand, type_name: str) -> Label:
        match operand:
            case Attribute(name):
                base, (en, zh) = self._it(type_name, name)
                noun, noun_zh = NOUNS.get(base, (f"{base} of {{it}}", f"{{it}}的{base}"))
                return Label(en=noun.format(it=en), zh=noun_zh.format(it=zh))
            case Principal(name):
                en, zh = CALLERS.get(name, (f"the caller's {name}", f"查询人的{name}"))
                return Label(en=en, zh=zh)
            case Literal(value):
                return Label(en=str(value), zh=str(value))


def worded(attribute: str) -> bool:
    """Whether the attribute of a row has words of its own."""
    bases = {attribute}
    for prefix in _ABOUT:
        rest = attribute.removeprefix(prefix)
        if rest and rest != attribute:
            bases = {rest[0].lower() + rest[1:]}
    return bool(bases & {*FLAGS, *NOUNS})


def listed(labels: Iterable[Label]) -> Label:
    """One after the other."""
    return _joined(list(labels), ", ", "、")


def _attributes(condition: Condition) -> Iterator[str]:
    match condition:
        case Compare(_, left, right):
            yield from (side.name for side in (left, right) if isinstance(side, Attribute))
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _attributes(part)
        case Not(part):
            yield from _attributes(part)
        case _:
            return


def _joined(labels: Sequence[Label], en: str, zh: str) -> Label:
    return Label(en=en.join(label.en for label in labels), zh=zh.join(label.zh for label in labels))
