"""Times as people write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from ingest.versions import TIME
from runtime.errors import CitizengraphError

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def utc_time(text: str) -> str:
    """A day or an ISO 8601 time as UTC to the second. Raises BAD_ARGUMENT for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        words = f"{text!r} is not a time such as 2026-11-23 or 2026-11-23T08:00:00Z."
        raise CitizengraphError("BAD_ARGUMENT", words, "Write it in UTC.") from error
    if _DAY.fullmatch(text) or found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return found.astimezone(UTC).strftime(TIME)
