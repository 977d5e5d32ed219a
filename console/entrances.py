"""Through which consumers people log in, and on a development stack, as whom."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from gateway.clients import accounts_file
from policies.bundle import read_bundle
from policies.contracts import Contracts, read_contracts
from runtime.settings import Settings


class Entrances:
    """Consumers with their labels and purposes."""

    def __init__(self, settings: Settings, development: bool) -> None:
        self._contracts: Contracts = read_contracts(read_bundle(settings.policies_dir))
        self._accounts = accounts_file(settings.home) if development else None
        self._named = settings.console_consumers

    def has(self, consumer: str) -> bool:
        """Whether people may log in to it."""
        return consumer in self._contracts.consumers and (
            not self._named or consumer in self._named.split(",")
        )

    def all(self) -> list[Mapping[str, Any]]:
        """[{consumer, label: {en, zh}, accounts: [{id, title}]}]."""
        accounts = self._development_accounts()
        return [
            {
                "consumer": name,
                "label": _label(consumer),
                "accounts": [
                    {"id": account["id"], "title": account["title"]}
                    for account in accounts
                    if account["consumer"] == name
                ],
            }
            for name, consumer in self._contracts.consumers.items()
            if self.has(name) and (self._accounts is None or _has_account(accounts, name))
        ]

    def of(self, consumer: str) -> Mapping[str, Any]:
        """{label, purposes: [{id, label, bases: [{id, label, citation}]}]}."""
        contracts = self._contracts
        found = contracts.consumers[consumer]
        purposes = [
            {
                "id": purpose,
                "label": _label(contracts.purposes[purpose]),
                "bases": [
                    {
                        "id": basis,
                        "label": _label(contracts.bases[basis]),
                        "citation": contracts.bases[basis].citation,
                    }
                    for basis in bases
                ],
            }
            for purpose, bases in found.purposes.items()
        ]
        return {"label": _label(found), "purposes": purposes}

    def _development_accounts(self) -> Sequence[Mapping[str, Any]]:
        if self._accounts is None or not self._accounts.is_file():
            return []
        return json.loads(self._accounts.read_text(encoding="utf-8"))


def _label(named: Any) -> Mapping[str, str]:
    return {"en": named.label.en, "zh": named.label.zh}


def _has_account(accounts: Sequence[Mapping[str, Any]], consumer: str) -> bool:
    return any(account["consumer"] == consumer for account in accounts)
