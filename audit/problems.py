"""The one thing that can go wrong with the audit: it cannot be written or read."""

from __future__ import annotations

from runtime.errors import CitizengraphError


class AuditUnavailable(CitizengraphError):
    """The record is not durable, so nothing may be shown. `reason` is for the operator's log."""

    def __init__(self, reason: str, hint: str = "Repeat the request after a few seconds.") -> None:
        super().__init__(
            "AUDIT_UNAVAILABLE", "The disclosure cannot be recorded, so nothing is shown.", hint
        )
        self.reason = reason
