"""`citizengraph tour`: a mother enrols her child, and is asked for nothing that is on file."""

from __future__ import annotations

from dataclasses import asdict

from cli.client import Client
from cli.output import JsonOption, console, print_json, print_table
from cli.story import read_story
from cli.tour_steps import Enrolment, Step
from runtime.errors import CitizengraphError
from runtime.settings import load_settings


def tour(as_json: JsonOption = False) -> None:
    """Enrol a child through one window, step by step, on the running demo. 一窗受理示范。"""
    settings = load_settings()
    story = read_story(settings)
    if story is None:
        hint = "Make it with `citizengraph demo`."
        raise CitizengraphError("BAD_ARGUMENT", "There is no demo city here.", hint)
    if "applicant" not in story:
        hint = "Generate the city anew: `citizengraph down --wipe`, then `citizengraph demo`."
        raise CitizengraphError("BAD_ARGUMENT", "The demo city is of an older version.", hint)
    steps: list[Step] = []
    for step in Enrolment(Client(settings), settings, story).steps():
        steps.append(step)
        if not as_json:
            _print(len(steps), step)
    if as_json:
        print_json([asdict(step) for step in steps])


def _print(number: int, step: Step) -> None:
    console.rule(f"{number}  {step.title} · {step.title_zh}")
    console.print(f"[dim]{step.who}[/dim]", highlight=False)
    console.print(step.text, markup=False, highlight=False)
    if step.rows:
        print_table("", step.columns, [[cell or "—" for cell in row] for row in step.rows])
