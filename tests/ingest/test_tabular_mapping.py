"""Mappings that do not fit: file, place, and what was probably meant; all at once."""

from pathlib import Path

import pytest
from tabular_files import COMPANY, EXAMPLES, HEADER, names, reader, readings, write

from ingest.formats.tabular import open_reader
from ingest.records import Options
from ingest.source import examine
from runtime.errors import CitizengraphError


def problem(directory: Path, mapping: str, register: str = "legal-entity") -> str:
    path = write(directory, HEADER + "1,,a,2001,\n")
    with pytest.raises(CitizengraphError) as caught:
        reader(path, mapping, register)
    assert caught.value.code == "MAPPING_INVALID"
    assert "mapping.yaml" in caught.value.message
    return caught.value.message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("register: legal-entity", "register: licence", "register: is 'licence', not"),
        ("own: company", "onw: company", "onw: unknown setting, did you mean 'own'?"),
        ("own: company", "own: compan", "own: there is no 'compan', did you mean 'company'?"),
        ('"{id}"', '"{idd}"', "record: there is no 'idd'"),
        ('"{id}"', '"id"', "record: names no {column}"),
        ("GB32100}", "GB32101}", "columns.code.identifier: there is no 'GB32101'"),
        ("scheme: GB32100", "scheme: GB32010", "'GB32010' is close to 'GB32100'"),
        ("column: code", "column: kode", "nodes.company.key.column: there is no 'kode'"),
        ("type: LegalEntity", "type: LegalEntiti", "did you mean 'LegalEntity'?"),
        ("fields: {name:", "fields: {nama:", "nodes.company.fields.nama: there is no 'nama'"),
        ("establishedDate: since", "establishedDate: name", "is PartialDate, column 'name'"),
        ("registeredCapitalYuan: capital", "kind: capital", "takes codes LegalEntityKind"),
        ("longest: 60", "longest: 0", "columns.name.longest"),
        ("longest: 60", "pattern: '['", "columns.name: "),
        ("longest: 60", "table: nothing", "There is no table 'nothing'"),
        ("longest: 60", "table: ../household", "There is no table"),
        ("longest: 60", "codes: Sexx", "did you mean 'Sex'?"),
        ("[YYYY-MM-DD, YYYY]", "[DD]", "no form of a date"),
        ("number: {minimum: 0}", "number: {minimum: 0}, time: true", "more than one of"),
        ("required: true", "required: true, optional: true", "neither optional"),
        ("nodes:", "recorded: since\nnodes:", "recorded: column 'since' has no `time`"),
        ("own: company", "own: company\nignored: [id]", "ignored: 'id' is a column"),
        ("own: company", "own: company\nown: company", "own twice, line"),
        ("{en: Name, zh: 名称}", "&a {en: Name, zh: 名称}", ""),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert COMPANY.count(old) >= 1
    mapping = COMPANY.replace(old, new, 1)
    if not words:
        mapping = mapping.replace("label: {en: Since, zh: 成立}", "label: *a")
        words = "references (*name) are not accepted"
    assert words in problem(tmp_path, mapping)


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("{relationship: Parenthod, from: company, to: company}", "did you mean 'Parenthood'?"),
        ("{relationship: Shareholding, kind: BIRTH, from: company, to: company}", "no 'BIRTH'"),
        ("{relationship: Parenthood, from: company, to: company}", "links.0.kind: there is no ''"),
        ("{relationship: Representation, from: company, to: company}", "does not have LegalEntity"),
        ("{relationship: Shareholding, from: company, to: nobody}", "links.0.to: there is no"),
        (
            "{relationship: Shareholding, from: company, to: company, fields: {sharePercent: id}}",
            "is Float, column 'id' gives String",
        ),
        (
            "{relationship: Shareholding, from: company, to: company, valid: {from: id}}",
            "links.0.valid.from: column 'id' has no `date`",
        ),
    ],
)
def test_links_fit_the_model(tmp_path: Path, link: str, words: str) -> None:
    assert words in problem(tmp_path, f"{COMPANY}links:\n  - {link}\n")


def test_all_problems_are_named_at_once(tmp_path: Path) -> None:
    mapping = COMPANY.replace("own: company", "own: nobody").replace("column: code", "column: x")
    assert problem(tmp_path, mapping).count("there is no") == 2


@pytest.mark.parametrize("content", ["- a\n", "a: [", "\x00", "", "!!python/object:os.system {}"])
def test_what_is_no_mapping_is_refused(tmp_path: Path, content: str) -> None:
    problem(tmp_path, content)


def test_a_register_without_mapping_says_which_have_one(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER)
    for register in ("marriage", "../registers", "tables/gbt4761"):
        with pytest.raises(
            CitizengraphError, match=r"only for consent, credit, household, legal-entity, licence"
        ):
            open_reader(examine(path), register, Options())


def test_a_mapping_of_ones_own_takes_the_place_of_the_registers(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + "1,,a,2001,\n")
    assert names(readings(path)) == ["a"]
    with pytest.raises(CitizengraphError, match="SOURCE_INVALID"):
        open_reader(examine(path), "legal-entity", Options())


def test_columns_may_stand_in_any_order_and_optional_ones_may_be_absent() -> None:
    found = open_reader(examine(EXAMPLES / "licence.csv"), "licence", Options())
    columns = (EXAMPLES / "licence.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert list(next(found.units()).raw["row"]) == columns


def test_an_operation_that_is_none_refuses_the_record(tmp_path: Path) -> None:
    mapping = COMPANY.replace(
        "nodes:",
        "  op: {label: {en: Operation, zh: 操作}}\n"
        "operation: {column: op, state: [I], delete: [D]}\nnodes:",
    )
    header = HEADER.replace("\n", ",op\n")
    found = readings(
        write(tmp_path, header + "1,,a,2001,,I\n2,,b,2001,,\n3,,c,x,,D\n4,,d,,,X\n,,e,,,D\n"),
        mapping,
    )
    assert names(found[:2]) == ["a", "b"]
    assert (found[2].record, found[2].versions[0].facts) == ("3", ())
    assert [(p.field, p.code) for p in found[3].refused] == [("op", "CODE_UNKNOWN")]
    assert [(p.field, p.code) for p in found[4].refused] == [("id", "VALUE_MISSING")]


def test_a_faulty_number_that_may_be_left_out_makes_no_link(tmp_path: Path) -> None:
    mapping = COMPANY.replace("identifier: GB32100}", "faulty: leave-out}")
    [reading] = readings(write(tmp_path, HEADER + "1,91350100M000100Y44,a,2001,\n"), mapping)
    assert [p.code for p in reading.set_aside] == ["NUMBER_INVALID"]
    assert reading.own == ("LegalEntity", "legal-entity:1")
