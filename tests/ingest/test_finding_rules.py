"""Rules about the graph, on nodes and links written by hand."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from ingest.finding_rules import (
    Finding,
    Link,
    Node,
    Statement,
    Surroundings,
    cycles,
    disagreements,
    married_after_death,
    no_record,
    one_sided_links,
    parents_not_older,
    repeated_numbers,
    several_birth_parents,
)

R1, R2 = ("brp", "1"), ("brp", "2")


def node(id_: str, own: tuple[tuple[str, str], ...] = (), **extra: object) -> Node:
    plain: dict[str, object] = {
        "key": f"brp:{id_}",
        "number": None,
        "scheme": None,
        "birth": None,
        "death": None,
        "sex": None,
        "disputed": False,
        "withdrawn": False,
        "said": own,
    }
    return Node(id=id_, own=own, **{**plain, **extra})  # type: ignore[arg-type]


def parent(of: str, child: str, said: tuple[str, str] = R1, kind: str = "BIRTH") -> Link:
    return Link("Parenthood", kind, of, child, said, None, None)


def married(one: str, other: str, said: tuple[str, str] = R1, begins: str | None = None) -> Link:
    return Link("Marriage", "", one, other, said, begins, None)


def around(nodes: list[Node], links: list[Link]) -> Surroundings:
    return Surroundings({n.id: n for n in nodes}, links)


def kinds(found: object) -> list[tuple[str, str, str | None]]:
    return [(f.kind, f.subject, f.other) for f in found]  # type: ignore[attr-defined]


def test_parents_are_older() -> None:
    people = [node("p", birth="1990-01-01"), node("c", birth="1990-01-01"), node("d", birth="1995")]
    links = [parent("p", "c"), parent("p", "d"), parent("p", "c", kind="STEP"), parent("x", "c")]
    assert kinds(parents_not_older(around(people, links))) == [
        ("PARENT_YOUNGER", "c", "p"),
        ("PARENT_TOO_YOUNG", "d", "p"),
    ]


def test_nothing_is_found_about_what_was_withdrawn() -> None:
    people = [node("p", birth="1990"), node("c", birth="1980", withdrawn=True)]
    assert kinds(parents_not_older(around(people, [parent("p", "c")]))) == []


def test_birth_parents_are_counted_once_each() -> None:
    people = [node(n, sex="FEMALE") for n in ("m", "n")] + [node("c"), node("d")]
    links = [parent("m", "c"), parent("m", "c", R2), parent("m", "d"), parent("n", "d", R2)]
    (found,) = several_birth_parents(around(people, links))
    assert (found.kind, found.subject, found.said) == ("TWO_BIRTH_MOTHERS", "d", R1)
    assert "brp 1, brp 2" in found.words
    fathers = [node(n, sex="MALE") for n in ("m", "n")] + [node("d")]
    assert kinds(several_birth_parents(around(fathers, links)))[0][0] == "TWO_BIRTH_FATHERS"
    legal = [parent("m", "d", kind="LEGAL"), parent("n", "d")]
    assert kinds(several_birth_parents(around(people, legal))) == []


def test_married_after_death() -> None:
    people = [node("a", death="2000-05"), node("b")]
    late, same = married("a", "b", R1, "2000-06-01"), married("a", "b", R1, "2000-05-31")
    assert kinds(married_after_death(around(people, [late]))) == [("SPOUSE_AFTER_DEATH", "a", "b")]
    assert kinds(married_after_death(around(people, [same, married("a", "b")]))) == []


def test_a_link_is_stated_by_both_records_or_flagged() -> None:
    p, c = node("p", (R1,)), node("c", (R2,))
    both = [parent("p", "c", R1, "LEGAL"), parent("p", "c", ("brp", "2/parent"), "LEGAL")]
    assert kinds(one_sided_links(around([p, c], both), ["brp"])) == []
    (found,) = one_sided_links(around([p, c], both[:1]), ["brp"])
    assert (found.subject, found.other, found.said) == ("c", "p", R2)
    assert kinds(one_sided_links(around([p, c], both[1:]), ["brp"])) == [
        ("ONE_SIDED_LINK", "p", "c")
    ]
    # A relative without a record of their own can state nothing; nor does another register count.
    assert kinds(one_sided_links(around([p, node("c")], both[:1]), ["brp"])) == []
    assert kinds(one_sided_links(around([p, c], both[:1]), ["household"])) == []
    elsewhere = [parent("p", "c", R1, "LEGAL"), parent("p", "c", ("household", "2"), "LEGAL")]
    assert kinds(one_sided_links(around([p, c], elsewhere), ["brp"])) == [
        ("ONE_SIDED_LINK", "c", "p")
    ]


def test_known_only_from_links() -> None:
    people = [
        node("own", (R1,)),
        node("named", said=(R1,)),
        node("bare"),
        node("loaded", said=(("population", "P7"),)),
        node("gone", withdrawn=True),
        node("emptied", (R1,), said=(R2,)),
    ]
    found = no_record(people, {R1, R2})
    assert [f.subject for f in found] == ["named", "bare", "emptied"]


def test_of_two_with_one_number_the_one_not_known_by_it_is_flagged() -> None:
    holder = node("a", (R1,), key="BSN:123", number="123")
    second = node("b", (R2,), key="brp:2", number="123")
    for pair in ((holder, second), (second, holder)):
        (found,) = repeated_numbers([pair])
        assert (found.subject, found.other, found.said) == ("b", "a", R2)


def test_disagreement_names_fields_and_registers_but_no_values() -> None:
    stated = [
        Statement("n", "name", "李娜", ("population", "P")),
        Statement("n", "name", "李那", ("household", "H")),
        Statement("n", "name", "李娜", ("licence", "L")),
        Statement("n", "sex", "MALE", ("household", "H")),
    ]
    found = {f.said: f for f in disagreements(stated)}
    words = {said: f.words for said, f in found.items()}
    assert words == {
        ("population", "P"): "name differs from household.",
        ("household", "H"): "name differs from licence, population.",
        ("licence", "L"): "name differs from household.",
    }
    assert all(isinstance(f, Finding) and f.subject == "n" for f in found.values())


GRAPH = st.dictionaries(
    st.sampled_from("abcdefgh"), st.sets(st.sampled_from("abcdefgh"), max_size=3)
)


@given(GRAPH)
def test_cycles_are_who_reaches_whom_and_back(parents: dict[str, set[str]]) -> None:
    people = sorted({*parents, *(p for found in parents.values() for p in found)})
    reach = {(c, p) for c, found in parents.items() for p in found}
    while True:
        further = {(a, d) for (a, b), (c, d) in product(reach, reach) if b == c} - reach
        if not further:
            break
        reach |= further
    expected = {
        frozenset(q for q in people if (p, q) in reach and (q, p) in reach)
        for p in people
        if (p, p) in reach
    }
    found = list(cycles(parents))
    assert set(found) == expected and len(found) == len(expected)


def test_a_long_line_of_descent_is_no_trouble() -> None:
    line = {str(n): {str(n + 1)} for n in range(5000)}
    assert list(cycles(line)) == []
    (group,) = cycles({**line, "5000": {"0"}})
    assert len(group) == 5001
