"""Selection and Decision in, one Cypher statement and its parameters out. Pure: no database."""

from graph.cypher.statement import Clock, Statement, Template
from graph.cypher.statements import Asking, Statements

__all__ = ["Asking", "Clock", "Statement", "Statements", "Template"]
