"""Format `tabular`: CSV, JSON Lines or Parquet, read by the register's mapping."""

from __future__ import annotations

from ingest.records import Options
from ingest.source import SourceFile
from ingest.tabular.mapping_file import mapping_for
from ingest.tabular.reader import TabularReader


def open_reader(source: SourceFile | None, register: str, options: Options) -> TabularReader:
    """The rows of a file, or of single records where `source` is None.

    Raises MAPPING_INVALID for the mapping, SOURCE_INVALID for the file.
    """
    return TabularReader(source, mapping_for(register, options.mapping))
