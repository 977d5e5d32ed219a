"""What must hold of every answer about custody, whatever the records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kinship.custody import Adult, Couple, Guardian, Minor, Parent
from kinship.custody_shape import earliest, latest
from tests.kinship.test_custody import OPEN, A, Records

DAYS = st.dates(date(2000, 1, 1), date(2027, 1, 1)).map(str)
DATES = st.builds(lambda day, cut: day[:cut], DAYS, st.sampled_from((0, 4, 7, 10)))
BIRTHS = st.builds(
    lambda day, cut: str(day)[:cut],
    st.dates(date(1960, 1, 1), date(2010, 1, 1)),
    st.sampled_from((0, 4, 10)),
)
MINORS = st.builds(
    Minor,
    st.just("kid"),
    born=DATES,
    scheme=st.sampled_from(("BSN", "GB11643")),
    custody_code=st.sampled_from(
        ["", "", "", "PARENT_1", "PARENT_2_AND_THIRD_PARTY", "PARENTS_1_AND_2", "THIRD_PARTIES"]
    ),
    custody_since=DATES,
)
STATE = st.fixed_dictionaries(
    {"born": BIRTHS, "deceased": st.booleans(), "under_guardianship": st.booleans()}
)
PARENT = st.builds(
    Parent,
    st.sampled_from("abc"),
    place=st.sampled_from((0, 1, 2)),
    kind=st.sampled_from(("BIRTH", "LEGAL", "LEGAL", "ADOPTIVE", "STEP")),
    sex=st.sampled_from(("", "FEMALE", "MALE")),
    since=DATES,
)
GUARDIAN = st.builds(
    Guardian,
    st.sampled_from("apq"),
    basis=st.sampled_from(("", "LAW", "COURT", "WILL", "AGREEMENT")),
)
COUPLE = st.builds(
    Couple,
    st.sampled_from("ab"),
    st.sampled_from("bxy"),
    st.sampled_from(("MARRIAGE", "PARTNERSHIP", "COUPLE")),
    DATES,
    DATES,
    st.booleans(),
)


@st.composite
def records(draw: st.DrawFn) -> Records:
    """A case in which each person is in the same state wherever they stand."""
    states = {name: draw(STATE) for name in "abcpqxy"}

    def one_each(adults: st.SearchStrategy[A]) -> tuple[A, ...]:
        drawn = draw(st.lists(adults, max_size=3, unique_by=lambda a: a.id))
        return tuple(replace(a, **states[a.id]) for a in drawn)

    couples = tuple(draw(st.lists(COUPLE, max_size=3)))
    partners = tuple(Adult(name, **states[name]) for name in "xy")
    return Records(draw(MINORS), one_each(PARENT), couples, one_each(GUARDIAN), partners)


def certainly_18(born: str, day: str) -> bool:
    """Whether every day that the date may mean is 18 years before the day, counted day by day."""
    if not born:
        return False
    first, last = date.fromisoformat(earliest(born)), date.fromisoformat(latest(born))
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    return all((int(day[:4]) - d.year) - (day[5:] < d.isoformat()[5:]) >= 18 for d in days)


@settings(max_examples=600, deadline=None)
@given(records(), DAYS)
def test_what_holds_of_every_answer(case: Records, day: str) -> None:
    answer = case.asked(day)
    adults = {a.id: a for a in (*case.parents, *case.guardians, *case.partners)}
    ends = {end for c in case.couples for end in (c.one, c.other)}
    holders = set(answer.holders)
    assert holders <= set(adults) | ends
    assert len(holders) == len(answer.holders)
    able = [h for h in holders if h in adults]
    assert not any(adults[h].deceased or adults[h].under_guardianship for h in able)
    assert (answer.kind == "OF_AGE") == certainly_18(case.minor.born, day)
    parents = {p.id for p in case.parents if p.kind != "STEP"}
    adopters = {p.id for p in case.parents if p.kind == "ADOPTIVE"}
    lasting = adopters or parents  # whom an adoption replaced is no parent any more
    assert {
        "TWO_PARENTS": len(holders) == 2 and holders <= parents,
        "ONE_PARENT": len(holders) == 1 and holders <= parents,
        "JOINT": bool(holders & parents) and bool(holders - lasting or answer.missing),
        "GUARDIAN": not holders & lasting and bool(holders or answer.missing),
    }.get(answer.kind, not holders)
    assert answer.reason and answer.reason_zh
    assert bool(answer.missing) == bool(answer.missing_zh)


@settings(max_examples=200, deadline=None)
@given(records(), DAYS)
def test_the_order_of_records_does_not_matter_to_who_holds(case: Records, day: str) -> None:
    turned = replace(case, parents=case.parents[::-1], guardians=case.guardians[::-1])
    one, other = case.asked(day), turned.asked(day)
    assert (one.kind, set(one.holders)) == (other.kind, set(other.holders))


@settings(max_examples=200, deadline=None)
@given(records(), DAYS)
def test_a_known_birth_date_of_a_holder_never_turns_one_answer_into_another(
    case: Records, day: str
) -> None:
    """What is told with a partial date of birth stays, whichever day of it is the true one."""
    answer = case.asked(day)
    if answer.kind == OPEN:
        return
    for exact in (earliest, latest):
        known = [replace(p, born=p.born and exact(p.born)) for p in case.parents]
        told_again = replace(case, parents=tuple(known)).asked(day)
        assert (told_again.kind, told_again.holders) == (answer.kind, answer.holders)
