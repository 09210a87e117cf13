"""The command `postmortem explain`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from postmortem_archive.hosts.commands.answers import fail


@click.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Print what RULE finds, why it matters and how to mend it; without RULE, list all rules."""
    from postmortem_archive.report.problem import nearest
    from postmortem_archive.report.rules.registry import RULES

    if rule is None:
        click.echo("\n".join(_listed()))
        return
    if rule not in RULES:
        close = nearest(rule, RULES)
        fail(f"there is no rule “{rule}”" + (f"; did you mean “{close}”?" if close else ""))
    click.echo("\n\n".join(_explained(rule)))


def _listed() -> Iterator[str]:
    from postmortem_archive.report.rules.registry import RULES
    from postmortem_archive.report.rules.rule import TOPICS

    widest = max(map(len, RULES))
    for topic, title in TOPICS.items():
        yield from ("", title)
        for rule in RULES.values():
            if rule.topic == topic:
                yield f"  {rule.name:<{widest}}  {rule.level:<7}  {rule.about}"


def _explained(name: str) -> Iterator[str]:
    from postmortem_archive.report.rules.registry import RULES

    rule = RULES[name]
    yield f"{rule.name}: {rule.about}. ({rule.level})"
    yield click.wrap_text(rule.why, 80)
    yield click.wrap_text(rule.mend, 80)
