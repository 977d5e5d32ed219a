"""What can be wrong with the store of policy versions."""

from __future__ import annotations

from runtime.errors import CitizengraphError


class PolicyUnavailable(CitizengraphError):
    """The store does not answer, or not durably. `reason` is for the operator."""

    def __init__(self, reason: str, hint: str = "Repeat the request after a few seconds.") -> None:
        super().__init__("POLICY_UNAVAILABLE", "It is not known which policy is in force.", hint)
        self.reason = reason


class PolicyAltered(CitizengraphError):
    """What is stored is not what was written."""

    def __init__(self, words: str) -> None:
        hint = "Restore the data of Valkey from a backup; see docs/errors/POLICY_ALTERED.md."
        super().__init__("POLICY_ALTERED", words, hint)
