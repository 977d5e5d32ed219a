"""What a party holds in an entity as facts: shares, control, beneficial ownership."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.facts import EdgeFact, Source, Value
from ingest.bods.values import Json, Notes, text

_KINDS = {
    "votingRights": "VOTING_RIGHTS",
    "appointmentOfBoard": "APPOINTMENT_OF_BOARD",
    "boardMember": "BOARD_MEMBER",
    "boardChair": "BOARD_CHAIR",
    "seniorManagingOfficial": "SENIOR_MANAGER",
    "settlor": "SETTLOR",
    "trustee": "TRUSTEE",
    "protector": "PROTECTOR",
    "beneficiaryOfLegalArrangement": "BENEFICIARY",
    "nominator": "NOMINATOR",
    "nominee": "NOMINEE",
    "rightsToSurplusAssetsOnDissolution": "SURPLUS_ASSETS",
    "rightsToProfitOrIncome": "PROFIT_OR_INCOME",
    "rightToProfitOrIncomeFromAssets": "PROFIT_FROM_ASSETS",
    "enjoymentAndUseOfAssets": "ASSETS",
    "rightsGrantedByContract": "CONTRACT",
    "conditionalRightsGrantedByContract": "CONDITIONAL_CONTRACT",
    "controlViaCompanyRulesOrArticles": "COMPANY_RULES",
    "controlByLegalFramework": "LEGAL_FRAMEWORK",
    "otherInfluenceOrControl": "OTHER_CONTROL",
    "unpublishedInterest": "UNPUBLISHED",
    "unknownInterest": "UNKNOWN",
    "": "UNKNOWN",
}
_DIRECT = {"direct": True, "indirect": False}
_INTERESTS = "recordDetails/interests"
End = tuple[str, str]


@dataclass(frozen=True)
class Holding:
    """Who holds interests in which entity (type and key), and `closed`: the day it all ended."""

    holder: End
    held: End
    source: Source
    closed: str | None
    notes: Notes


@dataclass(frozen=True)
class _Interest:
    kind: str
    direct: bool | None
    owner: bool
    start: str | None
    end: str | None
    fields: dict[str, Value]


def past_facts(holding: Holding, past: Sequence[Json]) -> Iterator[EdgeFact]:
    """Facts of interests that have ended, by the day of their end."""
    days = sorted({text(interest, "endDate") for interest in past})
    for day in days:
        yield from interest_facts(holding, [i for i in past if text(i, "endDate") == day])


def interest_facts(holding: Holding, interests: Sequence[Json]) -> Iterator[EdgeFact]:
    """One fact for each interest, and one if the holder is a beneficial owner."""
    found = [_interest(holding, stated, f"{_INTERESTS}/{n}") for n, stated in enumerate(interests)]
    for interest in found:
        source = replace(holding.source, valid_from=interest.start, valid_to=interest.end)
        if interest.kind == "SHAREHOLDING":
            yield _edge("Shareholding", "", holding, source, interest.fields)
        else:
            yield _edge("ControlInterest", interest.kind, holding, source, interest.fields)
    owned = [interest for interest in found if interest.owner]
    if owned:
        yield _beneficial(holding, owned)


def _interest(holding: Holding, stated: Json, path: str) -> _Interest:
    notes = holding.notes
    direct = _DIRECT.get(text(stated, "directOrIndirect"))
    kind = _kind(notes, text(stated, "type"), direct, path)
    fields: dict[str, Value] = dict(notes.share(stated, path))
    if direct is not None:
        fields["direct"] = direct
    if text(stated, "details") and kind != "SHAREHOLDING":
        fields["details"] = text(stated, "details")
    return _Interest(
        kind,
        direct,
        _is_owner(holding, stated, path),
        notes.date(stated, "startDate", path),
        notes.date(stated, "endDate", path) or holding.closed,
        fields,
    )


def _kind(notes: Notes, name: str, direct: bool | None, path: str) -> str:
    if name == "shareholding":
        return "INDIRECT_SHAREHOLDING" if direct is False else "SHAREHOLDING"
    if name not in _KINDS:
        words = "the type of interest is in no code list of BODS 0.4"
        notes.leave_out(f"{path}/type", name, "CODE_UNKNOWN", words)
    return _KINDS.get(name, "UNKNOWN")


def _is_owner(holding: Holding, stated: Json, path: str) -> bool:
    name = "beneficialOwnershipOrControl"
    if stated.get(name) is not True:
        return False
    if holding.holder[0] != "Person":
        words = "only a person can be a beneficial owner"
        holding.notes.leave_out(f"{path}/{name}", "true", "VALUE_INVALID", words)
        return False
    return True


def _beneficial(holding: Holding, owned: Sequence[_Interest]) -> EdgeFact:
    """Direct if any interest is; with the shares added up where all of them are exact."""
    starts, ends = [i.start for i in owned], [i.end for i in owned]
    source = replace(
        holding.source,
        valid_from=min(s for s in starts if s) if all(starts) else None,
        valid_to=max(e for e in ends if e) if all(ends) else None,
    )
    fields: dict[str, Value] = _owned_share(owned)
    told = [i.direct for i in owned if i.direct is not None]
    if told:
        fields["direct"] = any(told)
    return _edge("BeneficialOwnership", "", holding, source, fields)


def _owned_share(owned: Sequence[_Interest]) -> dict[str, Value]:
    shares = [
        {name: value for name, value in i.fields.items() if name.startswith("sharePercent")}
        for i in owned
        if i.kind in ("SHAREHOLDING", "INDIRECT_SHAREHOLDING")
    ]
    if len(shares) == 1:
        return shares[0]
    total = sum(float(share.get("sharePercent", 101)) for share in shares)
    return {"sharePercent": total} if shares and total <= 100 else {}


def _edge(
    relationship: str, kind: str, holding: Holding, source: Source, fields: dict[str, Value]
) -> EdgeFact:
    return EdgeFact(relationship, kind, *holding.holder, *holding.held, source, fields)
