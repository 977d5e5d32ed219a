"""Rules about identifiers: they pass their checks, and tell the same as the record."""

from __future__ import annotations

from collections.abc import Iterator

from graph.declarations import Node
from graph.facts import NodeFact
from ingest.identifiers import Told, key_fault, number_fault, told_by
from ingest.rule_checks.scene import Found, Scene


def numbers_pass_their_checks(scene: Scene) -> Iterator[Found]:
    """Numbers in keys of nodes and ends of links, and in the fields that hold them."""
    today = scene.today
    keys = {fact.key: fact.type for fact in scene.nodes}
    for edge in scene.edges:
        keys.setdefault(edge.from_key, edge.from_type)
        keys.setdefault(edge.to_key, edge.to_type)
    for key, type_name in keys.items():
        if fault := key_fault(key, today):
            identifier = scene.model.nodes[type_name].identifier
            number = key.partition(":")[2]
            yield Found(fault.code, f"{type_name}.{identifier}", number, fault.reason)
    for fact in scene.nodes:
        node = scene.model.nodes[fact.type]
        number = fact.fields.get(node.identifier)
        if number is None or not node.schemes:
            continue
        scheme = _scheme(node, fact)
        if fact.key == f"{scheme}:{number}":
            continue
        if fault := number_fault(scheme, str(number), today):
            yield Found(fault.code, f"{fact.type}.{node.identifier}", str(number), fault.reason)


def numbers_tell_birth_and_sex(scene: Scene) -> Iterator[Found]:
    """The stated birth date and sex are those within a citizen number of GB 11643."""
    for fact in scene.nodes:
        told = told_by(fact.key, scene.today) or _told_in_field(fact, scene.today)
        if told is None:
            continue
        born, sex = fact.fields.get("birthDate"), fact.fields.get("sex")
        if born is not None and not told.birth_date.startswith(str(born)):
            words = f"the citizen number tells the birth date {told.birth_date}"
            yield Found("BIRTH_DATE_MISMATCH", "Person.birthDate", str(born), words)
        if sex in ("MALE", "FEMALE") and sex != told.sex:
            words = f"the 17th digit of the citizen number tells {told.sex}"
            yield Found("SEX_MISMATCH", "Person.sex", str(sex), words)


def _told_in_field(fact: NodeFact, today: str) -> Told | None:
    number = fact.fields.get("citizenNumber") if fact.type == "Person" else None
    if number is None or fact.fields.get("numberScheme", "GB11643") != "GB11643":
        return None
    return told_by(f"GB11643:{number}", today)


def _scheme(node: Node, fact: NodeFact) -> str:
    """As the fact states it, else as its key has it, else the first of the type."""
    stated = fact.fields.get(node.scheme_field) if node.scheme_field else None
    of_key = fact.key.partition(":")[0]
    return str(stated or (of_key if of_key in node.schemes else node.schemes[0]))
