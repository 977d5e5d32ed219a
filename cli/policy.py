"""`citizengraph policy`: versions of the policies, from a draft to what is in force."""

from __future__ import annotations

import typer

from cli import policy_explaining, policy_reading, policy_simulation, policy_steps

policy = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Versions of the policies: draft, validate, simulate, approve, activate. 授权策略。",
)
for name, verb in {
    "list": policy_reading.list_,
    "show": policy_reading.show,
    "export": policy_reading.export,
    "diff": policy_reading.diff,
    "who-can": policy_reading.who,
    "explain": policy_explaining.explain,
    "validate": policy_simulation.validate,
    "simulate": policy_simulation.simulate,
    "draft": policy_steps.draft,
    "edit": policy_steps.edit,
    "approve": policy_steps.approve,
    "activate": policy_steps.activate,
    "rollback": policy_steps.rollback,
}.items():
    policy.command(name)(verb)
