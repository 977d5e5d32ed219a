"""Family trees 家谱 as GEDCOM 5.5 to 7.0 files state them: persons and families."""
