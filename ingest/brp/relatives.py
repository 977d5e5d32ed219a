"""Who the parents, partners and children in a list are: by number, else within the list itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.brp.index import SCHEME, Listed
from ingest.brp.person_facts import described
from ingest.brp.person_list import PersonList
from ingest.brp.stacks import Form, Stack
from ingest.brp.values import valid_bsn, valid_record


@dataclass(frozen=True, slots=True)
class Relative:
    """The key of a relative; `listed`: the file has a list about them; `doubtful`: it is not sure.

    Doubtful is who is named by a citizen service number and an A-number that are not of one list.
    """

    key: str
    listed: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """How one form names a relative."""

    form: Form
    number: str
    record: str
    born: str
    name: str

    def same(self, other: _Named) -> bool:
        """Whether two forms of one stack name the same person."""
        pairs = [(self.record, other.record), (self.number, other.number)]
        both = [one == another for one, another in pairs if one and another]
        if both:
            return any(both)
        if self.born and other.born:
            return self.born == other.born
        return self.name == other.name


def relatives(person: PersonList, stack: Stack) -> Mapping[int, Relative]:
    """Who each form of a stack names, by its row. A form that names nobody is not in it.

    Forms without a number are about the person of that stack with the same birth date, else name.
    """
    groups: list[list[_Named]] = []
    for form in reversed(stack.forms):
        named = _named(person, form)
        if named is not None:
            group = next((g for g in groups if any(named.same(n) for n in g)), None)
            if group is None:
                groups.append(group := [])
            group.append(named)
    found: dict[int, Relative] = {}
    for number, group in enumerate(groups, 1):
        part = f"{stack.category}-{stack.number}" + (f".{number}" if number > 1 else "")
        relative = _relative(person, group, f"{person.register}:{person.record}/{part}")
        found.update((named.form.row, relative) for named in group)
    return found


def _named(person: PersonList, form: Form) -> _Named | None:
    fields = described(person, form) or {}
    record = form.value("01.10").strip()
    if record and not valid_record(record):
        person.set_aside(form, "01.10", "NUMBER_INVALID", "an A-number has ten digits")
        record = ""
    number, name, born = (str(fields.get(n, "")) for n in ("citizenNumber", "name", "birthDate"))
    if not (number or record or name or born):
        return None
    return _Named(form, number, record, born, name)


def _relative(person: PersonList, group: Sequence[_Named], otherwise: str) -> Relative:
    number = _newest(named.number for named in group)
    record = _newest(named.record for named in group)
    own = _listed(person, record)
    same = person.known.get(number, ()) if valid_bsn(number) else ()
    if len(same) == 1:
        doubtful = bool(record) and record != same[0].record and own != same[0]
        return Relative(same[0].key, True, doubtful)
    if same:
        return _among(person, same, own, record, otherwise)
    if number and not (own and not own.number):
        return Relative(f"{SCHEME}:{number}", doubtful=own is not None)
    if own:
        return Relative(own.key, True)
    return Relative(f"{person.register}:{record}" if record else otherwise)


def _among(
    person: PersonList, same: Sequence[Listed], own: Listed | None, record: str, otherwise: str
) -> Relative:
    """One of several persons with the same number: the one whose A-number is stated."""
    if own in same:
        return Relative(own.key, True) if own else Relative(otherwise)
    key = f"{person.register}:{record}" if record else otherwise
    return Relative(key, listed=own is not None, doubtful=True)


def _listed(person: PersonList, record: str) -> Listed | None:
    lists = person.known.get(record, ()) if record else ()
    return lists[0] if lists else None


def _newest(values: Iterable[str]) -> str:
    """The last that is not empty, of values with the oldest first."""
    return next((v for v in reversed([*values]) if v), "")
