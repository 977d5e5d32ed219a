"""Who has custody: cases checked by hand against both laws.

Mum and dad are the parents (places 1 and 2), Pat is a partner who is no parent, Gran a guardian.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

import pytest

from kinship.custody import Adult, Couple, Custody, Guardian, Minor, Parent, custody
from kinship.custody_words import sentences

DAY = "2026-06-15"
EARLY, LATE = "2015-03-02", "2024-03-02"
MUM = Parent("mum", "f-mum", "1985-01-01", place=1, sex="FEMALE", state_fact="s-mum")
DAD = Parent("dad", "f-dad", "1984-01-01", place=2, sex="MALE", state_fact="s-dad")
PAT = Adult("pat", born="1983-01-01", state_fact="s-pat")
GRAN = Guardian("gran", "f-gran", "1955", basis="COURT", state_fact="s-gran")
KID, LATE_KID = Minor("kid", EARLY, custody_fact="f-court"), Minor("kid", LATE)
ZH = Minor("kid", EARLY, "GB11643")
A = TypeVar("A", bound=Adult)


def dead(adult: A) -> A:
    return replace(adult, deceased=True)


def ward(adult: A) -> A:
    return replace(adult, under_guardianship=True)


def young(adult: A) -> A:
    return replace(adult, born="2009-01-01")


def unsure(adult: A) -> A:
    """Of age by the day or not: born in 2008."""
    return replace(adult, born="2008")


def since(parent: Parent, day: str) -> Parent:
    return replace(parent, since=day)


def adopter(parent: Parent, day: str = "") -> Parent:
    return replace(parent, kind="ADOPTIVE", since=day)


def court(code: str, day: str = "2020-05-05") -> Minor:
    return replace(KID, custody_code=code, custody_since=day)


def married(one: Adult, other: Adult, begins: str = "", ends: str = "") -> Couple:
    return Couple(one.id, other.id, "MARRIAGE", begins, ends, bool(ends), f"f-{one.id}-{other.id}")


def partnered(one: Adult, other: Adult, begins: str = "", ends: str = "") -> Couple:
    return replace(married(one, other, begins, ends), kind="PARTNERSHIP")


@dataclass(frozen=True)
class Records:
    """The records of one case."""

    minor: Minor = KID
    parents: tuple[Parent, ...] = (MUM, DAD)
    couples: tuple[Couple, ...] = ()
    guardians: tuple[Guardian, ...] = ()
    partners: tuple[Adult, ...] = ()

    def asked(self, day: str = DAY) -> Custody:
        return custody(
            self.minor, self.parents, self.couples, self.guardians, day, partners=self.partners
        )


WED = (married(MUM, DAD, "2010-01-01"),)
TWICE = (married(MUM, DAD, "2010", "2019"), married(MUM, DAD, "2022-02-02"))
WITH_PAT = (married(MUM, PAT, "2012-01-01"),)
BOTH, EITHER = "TWO_PARENTS mum dad", "ONE_PARENT mum"
NONE, OPEN = "TEMPORARILY_NONE", "NOT_DETERMINABLE"

ANYWHERE = {
    "of age": (Records(replace(KID, born="2008-06-15")), "OF_AGE"),
    "the day before": (Records(replace(KID, born="2008-06-16"), couples=WED), BOTH),
    "of age by the year": (Records(replace(KID, born="2007")), "OF_AGE"),
    "perhaps of age": (Records(replace(KID, born="2008"), couples=WED), f"{OPEN}: birth"),
    "a leap day": (Records(replace(KID, born="2008-02"), couples=WED), "OF_AGE"),
    "birth not known": (Records(replace(KID, born="")), f"{OPEN}: birth"),
    "a dead child": (Records(replace(KID, deceased=True), couples=WED), f"{OPEN}: dead"),
    "not yet born": (Records(replace(KID, born="2027"), couples=WED), f"{OPEN}: unborn"),
    "no law": (Records(replace(KID, scheme="")), f"{OPEN}: scheme"),
}
BY_COURT = {
    "both": (Records(court("PARENTS_1_AND_2")), BOTH),
    "both, one dead": (Records(court("PARENTS_1_AND_2"), (MUM, dead(DAD))), EITHER),
    "both, one a ward": (Records(court("PARENTS_1_AND_2"), (ward(MUM), DAD)), "ONE_PARENT dad"),
    "both, one a minor": (Records(court("PARENTS_1_AND_2"), (young(MUM), DAD)), "ONE_PARENT dad"),
    "both dead": (Records(court("PARENTS_1_AND_2"), (dead(MUM), dead(DAD))), NONE),
    "both, one recorded": (Records(court("PARENTS_1_AND_2"), (MUM,)), f"{OPEN}: named"),
    "parent 1": (Records(court("PARENT_1"), couples=WED), EITHER),
    "parent 2": (Records(court("PARENT_2"), couples=WED), "ONE_PARENT dad"),
    # The other parent does not step in by law (art. 253g).
    "parent 1, dead": (Records(court("PARENT_1"), (dead(MUM), DAD), WED), NONE),
    "parent 2 not on record": (Records(court("PARENT_2"), (MUM,)), f"{OPEN}: named"),
    "places not known": (
        Records(court("PARENT_1"), (replace(MUM, place=0), DAD)),
        f"{OPEN}: named",
    ),
    "parent and stranger": (Records(court("PARENT_1_AND_THIRD_PARTY")), "JOINT mum?"),
    "parent and Gran": (
        Records(court("PARENT_2_AND_THIRD_PARTY"), guardians=(GRAN,)),
        "JOINT dad gran",
    ),
    "parent dead, and Gran": (
        Records(court("PARENT_1_AND_THIRD_PARTY"), (dead(MUM), DAD), guardians=(GRAN,)),
        "GUARDIAN gran",
    ),
    "parent, and Gran dead": (
        Records(court("PARENT_1_AND_THIRD_PARTY"), guardians=(dead(GRAN),)),
        EITHER,
    ),
    "all three": (Records(court("BOTH_PARENTS_AND_THIRD_PARTY")), "JOINT mum dad?"),
    "a stranger": (Records(court("THIRD_PARTIES"), couples=WED), "GUARDIAN?"),
    "Gran": (Records(court("THIRD_PARTIES"), (), guardians=(GRAN,)), "GUARDIAN gran"),
    "Gran, dead": (Records(court("THIRD_PARTIES"), guardians=(dead(GRAN),)), NONE),
    "a code of another table": (Records(court("PARENT_3")), f"{OPEN}: code"),
    "remarried since": (Records(court("PARENT_2"), couples=TWICE), BOTH),
    "remarried before": (
        Records(court("PARENT_2", "2024-01-01"), couples=TWICE),
        "ONE_PARENT dad",
    ),
    "first married since": (
        Records(court("PARENT_2"), couples=(married(MUM, DAD, "2022"),)),
        "ONE_PARENT dad",
    ),
    "remarried under a guardian": (Records(court("THIRD_PARTIES"), couples=TWICE), "GUARDIAN?"),
}
OF_TWO = {
    "married": (Records(couples=WED), BOTH),
    "partners": (Records(couples=(partnered(MUM, DAD, "2010"),)), BOTH),
    "divorced": (Records(couples=(married(MUM, DAD, "2010", "2019"),)), BOTH),
    "married after birth": (Records(couples=(married(MUM, DAD, "2018"),)), BOTH),
    "no day of marriage": (Records(couples=(married(MUM, DAD),)), BOTH),
    "married, one dead": (Records(parents=(MUM, dead(DAD)), couples=WED), EITHER),
    "married, both unable": (Records(parents=(ward(MUM), young(DAD)), couples=WED), NONE),
    "married, age open": (Records(parents=(unsure(MUM), DAD), couples=WED), f"{OPEN}: adult"),
    "court, age of the other open": (
        Records(court("PARENT_2"), (unsure(MUM), DAD)),
        "ONE_PARENT dad",
    ),
    "divorced before birth, acknowledged": (
        Records(
            parents=(since(MUM, EARLY), since(DAD, EARLY)),
            couples=(married(MUM, DAD, "2010", "2012"),),
        ),
        EITHER,
    ),
    "divorced in the year of birth": (
        Records(couples=(married(MUM, DAD, "2010", "2015"),)),
        f"{OPEN}: couple",
    ),
    "living together": (
        Records(couples=(replace(WED[0], kind="COUPLE"),)),
        f"{OPEN}: acknowledgement",
    ),
    "acknowledged in 2022": (
        Records(parents=(since(MUM, EARLY), since(DAD, "2022-12-29"))),
        EITHER,
    ),
    "acknowledged in 2022, she is dead": (
        Records(parents=(since(dead(MUM), EARLY), since(DAD, "2022-12-29"))),
        NONE,
    ),
    "acknowledged in 2023": (Records(parents=(since(MUM, EARLY), since(DAD, "2023-01-01"))), BOTH),
    "born late in 2023": (Records(replace(KID, born="2023-11-03")), BOTH),
    "born early in 2023": (
        Records(
            replace(KID, born="2023-04-06"), (since(MUM, "2023-04-06"), since(DAD, "2023-04-06"))
        ),
        f"{OPEN}: acknowledgement",
    ),
    "never married, he is dead": (Records(parents=(MUM, dead(DAD))), EITHER),
    "never married, she is dead": (Records(parents=(dead(MUM), DAD)), f"{OPEN}: acknowledgement"),
    "never married, both dead": (Records(parents=(dead(MUM), dead(DAD))), NONE),
    "two women, acknowledged in 2022": (
        Records(parents=(since(MUM, EARLY), since(replace(DAD, sex="FEMALE"), "2022"))),
        f"{OPEN}: mother",
    ),
    "two women, one gave birth": (
        Records(
            parents=(
                since(replace(MUM, kind="BIRTH"), EARLY),
                since(replace(DAD, sex="FEMALE"), "2022"),
            )
        ),
        EITHER,
    ),
    "adopted by both": (Records(parents=(adopter(MUM), adopter(DAD))), BOTH),
    "adopted by a step-parent": (Records(parents=(MUM, adopter(DAD))), BOTH),
    "adopted, birth parents on record": (
        Records(parents=(adopter(MUM), adopter(DAD), Parent("x"), Parent("y"))),
        BOTH,
    ),
    "three parents": (Records(parents=(MUM, DAD, Parent("x"))), f"{OPEN}: too_many"),
    "lived abroad": (Records(replace(KID, abroad=True), couples=WED), f"{OPEN}: abroad"),
    "a guardian by will": (
        Records(parents=(dead(MUM),), guardians=(replace(GRAN, basis="WILL"),)),
        "GUARDIAN gran",
    ),
    "a guardian, dead": (Records(guardians=(dead(GRAN),), couples=WED), NONE),
}
OF_ONE = {
    "alone": (Records(parents=(MUM,)), EITHER),
    "alone, dead": (Records(parents=(dead(MUM),)), NONE),
    "nobody": (Records(parents=()), f"{OPEN}: no_parents"),
    "step and foster parents": (
        Records(parents=(replace(MUM, kind="STEP"), replace(DAD, kind="FOSTER"))),
        f"{OPEN}: no_parents",
    ),
    "with Pat at birth": (Records(parents=(MUM,), couples=WITH_PAT), "JOINT mum pat"),
    "with Pat, since divorced": (
        Records(parents=(MUM,), couples=(partnered(PAT, MUM, "2012", "2019"),)),
        "JOINT mum pat",
    ),
    "Pat came later": (
        Records(parents=(MUM,), couples=(married(MUM, PAT, "2016"),)),
        EITHER,
    ),
    "Pat left before": (
        Records(parents=(MUM,), couples=(married(MUM, PAT, "2010", "2014"),)),
        EITHER,
    ),
    "Pat, no day": (Records(parents=(MUM,), couples=(married(MUM, PAT),)), f"{OPEN}: couple"),
    "Pat, no day, dead": (
        Records(parents=(MUM,), couples=(married(MUM, PAT),), partners=(dead(PAT),)),
        EITHER,
    ),
    "parent dead, Pat": (
        Records(parents=(dead(MUM),), couples=WITH_PAT, partners=(PAT,)),
        "GUARDIAN pat",
    ),
    "Pat a ward": (Records(parents=(MUM,), couples=WITH_PAT, partners=(ward(PAT),)), EITHER),
    "parent and Pat dead": (
        Records(parents=(dead(MUM),), couples=WITH_PAT, partners=(dead(PAT),)),
        NONE,
    ),
    "adopted while with Pat": (
        Records(
            parents=(adopter(MUM, "2018"),), couples=(married(MUM, PAT, "2016-01-01", "2021"),)
        ),
        "JOINT mum pat",
    ),
    "adopted after Pat": (
        Records(parents=(adopter(MUM, "2023"),), couples=(married(MUM, PAT, "2012", "2021"),)),
        EITHER,
    ),
}
CHINESE = {
    "married": (Records(ZH, couples=WED), BOTH),
    "divorced": (Records(ZH, couples=(married(MUM, DAD, "2010", "2019"),)), BOTH),
    "never married": (Records(ZH), BOTH),
    "one on record": (Records(ZH, (MUM,)), EITHER),
    "one on record, married to Pat": (Records(ZH, (MUM,), WITH_PAT), EITHER),
    "one dead": (Records(ZH, (MUM, dead(DAD))), EITHER),
    "one without capacity": (Records(ZH, (ward(MUM), DAD)), "ONE_PARENT dad"),
    "one a minor": (Records(ZH, (young(MUM), DAD)), "ONE_PARENT dad"),
    "both gone": (Records(ZH, (dead(MUM), ward(DAD))), NONE),
    "both gone, Gran": (
        Records(ZH, (dead(MUM), dead(DAD)), guardians=(replace(GRAN, basis="WILL"),)),
        "GUARDIAN gran",
    ),
    "Gran by court in their place": (Records(ZH, guardians=(GRAN,)), "GUARDIAN gran"),
    "she by law": (Records(ZH, guardians=(Guardian("mum", basis="LAW"),)), BOTH),
    "she by court": (Records(ZH, guardians=(Guardian("mum", basis="COURT"),)), EITHER),
    "she and Gran by court": (
        Records(ZH, guardians=(Guardian("mum", basis="COURT"), GRAN)),
        "JOINT mum gran",
    ),
    "Gran by court, dead": (Records(ZH, guardians=(dead(GRAN),)), NONE),
    "Gran by agreement, dead": (
        Records(ZH, guardians=(replace(dead(GRAN), basis="AGREEMENT"),)),
        BOTH,
    ),
    "foundling": (Records(ZH, ()), f"{OPEN}: no_parents"),
    "foundling, Gran dead": (Records(ZH, (), guardians=(replace(dead(GRAN), basis=""),)), NONE),
    "adopted": (Records(ZH, (adopter(MUM), adopter(DAD), Parent("x"))), BOTH),
    "adopted by one": (Records(ZH, (adopter(MUM), DAD)), EITHER),
    "adopted by the spouse": (Records(ZH, (adopter(MUM), DAD), WED), BOTH),
    "a Dutch code": (Records(replace(ZH, custody_code="PARENT_1")), BOTH),
    "three parents": (Records(ZH, (MUM, DAD, Parent("x"))), f"{OPEN}: too_many"),
}
TABLE = [
    pytest.param(*case, id=f"{name}: {title}")
    for name, cases in {
        "any": ANYWHERE,
        "court": BY_COURT,
        "two": OF_TWO,
        "one": OF_ONE,
        "zh": CHINESE,
    }.items()
    for title, case in cases.items()
]


def told(answer: Custody) -> str:
    """The answer as the table writes it: kind, holders, ? for a stranger; or why it is open."""
    if answer.kind == OPEN:
        (why,) = (k for k, text in sentences().open.items() if text.en == answer.reason)
        return f"{OPEN}: {why}"
    return " ".join((answer.kind, *answer.holders)) + "?" * bool(answer.missing)


@pytest.mark.parametrize(("records", "expected"), TABLE)
def test_case(records: Records, expected: str) -> None:
    assert told(records.asked()) == expected


def test_reasons_say_what_befell_whom_and_what_follows() -> None:
    answer = Records(parents=(MUM, dead(DAD)), couples=WED).asked()
    assert answer.reason.startswith("The parents are or were married to each other")
    assert answer.reason.endswith(
        "A parent has died. Custody is with the one parent who is left (arts. 253f, 253q and 253v)."
    )
    assert "父母一方已故。由余下的父母一方监护" in answer.reason_zh
    assert answer.facts == ("f-mum-dad", "f-mum", "f-dad", "s-dad")


def test_a_courts_statement_is_a_fact_of_the_answer() -> None:
    assert Records(court("PARENT_1")).asked().facts == ("f-court", "f-mum")


def test_the_order_of_the_civil_code_where_nobody_is_left() -> None:
    answer = Records(ZH, (dead(MUM), dead(DAD))).asked()
    assert "grandparents, then elder brothers and sisters" in answer.reason
    assert "祖父母、外祖父母，兄、姐" in answer.reason_zh


def test_what_is_missing_is_said_in_both_languages() -> None:
    answer = Records().asked()
    assert (answer.missing, answer.missing_zh) == ("the date of acknowledgement", "认领日期")
