"""Names of divisions (GB/T 2260 行政区划代码) through all revisions, and what a code became.

The standard lists codes and names and says nothing of what was merged into what. A code that went
and one that came in the same revision under the same name are taken to be one division: in one
province, or where no other of the name came.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.divisions import Named, all_names

PROVINCE, PREFECTURE, COUNTY = "PROVINCE", "PREFECTURE", "COUNTY"


def names_of(code: str) -> tuple[Named, ...]:
    """Every name of the code, the first one first; none for a code that never was."""
    return all_names().get(code, ())


def name_on(code: str, month: str) -> str | None:
    """Its name in a month; None where it was not in force."""
    held = (n.name for n in names_of(code) if n.begins <= month and (not n.ends or month < n.ends))
    return next(held, None)


def level(code: str) -> str:
    """By the digits: 110000 is a province, 130100 a prefecture, 130102 a county."""
    return PROVINCE if code[2:] == "0000" else PREFECTURE if code[4:] == "00" else COUNTY


def parents_of(code: str, month: str) -> list[str]:
    """The divisions in force that it lies in, the nearest first."""
    wider = dict.fromkeys((f"{code[:4]}00", f"{code[:2]}0000"))
    return [of for of in wider if of != code and name_on(of, month) is not None]


def children_of(code: str, month: str) -> list[str]:
    """The divisions in force next below it, in order of code."""
    return sorted(
        below
        for below in all_names()
        if below != code
        and name_on(below, month) is not None
        and next(iter(parents_of(below, month)), None) == code
    )


def became(code: str) -> list[str]:
    """Codes that took its place when it went."""
    names = names_of(code)
    if not names or not names[-1].ends:
        return []
    name, _, ends = names[-1]
    came = [(of, named) for of, named in _firsts() if named.begins == ends and named.name == name]
    near = [of for of, _ in came if of[:2] == code[:2]]
    return near or ([of for of, _ in came] if len(came) == 1 else [])


def was(code: str) -> list[str]:
    """Codes whose place it took when it came."""
    names = names_of(code)
    if not names:
        return []
    name, begins, _ = names[0]
    went = (of for of, held in all_names().items() if held[-1][::2] == (name, begins))
    return sorted(of for of in went if code in became(of))


def _firsts() -> Iterator[tuple[str, Named]]:
    for code, names in all_names().items():
        yield code, names[0]
