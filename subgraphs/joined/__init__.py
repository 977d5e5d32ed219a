"""Departments that join with a register of their own, and the guard that stands before each.

The guard is a subgraph like the others: the gateway composes it, the policies decide, the audit
records. What it shows it asks of the department, which is a Federation 2 subgraph in any technology
and answers no one else. docs/joining.md.
"""
