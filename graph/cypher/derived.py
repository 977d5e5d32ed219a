"""Derived fields as Cypher: worked out of a row's fields and links, for the day that is asked.

What is not certain is null. A date in a year or month stands for any day of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from graph.cypher.attributes import Named, certainly, possibly, types_of_facts
from graph.cypher.predicates import believed, day_of
from graph.cypher.writer import Writer
from graph.declarations import AGE_FROM, Derived
from graph.selection import ScalarPick

_CODE = "[0-9]{6}"
_PART_OF_CODE = "[0-9]{6,12}"


def worked_out(
    writer: Writer, derived: Derived, row: str, pick: ScalarPick, stated: Mapping[str, str]
) -> str:
    """The value at the pick's moment; `stated` has the expression of each plain field behind it."""
    writer.callers.update(derived.caller)
    moment = pick.moment
    day = day_of(writer, moment)
    sought = writer.bind(pick.sought) if pick.sought else "null"

    def holds(of: str) -> str:
        return certainly(of, day, believed(writer, moment, of))

    def may_hold(of: str) -> str:
        return possibly(of, day, believed(writer, moment, of))

    text = derived.cypher.format(
        row=row,
        day=day,
        **stated,
        youngest="age[0]",
        oldest="age[1]",
        facts=types_of_facts(writer),
        believed=Named(partial(believed, writer, moment)),
        certainly=Named(holds),
        possibly=Named(may_hold),
        sought=sought,
        inside=Named(inside),
        within=Named(partial(inside, district=sought)),
    )
    if not derived.tells_age:
        return text
    birth, death, deceased = (stated[name] for name in AGE_FROM)
    return f"head([age IN [{_ages(birth, death, deceased, day)}] | {text}])"


def _ages(birth: str, death: str, deceased: str, day: str) -> str:
    """[full years at least, at most] on the day; null without a birth, before it, after death."""
    alive = f"coalesce({death} > {day}, NOT coalesce({deceased}, false))"
    years = years_between("born", day)
    return f"head([born IN [{birth}] WHERE born <= {day} AND {alive} | {years}])"


def years_between(birth: str, day: str) -> str:
    """[full years at least, at most] on the day, of a birth date that may be imprecise."""
    return f"[{_years(_last_day(birth), day)}, {_years(_first_day(birth), day)}]"


def _years(birth: str, day: str) -> str:
    """Full years; they are full on the birthday, and of 29 February on 1 March."""
    return (
        f"toInteger(left({day}, 4)) - toInteger(left({birth}, 4))"
        f" - CASE WHEN substring({day}, 4) < substring({birth}, 4) THEN 1 ELSE 0 END"
    )


def _first_day(date: str) -> str:
    return f"({date} + CASE size({date}) WHEN 4 THEN '-01-01' WHEN 7 THEN '-01' ELSE '' END)"


def _last_day(date: str) -> str:
    of_month = f"toString(date({date} + '-01') + duration('P1M') - duration('P1D'))"
    return (
        f"(CASE size({date}) WHEN 4 THEN {date} + '-12-31' WHEN 7 THEN {of_month} ELSE {date} END)"
    )


CALLERS_DISTRICT = "$principal_district"


def inside(code: str, district: str = CALLERS_DISTRICT) -> str:
    """Whether the division lies in the district, the caller's; null where the codes do not say.

    Codes of GB/T 2260 contain each other: 110000 holds 110100, 110101 and 110101001. Of another
    scheme (`NL-0599`) only codes of the same scheme can be told apart.
    """
    return (
        f"CASE WHEN {code} = {district} THEN true"
        f" WHEN {code} =~ '{_PART_OF_CODE}' AND {district} =~ '{_CODE}' THEN"
        f" CASE WHEN {code} STARTS WITH {_area(district)} THEN true"
        f" WHEN {code} =~ '{_CODE}' AND {district} STARTS WITH {_area(code)} THEN null"
        " ELSE false END"
        f" WHEN {code} CONTAINS '-' AND {district} STARTS WITH split({code}, '-')[0] + '-'"
        " THEN false END"
    )


def _area(code: str) -> str:
    """What the codes of all divisions in it begin with."""
    return (
        f"CASE WHEN {code} ENDS WITH '0000' THEN left({code}, 2)"
        f" WHEN {code} ENDS WITH '00' THEN left({code}, 4) ELSE {code} END"
    )
