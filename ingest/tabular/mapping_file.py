"""Reading a mapping: YAML to a checked declaration, with all problems named at once."""

from __future__ import annotations

from collections.abc import Hashable
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from graph.catalogue import model
from ingest.tabular import declaration
from ingest.tabular.checks import problems
from ingest.tabular.declaration import CodeList, Declaration, TableMapping
from runtime.errors import CitizengraphError

DIRECTORY = Path(__file__).parent.parent / "mappings"
TABLES = DIRECTORY / "tables"
BYTES_MAX = 1_048_576
_HINT = "docs/tabular.md lists the settings of a mapping."
Shape = TypeVar("Shape", bound=BaseModel)


def mapping_for(register: str, path: Path | None = None) -> TableMapping:
    """The register's own mapping, or the one in the file, checked against the model.

    Raises MAPPING_INVALID naming file, place and reason.
    """
    if path is None:
        path = DIRECTORY / f"{register}.yaml"
        if path.name not in _own():
            known = ", ".join(sorted(Path(name).stem for name in _own()))
            words = f"There is no mapping for the register {register!r}, only for {known}."
            raise CitizengraphError("MAPPING_INVALID", words, "Name a mapping file.")
    mapping = _parse(path, TableMapping)
    found = problems(mapping, model(), code_list)
    if mapping.register_ != register:
        found.insert(0, f"register: is {mapping.register_!r}, not {register!r}")
    if found:
        raise _invalid(path, found)
    return mapping


@lru_cache(maxsize=32)
def code_list(name: str) -> CodeList:
    """A table of ingest/mappings/tables. Raises MAPPING_INVALID where there is none."""
    path = TABLES / f"{name}.yaml"
    if path not in TABLES.iterdir():
        known = ", ".join(sorted(p.stem for p in TABLES.glob("*.yaml")))
        raise CitizengraphError("MAPPING_INVALID", f"There is no table {name!r}.", f"Use {known}.")
    return _parse(path, CodeList)


def _own() -> set[str]:
    return {path.name for path in DIRECTORY.glob("*.yaml")}


def _parse(path: Path, shape: type[Shape]) -> Shape:
    content = _load(path)
    if not isinstance(content, dict):
        raise _invalid(path, ["is not a mapping of settings"])
    try:
        return shape.model_validate(content)
    except ValidationError as error:
        raise _invalid(path, [_problem(dict(e)) for e in error.errors()]) from error


def _load(path: Path) -> object:
    try:
        with path.open("rb") as file:
            text = file.read(BYTES_MAX + 1)
        if len(text) > BYTES_MAX:
            raise _invalid(path, ["is larger than 1 MiB"])
        return yaml.load(text.decode(), _Loader)
    except OSError as error:
        raise _invalid(path, [f"cannot be read: {error.strerror}"]) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise _invalid(path, [f"is not YAML: {' '.join(str(error).split())}"]) from error


def _invalid(path: Path, found: list[str]) -> CitizengraphError:
    return CitizengraphError("MAPPING_INVALID", f"{path.name}: {'; '.join(found)}.", _HINT)


def _problem(error: dict[str, Any]) -> str:
    where = ".".join(str(part) for part in error["loc"])
    if error["type"] != "extra_forbidden":
        return f"{where}: {error['msg']}"
    close = get_close_matches(str(error["loc"][-1]), _settings(), n=1)
    guess = f", did you mean {close[0]!r}?" if close else ""
    return f"{where}: unknown setting{guess}"


def _settings() -> list[str]:
    shapes = [s for s in vars(declaration).values() if isinstance(s, type)]
    found: list[str] = []
    for shape in shapes:
        if issubclass(shape, Declaration):
            found += [field.alias or name for name, field in shape.model_fields.items()]
    return found


class _Loader(yaml.SafeLoader):
    """YAML in which a name stands once and no value is repeated by reference."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("references (*name) are not accepted")
        return super().compose_node(parent, index)  # pyright: ignore[reportUnknownMemberType]

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        names = [key.value for key, _ in node.value]
        twice = sorted({str(name) for name in names if names.count(name) > 1})
        if twice:
            raise yaml.YAMLError(f"{', '.join(twice)} twice, line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep)
