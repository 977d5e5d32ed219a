"""A small, hand-written family for tests: every case that the first questions are about.

陈静 is the mother of 李娜 (adult, own household book since 2015) and of 李明. 李娜's daughter 小雨
is a minor. 王强 is 李娜's former husband and 小雨's father; 张伟 is her present husband and 小雨's
stepfather. 赵云 was adopted by 陈静. 李娜's grandmother has no number. 孙丽 lives elsewhere. 周敏
is the caseworker, and a relative of nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from graph.facts import EdgeFact, Fact, NodeFact, Source, Value
from ingest.city.identifiers import citizen_number, credit_code

RECORDED = "2016-01-04T08:00:00Z"
HOME, AWAY = "110101", "110108"
YEAR = date.today().year

NUMBERS = {
    "mother": citizen_number(HOME, "1962-03-08", 1, male=False),
    "father": citizen_number(HOME, "1960-07-01", 2, male=True),
    "daughter": citizen_number(HOME, "1988-05-17", 3, male=False),
    "son": citizen_number(HOME, "1990-11-02", 4, male=True),
    "grandchild": citizen_number(HOME, f"{YEAR - 7}-02-03", 5, male=False),
    "former": citizen_number(AWAY, "1986-01-20", 6, male=True),
    "husband": citizen_number(HOME, "1985-09-09", 7, male=True),
    "adopted": citizen_number(AWAY, "1995-04-04", 8, male=True),
    "stranger": citizen_number(AWAY, "1970-12-12", 9, male=False),
    "officer": citizen_number(AWAY, "1983-06-15", 10, male=False),
}
_NAMES = {
    "mother": ("陈静", "FEMALE", "1962-03-08", HOME),
    "father": ("李建国", "MALE", "1960", HOME),
    "daughter": ("李娜", "FEMALE", "1988-05-17", HOME),
    "son": ("李明", "MALE", "1990-11-02", HOME),
    "grandchild": ("王小雨", "FEMALE", f"{YEAR - 7}-02-03", HOME),
    "former": ("王强", "MALE", "1986-01-20", AWAY),
    "husband": ("张伟", "MALE", "1985-09-09", HOME),
    "adopted": ("赵云", "MALE", "1995-04-04", AWAY),
    "stranger": ("孙丽", "FEMALE", "1970-12-12", AWAY),
    "officer": ("周敏", "FEMALE", "1983-06-15", AWAY),
}
AUTHORITY = credit_code("11", HOME, 101)
COMPANY = credit_code("91", HOME, 202)


def key(person: str) -> str:
    """Natural key of a person of the family."""
    return f"GB11643:{NUMBERS[person]}" if person in NUMBERS else f"population:{person}"


def source(
    record: str,
    valid_from: str | None = None,
    valid_to: str | None = None,
    register: str = "population",
    recorded_from: str = RECORDED,
    recorded_to: str | None = None,
) -> Source:
    """A source of one fact."""
    return Source(register, record, recorded_from, valid_from, valid_to, recorded_to)


def facts() -> Iterator[Fact]:
    """Everything, nodes first."""
    yield from _persons()
    yield from _others()
    yield from _places()
    yield from _kin()
    yield from _links()


def _person(person: str, where: Source, **fields: Value) -> NodeFact:
    return NodeFact("Person", key(person), where, fields)


def _persons() -> Iterator[Fact]:
    for person, (name, sex, born, district) in _NAMES.items():
        stated: dict[str, Value] = {
            "citizenNumber": NUMBERS[person],
            "numberScheme": "GB11643",
            "name": name,
            "sex": sex,
            "district": district,
        }
        birth: dict[str, Value] = {} if person == "son" else {"birthDate": born}
        yield _person(person, source(f"P-{person}", born), **stated, **birth)
    yield _person("grandmother", source("P-grandmother"), name="刘氏", sex="FEMALE")
    # 陈静 was called 陈小静 until 1990; the household register still writes it that way.
    yield _person("mother", source("P-mother-0", "1962-03-08", "1990-01-01"), name="陈小静")
    yield _person("mother", source("H-mother", "1990-01-01", register="household"), name="陈小静")
    # 李明's birth date was first recorded wrongly and corrected in 2020.
    corrected = "2020-06-01T00:00:00Z"
    yield _person("son", source("P-son-0", recorded_to=corrected), birthDate="1990-12-02")
    yield _person("son", source("P-son-1", recorded_from=corrected), birthDate="1990-11-02")


def _others() -> Iterator[Fact]:
    for book, district in (("H-1", HOME), ("H-2", HOME), ("H-3", AWAY)):
        yield NodeFact(
            "Household",
            f"household:{book}",
            source(book, register="household"),
            {"bookNumber": book, "kind": "FAMILY", "address": f"某路{book}", "district": district},
        )
    entities: tuple[tuple[str, str, str], ...] = (
        (AUTHORITY, "东城区政务服务局", "GOVERNMENT"),
        (COMPANY, "北京小雨贸易有限公司", "COMPANY"),
    )
    for code, name, kind in entities:
        yield NodeFact(
            "LegalEntity",
            f"USCC:{code}",
            source(code, register="legal-entity"),
            {"creditCode": code, "name": name, "kind": kind, "status": "ACTIVE", "district": HOME},
        )
    for number, kind in (("L-1", "DRIVING_LICENCE"), ("L-2", "TEACHER_QUALIFICATION")):
        yield NodeFact(
            "Licence",
            f"licence:{number}",
            source(number, register="licence"),
            {"number": number, "kind": kind, "status": "VALID", "district": HOME},
        )


def _places() -> Iterator[Fact]:
    fields = {"code": "P-away", "address": "某路H-3", "divisionCode": AWAY}
    yield NodeFact("Place", "place:P-away", source("P-away", register="place"), fields)


def _parent(parent: str, child: str, kind: str, where: Source) -> EdgeFact:
    return EdgeFact("Parenthood", kind, "Person", key(parent), "Person", key(child), where, {})


def _kin() -> Iterator[Fact]:
    births = [
        ("mother", "daughter"),
        ("father", "daughter"),
        ("mother", "son"),
        ("father", "son"),
        ("daughter", "grandchild"),
        ("former", "grandchild"),
        ("grandmother", "mother"),
    ]
    for parent, child in births:
        yield _parent(parent, child, "BIRTH", source(f"B-{parent}-{child}"))
    adoption = source("A-1", "2001-06-01", register="civil-affairs")
    yield _parent("mother", "adopted", "ADOPTIVE", adoption)
    step = source("S-1", "2021-05-20", register="civil-affairs")
    yield _parent("husband", "grandchild", "STEP", step)
    yield _marriage("mother", "father", source("M-1", "1986-02-01", register="marriage"))
    ended = source("M-2", "2012-10-01", "2019-03-15", register="marriage")
    yield _marriage("daughter", "former", ended, endReason="DIVORCE")
    yield _marriage("daughter", "husband", source("M-3", "2021-05-20", register="marriage"))


def _marriage(one: str, other: str, where: Source, **fields: Value) -> EdgeFact:
    first, second = sorted((key(one), key(other)))
    return EdgeFact("Marriage", "", "Person", first, "Person", second, where, fields)


def _member(person: str, book: str, code: str, where: Source) -> EdgeFact:
    fields = {"relationToHead": code}
    return EdgeFact(
        "Membership", "", "Person", key(person), "Household", f"household:{book}", where, fields
    )


def _links() -> Iterator[Fact]:
    register = "household"
    yield _member("father", "H-1", "02", source("H-1/1", "1986-02-01", register=register))
    yield _member("mother", "H-1", "10", source("H-1/2", "1986-02-01", register=register))
    split = source("H-1/3", "1988-05-17", "2015-08-01", register=register)
    yield _member("daughter", "H-1", "30", split)
    yield _member("son", "H-1", "20", source("H-1/4", "1990-11-02", register=register))
    yield _member("daughter", "H-2", "02", source("H-2/1", "2015-08-01", register=register))
    yield _member("grandchild", "H-2", "30", source("H-2/2", "2019-02-03", register=register))
    yield _member("stranger", "H-3", "02", source("H-3/1", register=register))
    for holder, number in (("father", "L-1"), ("mother", "L-2")):
        where = source(number, "2018-01-01", register="licence")
        yield EdgeFact(
            "LicenceHolding", "", "Person", key(holder), "Licence", f"licence:{number}", where, {}
        )
        issuer, licence = f"USCC:{AUTHORITY}", f"licence:{number}"
        yield EdgeFact("LicenceIssuance", "", "LegalEntity", issuer, "Licence", licence, where, {})
    lives = source("P-stranger", "2010-01-01")
    yield EdgeFact("Residence", "", "Person", key("stranger"), "Place", "place:P-away", lives, {})
    where = source("R-1", "2020-01-01", register="legal-entity")
    for person, code in (("stranger", AUTHORITY), ("husband", COMPANY)):
        yield EdgeFact(
            "Representation", "", "Person", key(person), "LegalEntity", f"USCC:{code}", where, {}
        )
    shares: tuple[tuple[str, str, float], ...] = (
        ("Person", key("husband"), 60.0),
        ("LegalEntity", f"USCC:{AUTHORITY}", 40.0),
    )
    for holder_type, holder_key, share in shares:
        yield EdgeFact(
            "Shareholding",
            "",
            holder_type,
            holder_key,
            "LegalEntity",
            f"USCC:{COMPANY}",
            where,
            {"sharePercent": share},
        )
