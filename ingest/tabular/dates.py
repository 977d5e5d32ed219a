"""Dates and times as files write them, to ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from ingest.tabular.unfit import Unfit

_PARTS = {
    "YYYY": "(?P<year>[0-9]{4})",
    "MM": "(?P<month>[0-9]{2})",
    "DD": "(?P<day>[0-9]{2})",
    "M": "(?P<month>[0-9]{1,2})",
    "D": "(?P<day>[0-9]{1,2})",
}
_TOKEN = re.compile("YYYY|MM|DD|M|D")
_CACHE = 65_536


def date_pattern(form: str) -> re.Pattern[str]:
    """Matches dates of a form such as YYYYMMDD, YYYY-MM, YYYY年M月D日.

    Raises ValueError for a form without a year, or with a day and no month.
    """
    tokens = _TOKEN.findall(form)
    kinds = sorted(token[0] for token in tokens)
    if kinds not in (["Y"], ["M", "Y"], ["D", "M", "Y"]):
        raise ValueError(f"{form!r} is no form of a date, such as YYYY-MM-DD, YYYY-MM or YYYY")
    return re.compile(
        "".join(_PARTS.get(part, re.escape(part)) for part in re.split(f"({_TOKEN.pattern})", form))
    )


def date_reader(forms: tuple[str, ...]) -> Callable[[str], str]:
    """Text to a date as precise as it is written: "1984", "1984-05", "1984-05-17".

    The first form that fits counts. Raises Unfit.
    """
    patterns = [date_pattern(form) for form in forms]
    wanted = " or ".join(forms)

    @lru_cache(maxsize=_CACHE)
    def read(text: str) -> str:
        for pattern in patterns:
            if found := pattern.fullmatch(text):
                return _iso(found.groupdict())
        raise Unfit("DATE_INVALID", f"no date of the form {wanted}")

    return read


def _iso(parts: dict[str, str]) -> str:
    year, month, day = int(parts["year"]), parts.get("month"), parts.get("day")
    try:
        whole = date(year, int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        raise Unfit("DATE_INVALID", "there is no such day") from None
    return whole if day else whole[:7] if month else whole[:4]


def time_reader(zone: str) -> Callable[[str], str]:
    """ISO 8601 text to UTC, such as "2026-11-23T08:00:00Z"; a day counts from its first second.

    `zone` is the offset (+08:00) of times that state none. Raises Unfit.
    """
    sign = -1 if zone[0] == "-" else 1
    local = timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6])))

    @lru_cache(maxsize=_CACHE)
    def read(text: str) -> str:
        try:
            found = datetime.fromisoformat(text)
            moment = found if found.tzinfo else found.replace(tzinfo=local)
            return moment.astimezone(UTC).isoformat()[:19] + "Z"
        except (ValueError, OverflowError):
            raise Unfit("DATE_INVALID", "no time such as 2026-11-23 08:00:00") from None

    return read
