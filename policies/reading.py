"""Each policy read aloud: who may do what, of which rows, until when; in both languages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from graph.conditions import NEVER
from graph.declarations import Label
from policies.cedar_schema import ROOTS, Action, actions, taken_from_caller
from policies.compile import Key, held_when
from policies.labels import Labels
from policies.parsing import Policy
from policies.plain import Plain, listed
from policies.pushdown import Setting
from policies.scopes import named_actions, names_consumer
from policies.table import PolicySet
from policies.terms import terms

NAMED_MAX = 12
_MODES = {
    "clear": ("see the whole of {what}", "查看{what}的完整值"),
    "masked": ("see a part of {what}", "查看{what}的部分内容"),
    "consent": ("see, with the person's consent, {what}", "经当事人同意查看{what}"),
    "filter": ("find and sort by {what}", "按{what}查找和排序"),
    "see": ("know that there is a {what}", "知悉{what}是否存在"),
    "Query": ("ask for {what}", "查询{what}"),
    "Mutation": ("take the step {what}", "办理{what}"),
}


@dataclass(frozen=True)
class Reading:
    """One policy: its place, its terms, whom it is about, and what it says."""

    policy: str
    effect: str
    path: str
    line: int
    consumers: tuple[str, ...]
    until: date | None
    review: date | None
    document: str
    words: Label


def read_aloud(
    policies: PolicySet, path: str = "", named: Collection[str] | None = None
) -> Iterator[Reading]:
    """Every policy, or those of one file, or of these names."""
    reader = _Reader(policies)
    for policy in policies.policies:
        if path in ("", policy.text.file) and (named is None or policy.id in named):
            yield reader.reading(policy)


class _Reader:
    def __init__(self, policies: PolicySet) -> None:
        self._policies = policies
        self._every = actions(policies.catalogue)
        self._attributes = taken_from_caller(policies.catalogue)
        self._labels, self._plain = Labels(policies.catalogue), Plain(policies.catalogue)

    def reading(self, policy: Policy) -> Reading:
        said = terms(policy)
        consumers = tuple(c for c in self._policies.consumers if names_consumer(policy.tree, c))
        text = policy.text
        return Reading(
            policy.id,
            policy.tree.effect,
            text.file,
            text.line,
            consumers,
            said.until,
            said.review,
            said.basis,
            self._words(policy, consumers, said.until),
        )

    def _words(self, policy: Policy, consumers: Sequence[str], until: date | None) -> Label:
        named = named_actions(policy.tree, self._every)
        who = self._who(consumers)
        may = policy.tree.effect == "permit"
        lines = [
            Label(
                en=f"{who.en} {'may' if may else 'may never'}:",
                zh=f"{who.zh}{'可以' if may else '一律不得'}:",
            )
        ]
        lines += [Label(en=f"• {line.en}", zh=f"• {line.zh}") for line in self._what(named)]
        lines += self._when(policy, named, consumers)
        if until:
            lines.append(Label(en=f"Until the end of {until}.", zh=f"有效至{until}。"))
        return Label(en="\n".join(x.en for x in lines), zh="\n".join(x.zh for x in lines))

    def _who(self, consumers: Sequence[str]) -> Label:
        known = self._policies.consumers
        if len(consumers) == len(known) and len(known) > 1:
            return Label(en="Every consumer", zh="所有数据使用方")
        labels = (known[name].label for name in consumers)
        return listed(Label(en=label.en, zh=label.zh) for label in labels)

    def _what(self, named: Sequence[Action]) -> Iterator[Label]:
        if len(named) == len(self._every):
            yield Label(en="anything", zh="任何操作")
            return
        groups: dict[tuple[str, str], list[str]] = {}
        for action in named:
            root = action.type_name in ROOTS
            mode = action.type_name if root else action.mode if action.field else "see"
            fields = groups.setdefault((mode, action.type_name), [])
            fields += [action.field] if action.field else []
        seen = [name for (mode, name), _ in groups.items() if mode == "see"]
        if seen:
            yield self._line("see", listed(self._labels.of_type(name) for name in seen))
        for (mode, name), fields in groups.items():
            if mode == "see":
                continue
            shown = listed(self._labels.of_field(name, field) for field in fields[:NAMED_MAX])
            more = len(fields) - NAMED_MAX
            if more > 0:
                shown = Label(en=f"{shown.en} and {more} more", zh=f"{shown.zh}等{len(fields)}项")
            if mode not in ROOTS:
                of = self._labels.of_type(name)
                shown = Label(en=f"{of.en}: {shown.en}", zh=f"{of.zh}的{shown.zh}")
            yield self._line(mode, shown)

    def _line(self, mode: str, what: Label) -> Label:
        en, zh = _MODES[mode]
        return Label(en=en.format(what=what.en), zh=zh.format(what=what.zh))

    def _when(
        self, policy: Policy, named: Sequence[Action], consumers: Sequence[str]
    ) -> Iterator[Label]:
        """For which purposes, and of which rows; types of which the same holds go together."""
        types = tuple(dict.fromkeys(action.type_name for action in named))
        said: dict[tuple[str, str], tuple[list[str], list[Key]]] = {}
        keys = [key for key in self._policies.lasting if key[0] in consumers]
        for key in keys:
            known = frozenset(self._policies.consumers[key[0]].principal)
            for name in types:
                setting = Setting(*key, name, self._attributes[name], known)
                condition = held_when(policy.tree, setting)
                if condition == NEVER:
                    continue
                parts = self._plain.parts(condition, name)
                text = "; ".join(p.en for p in parts), ";".join(p.zh for p in parts)
                found = said.setdefault(text, ([], []))
                found[0].extend([name] if name not in found[0] else [])
                found[1].extend([key] if key not in found[1] else [])
        if not said:
            yield Label(en="Its condition never holds.", zh="其条件永不成立。")
        for (en, zh), (names, held) in said.items():
            purposes = dict.fromkeys(purpose for _, purpose, _ in held)
            labels = [self._policies.contracts.purposes[name].label for name in purposes]
            where = listed(Label(en=label.en, zh=label.zh) for label in labels)
            if len(held) == len(keys) > 1:
                where = Label(en="every purpose", zh="所有目的")
            of = Label(en="", zh="")
            if len(said) > 1:
                of = listed(self._labels.of_type(name) for name in names[:4])
                of = Label(en=f" ({of.en})", zh=f"({of.zh})")
            yield Label(
                en=f"For {where.en}{of.en}: " + (f"only where {en}." if en else "of every row."),
                zh=f"目的:{where.zh}{of.zh}。" + (f"条件:{zh}。" if zh else "适用于所有的行。"),
            )
