"""Small files for tests of the tabular format, and reading them."""

from __future__ import annotations

from pathlib import Path

from ingest.formats.tabular import open_reader
from ingest.records import Options, Reading
from ingest.source import examine
from ingest.tabular.reader import TabularReader

EXAMPLES = Path(__file__).parent / "examples"
COMPANY = """
register: legal-entity
label: {en: Companies, zh: 企业}
record: "{id}"
own: company
columns:
  id: {label: {en: Record, zh: 编号}, required: true}
  code: {label: {en: Code, zh: 代码}, identifier: GB32100}
  name: {label: {en: Name, zh: 名称}, longest: 60}
  since: {label: {en: Since, zh: 成立}, date: [YYYY-MM-DD, YYYY]}
  capital: {label: {en: Capital, zh: 资本}, number: {minimum: 0}}
nodes:
  company:
    type: LegalEntity
    key: {scheme: GB32100, column: code, otherwise: record}
    fields: {name: name, establishedDate: since, registeredCapitalYuan: capital}
"""
HEADER = "id,code,name,since,capital\n"


def write(directory: Path, content: str | bytes, name: str = "companies.csv") -> Path:
    """A file with the content, text as UTF-8."""
    path = directory / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def reader(path: Path, mapping: str = COMPANY, register: str = "legal-entity") -> TabularReader:
    """The file's reader by a mapping of the test's own."""
    place = path.with_name("mapping.yaml")
    place.write_text(mapping, encoding="utf-8")
    return open_reader(examine(path), register, Options(place))


def readings(path: Path, mapping: str = COMPANY) -> list[Reading]:
    """What each record of the file says."""
    found = reader(path, mapping)
    return [found.read(unit) for unit in found.units()]


def codes(reading: Reading) -> list[tuple[str, str]]:
    """Field and code of each problem for which the record is refused."""
    return [(problem.field, problem.code) for problem in reading.refused]


def names(found: list[Reading]) -> list[str]:
    """The companies' names, of records that are not refused."""
    return [str(r.versions[0].facts[0].fields.get("name")) for r in found if r.versions]
