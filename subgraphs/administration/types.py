"""What the desk of the policies tells and takes, as GraphQL types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, cast

import strawberry
from strawberry.federation.schema_directives import Key
from strawberry.types import Info

from graph.catalogue import model
from graph.conditions import NEVER, Condition
from graph.declarations import Label as Declared
from policies.contracts import Label as Named
from policies.entail import witness
from policies.explain import CellExplanation, Reason
from policies.history import Record
from policies.plain import Plain
from policies.pushdown import negated
from policies.replay import Replayed
from policies.rules import Refusal
from policies.simulation import Change
from policies.store.valkey import ProcessReport
from policies.validation import Finding
from policies.versions import Actor, Transition
from policies.who import Seer
from resolvers.explanation import words

Context = Info  # the context value is resolvers.desk.DeskRequest


@strawberry.federation.type(description="Who acted · 经办人. Of a person their account is shown.")
class PolicyActor:
    name: str
    account: str
    organisation: str | None
    proven: bool

    @classmethod
    def of(cls, actor: Actor) -> PolicyActor:
        """The actor, without the number of the person."""
        proven = actor.proof == "token"
        name = actor.account if proven else actor.person
        return cls(
            name=name,
            account=actor.account,
            organisation=actor.organisation or None,
            proven=proven,
        )


@strawberry.federation.type(description="A step of a version's life · 流程记录")
class PolicyStep:
    step: str
    at: datetime
    by: PolicyActor
    hash: str
    why: str | None

    @classmethod
    def of(cls, step: Transition) -> PolicyStep:
        """The step as it was taken."""
        by = PolicyActor.of(step.by)
        return cls(step=step.step, at=step.at, by=by, hash=step.version, why=step.why or None)


@strawberry.federation.type(description="One file of a version · 策略文本")
class PolicyText:
    path: str
    content: str


@strawberry.federation.type(description="What should be looked into · 检查结果")
class PolicyFinding:
    level: str
    code: str
    where: str
    policy: str | None
    words: str

    @classmethod
    def of(cls, found: Finding) -> PolicyFinding:
        """The finding; level is error or warning."""
        return cls(
            level=found.level,
            code=found.code,
            where=found.where,
            policy=found.policy or None,
            words=found.words,
        )


@strawberry.federation.type(description="A step that the caller could take · 可办步骤")
class PolicyPossible:
    step: str = strawberry.field(description="edit, approve, activate or roll back.")
    rule: str | None = strawberry.field(description="The rule that it would break; null for none.")
    words: str | None

    @classmethod
    def of(cls, step: str, refusal: Refusal | None) -> PolicyPossible:
        """The step, and what keeps from it."""
        return cls(
            step=step,
            rule=refusal.rule if refusal else None,
            words=refusal.words if refusal else None,
        )


@strawberry.federation.type(
    description="A version of the policies · 策略版本",
    keys=[Key(fields=cast("Any", "number"), resolvable=False)],
)
class PolicyVersion:
    number: int
    state: str
    hash: str = strawberry.field(description="What an approval is bound to.")
    parent: str | None = strawberry.field(description="Hash of the version it was made from.")
    author: PolicyActor
    approver: PolicyActor | None
    reason: str
    document: str = strawberry.field(description="The document that it rests on.")
    created_at: datetime
    valid_from: date | None
    valid_to: date | None
    review: date | None
    request: int | None = strawberry.field(description="The access request it was drafted from.")
    steps: list[PolicyStep]

    @strawberry.field(description="Steps of its life, and which rule keeps the caller from one.")
    async def possible(self, info: Context) -> list[PolicyPossible]:
        found = await info.context.desk.possible(self.number)
        return [PolicyPossible.of(step, refusal) for step, refusal in found.items()]

    @strawberry.field(description="The texts, by path.")
    async def texts(self, info: Context) -> list[PolicyText]:
        found = await info.context.desk.texts(self.number)
        return [PolicyText(path=path, content=text) for path, text in sorted(found.items())]

    @strawberry.field(description="Errors and warnings of the texts.")
    async def findings(self, info: Context) -> list[PolicyFinding]:
        return [PolicyFinding.of(found) for found in await info.context.desk.findings(self.number)]

    @classmethod
    def of(cls, record: Record) -> PolicyVersion:
        """The version as it is now."""
        version, approver = record.version, record.approver
        return cls(
            number=record.number,
            state=record.state,
            hash=version.hash,
            parent=version.parent or None,
            author=PolicyActor.of(version.author),
            approver=PolicyActor.of(approver) if approver else None,
            reason=version.reason,
            document=version.document,
            created_at=version.created,
            valid_from=version.valid_from,
            valid_to=version.valid_to,
            review=version.review,
            request=version.request or None,
            steps=[PolicyStep.of(step) for step in record.steps],
        )


@strawberry.federation.type(
    description="What something is called, in both languages · 名称", shareable=True
)
class Words:
    en: str
    zh: str

    @classmethod
    def of(cls, label: Named | Declared) -> Words:
        """The label of a declaration."""
        return cls(en=label.en, zh=label.zh)


@strawberry.federation.type(description="When something is shown, in plain words · 适用条件")
class PolicyCondition:
    never: bool = strawberry.field(description="Whether it is shown of no row.")
    parts: list[Words] = strawberry.field(
        description="All of this must hold; nothing where it is shown of every row."
    )

    @classmethod
    def of(cls, condition: Condition, type_name: str) -> PolicyCondition:
        """The condition on rows of a type."""
        if condition == NEVER:
            return cls(never=True, parts=[])
        parts = plain().parts(condition, type_name)
        return cls(never=False, parts=[Words.of(part) for part in parts])


@strawberry.federation.type(
    description="A made-up row before and after a change · 变更示例. Nobody's data."
)
class PolicyExample:
    holds: list[Words] = strawberry.field(description="What is true of the row.")
    fails: list[Words] = strawberry.field(description="What is not.")
    shown_before: bool
    shown_after: bool


@strawberry.federation.type(description="A cell whose access differs · 变更单元")
class PolicyChange:
    consumer: str
    purpose: str
    basis: str
    mode: str
    coordinate: str | None
    kind: str
    before: str
    after: str
    policies: list[str]
    when_before: PolicyCondition | None = strawberry.field(
        description="The same as before in plain words; null for a right to call."
    )
    when_after: PolicyCondition | None
    change: strawberry.Private[Change]

    @strawberry.field(description="The plainest row of which access changes; null for none.")
    def example(self) -> PolicyExample | None:
        before, after = self.change.before, self.change.after
        if isinstance(before, bool) or isinstance(after, bool):
            return None
        found = witness(before, after)
        if found is None:
            return None
        name = self.change.cell.coordinate.partition(".")[0]
        true, false = (
            [Words.of(plain().said(fact, name)) for fact in facts]
            for facts in (found.true, map(negated, found.false))
        )
        return PolicyExample(
            holds=true, fails=false, shown_before=found.before, shown_after=found.after
        )

    @classmethod
    def of(cls, change: Change) -> PolicyChange:
        """The change; kind is gained, lost, wider, narrower or different."""
        cell = change.cell
        return cls(
            consumer=cell.consumer,
            purpose=cell.purpose,
            basis=cell.basis,
            mode=cell.mode,
            coordinate=cell.coordinate or None,
            kind=change.kind,
            before=in_words(change.before),
            after=in_words(change.after),
            policies=list(change.policies),
            when_before=_when(change.before, cell.coordinate),
            when_after=_when(change.after, cell.coordinate),
            change=change,
        )


@strawberry.federation.type(description="So many cells that change alike · 变更计数")
class PolicyChangeCount:
    consumer: str
    kind: str
    cells: int


@strawberry.federation.type(description="What changes from one version to another · 变更影响")
class PolicyDifference:
    cells: int
    counts: list[PolicyChangeCount]
    changes: list[PolicyChange]
    text: str = strawberry.field(description="How the texts differ, line by line.")


@strawberry.federation.type(description="Recorded operations that would differ · 受影响请求")
class PolicyReplayed:
    consumer: str
    purpose: str
    basis: str
    operation: str | None
    hash: str
    count: int
    outcome: str
    because: list[str]
    changes: list[PolicyChange]

    @classmethod
    def of(cls, found: Replayed) -> PolicyReplayed:
        """The operation; outcome is answered, refused or changed."""
        recorded = found.recorded
        return cls(
            consumer=recorded.consumer,
            purpose=recorded.purpose,
            basis=recorded.basis,
            operation=recorded.name or None,
            hash=recorded.hash,
            count=recorded.count,
            outcome=found.outcome,
            because=list(found.because),
            changes=[PolicyChange.of(change) for change in found.changes],
        )


@strawberry.federation.type(description="Recorded operations under another version · 请求回放")
class PolicyReplay:
    operations: int
    affected: int
    differing: list[PolicyReplayed]


@strawberry.federation.type(description="Who can see a field · 可见方")
class PolicySeer:
    consumer: str
    purpose: str
    basis: str
    mode: str
    condition: str
    policies: list[str]

    @classmethod
    def of(cls, seer: Seer) -> list[PolicySeer]:
        """One for each mode."""
        return [
            cls(
                consumer=seer.consumer,
                purpose=seer.purpose,
                basis=seer.basis,
                mode=mode,
                condition=words(condition),
                policies=list(seer.policies),
            )
            for mode, condition in seer.when.items()
        ]


@strawberry.federation.type(description="What one policy says of a field · 规则说明")
class PolicyReason:
    policy: str
    effect: str
    actions: list[str]
    holds: str
    ended: date | None
    place: str
    document: str | None
    when: PolicyCondition = strawberry.field(description="The same as holds, in plain words.")
    words: Words | None = strawberry.field(description="The whole policy, read aloud.")

    @classmethod
    def of(cls, reason: Reason, type_name: str, read: Mapping[str, Declared]) -> PolicyReason:
        """The policy, with the condition that is left of it."""
        return cls(
            policy=reason.policy,
            effect=reason.effect,
            actions=list(reason.actions),
            holds=words(reason.condition),
            ended=reason.ended,
            place=reason.place,
            document=reason.document or None,
            when=PolicyCondition.of(reason.condition, type_name),
            words=Words.of(read[reason.policy]) if reason.policy in read else None,
        )


@strawberry.federation.type(description="A mask, and when it applies · 脱敏方式")
class PolicyMask:
    mask: str
    when: str
    condition: PolicyCondition


@strawberry.federation.type(description="Why a field is shown or denied · 授权解释")
class PolicyExplanation:
    coordinate: str
    consumer: str
    purpose: str
    basis: str
    outcome: str
    shown_when: str
    shown: PolicyCondition = strawberry.field(description="The same as shownWhen, in plain words.")
    masked: list[PolicyMask]
    with_consent_when: str | None
    with_consent: PolicyCondition
    missing: str | None
    reasons: list[PolicyReason]

    @classmethod
    def of(
        cls, key: tuple[str, str, str], cell: CellExplanation, read: Mapping[str, Declared]
    ) -> PolicyExplanation:
        """The cell, rule by rule."""
        consumer, purpose, basis = key
        consent = cell.consent.condition
        return cls(
            coordinate=f"{cell.type_name}.{cell.field}" if cell.field else cell.type_name,
            consumer=consumer,
            purpose=purpose,
            basis=basis,
            outcome=cell.outcome,
            shown_when=words(cell.effect.condition),
            shown=PolicyCondition.of(cell.effect.condition, cell.type_name),
            masked=[
                PolicyMask(
                    mask=mask,
                    when=words(effect.condition),
                    condition=PolicyCondition.of(effect.condition, cell.type_name),
                )
                for mask, effect in cell.masked.items()
            ],
            with_consent_when=None if consent == NEVER else words(consent),
            with_consent=PolicyCondition.of(consent, cell.type_name),
            missing=cell.missing or None,
            reasons=[PolicyReason.of(reason, cell.type_name, read) for reason in cell.reasons],
        )


@strawberry.federation.type(description="A process that answers · 服务进程")
class PolicyProcess:
    process: str
    policy: str
    number: int
    applied_at: datetime

    @classmethod
    def of(cls, report: ProcessReport) -> PolicyProcess:
        """What it has in force."""
        at = datetime.fromtimestamp(report.applied_at).astimezone()
        return cls(
            process=report.process, policy=report.policy, number=report.number, applied_at=at
        )


@strawberry.federation.type(description="What is in force now, and where it has arrived · 启用结果")
class PolicyActivation:
    version: PolicyVersion
    processes: int
    behind: int
    last_ms: float | None
    gateway_ms: float | None


@strawberry.input(description="One file of a version; its content null takes it away · 策略文本")
class PolicyTextInput:
    path: str
    content: str | None = None


@strawberry.input(description="What the author says of a version · 起草说明")
class PolicyStatementInput:
    reason: str
    document: str
    valid_from: date | None = None
    valid_to: date | None = None
    review: date | None = None


def in_words(value: Condition | bool) -> str:
    """A condition in words; of a right to call, whether it is there."""
    return ("yes" if value else "no") if isinstance(value, bool) else words(value)


@cache
def plain() -> Plain:
    """Plain words for conditions on rows of the model."""
    return Plain(model())


def _when(value: Condition | bool, coordinate: str) -> PolicyCondition | None:
    if isinstance(value, bool):
        return None
    return PolicyCondition.of(value, coordinate.partition(".")[0])
