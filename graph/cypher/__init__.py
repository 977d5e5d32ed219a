"""Selection and Decision in, one Cypher statement and its parameters out. Pure: no database."""

from graph.cypher.statement import Clock, Statement, compile_evidence, compile_selection

__all__ = ["Clock", "Statement", "compile_evidence", "compile_selection"]
