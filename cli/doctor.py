"""`citizengraph doctor`: test every part by real use and say what is wrong."""

import json
from dataclasses import asdict

import typer
from rich.console import Console

from cli.output import JsonOption
from runtime.doctor import Finding, examine
from runtime.settings import load_settings


def doctor(
    as_json: JsonOption = False,
) -> None:
    """Test each part; exit code 1 when something is wrong. 诊断。"""
    findings: list[Finding] = []
    console = Console(highlight=False, soft_wrap=True)
    for finding in examine(load_settings()):
        findings.append(finding)
        if not as_json:
            _show(console, finding)
    if as_json:
        typer.echo(json.dumps([asdict(f) for f in findings], indent=2, ensure_ascii=False))
    if not all(finding.is_good for finding in findings):
        raise typer.Exit(1)


def _show(console: Console, finding: Finding) -> None:
    mark = "[green]✓[/]" if finding.is_good else "[red]✗[/]"
    console.print(f"{mark} {finding.check:10} ", end="")
    console.print(finding.words, markup=False)
    if finding.hint and not finding.is_good:
        console.print(f"             → {finding.hint}", markup=False)
