"""The blocks that a marker can place, each with its options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from markupsafe import Markup

from postmortem_archive.archive.naming import slug
from postmortem_archive.report.formats.scaffold import FormatError, Known, scaffold
from postmortem_archive.report.markup.highlight import highlight
from postmortem_archive.report.problem import nearest
from postmortem_archive.report.rules.registry import RULES
from postmortem_archive.site.fragments import Fragments
from postmortem_archive.site.markers import MarkerError, Option, Options, options_of
from postmortem_archive.site.sections import SECTIONS
from postmortem_archive.site.selection import (
    SELECTION,
    explored,
    group_of,
    limited,
    select,
    service_group,
)
from postmortem_archive.site.viewpoint import Viewpoint
from postmortem_archive.site.views.actions import open_actions_view
from postmortem_archive.site.views.budgets import service_budget
from postmortem_archive.site.views.explorer import explorer_view
from postmortem_archive.site.views.groups import (
    cause_table,
    head,
    service_table,
    trigger_table,
)
from postmortem_archive.site.views.histories import history_of
from postmortem_archive.site.views.listing import listing, rows, years
from postmortem_archive.site.views.map import map_view
from postmortem_archive.site.views.overview import history_view, numbers_view
from postmortem_archive.site.views.periods import period_head, periods_view
from postmortem_archive.site.views.problems import problems_view
from postmortem_archive.site.views.recurrences import chain_list, chain_view
from postmortem_archive.site.views.rules import broken_view, rules_view
from postmortem_archive.site.views.trends.way import index_view

Render = Callable[[Viewpoint, Fragments, Options], Markup]

_LATEST = 5

# A list of reports is no hit in a search; the reports are. The theme's search ends what it skips at
# the first closing tag of the same name, so the element has a name that nothing within it has.
_SKIPPED = Markup("<pa-block data-search-exclude>{}</pa-block>")

_DUE: Mapping[str, Option] = {
    **SELECTION,
    "limit": Option(int, "at most so many, those that are due first"),
}
_NAME = Option(str, "the name in front matter")
_FORMAT = Option(str, "the name of the format")


@dataclass(frozen=True, slots=True)
class Block:
    """A block: what it shows, the options that it takes, and those that it cannot do without.

    What is `searched` is told nowhere else.
    """

    meaning: str
    render: Render
    options: Mapping[str, Option]
    required: tuple[str, ...] = ()
    searched: bool = False


def render(name: str, written: str, point: Viewpoint, fragments: Fragments) -> Markup:
    """Return the block of a marker; raise `MarkerError` for one that there is not."""
    block = BLOCKS.get(name)
    if block is None:
        message = f"there is no marker “archive/{name}”"
        close = nearest(name, BLOCKS)
        raise MarkerError(
            message,
            found=f"archive/{name}",
            expected=f"one of {', '.join(BLOCKS)}",
            suggestion=f"archive/{close}" if close else None,
        )
    options = options_of(written, block.options)
    for option in block.required:
        if option not in options:
            message = f"the marker “archive/{name}” needs the option “{option}”"
            raise MarkerError(
                message, found=written or f"archive/{name}", expected=f"{{{option}: …}}"
            )
    html = block.render(point, fragments, options)
    return html if block.searched else _SKIPPED.format(html)


def _list_name(options: Options) -> str:
    """Return a name for a list that no other list of a page is likely to have."""
    return slug("-".join(f"{key}-{value}" for key, value in options.items())) or "all"


def _overview(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    return _stats(point, fragments, options) + "\n" + _history(point, fragments, options)


def _stats(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    del options
    return fragments.render("numbers", view=numbers_view(point))


def _history(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    del options
    return fragments.render("history", view=history_view(point))


def _latest(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    chosen = limited(select(point, options), {"limit": _LATEST, **options})
    return fragments.render("latest", rows=rows(chosen, point))


def _incidents(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    every = select(point, options)
    chosen = limited(every, options)
    view = listing(chosen, point, _list_name(options))
    if len(chosen) < len(every):
        told = f"All {len(every):,} in the explorer"
        rest = point.explorer(told, explored(point, options))
        view = replace(view, rest=rest, years=years(every, point))
    return fragments.render("incidents", view=view)


def _explorer(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    del options
    return fragments.render("explorer", view=explorer_view(point))


def _services(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    del options
    return fragments.render("groups", view=service_table(point))


def _causes(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    del options
    return fragments.render("groups", view=cause_table(point))


def _triggers(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    del options
    return fragments.render("groups", view=trigger_table(point))


def _service(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    group = service_group(point, options["name"])
    return fragments.render("group", view=head(group, "service", point))


def _budget(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    group = service_group(point, options["service"])
    return fragments.render("budget", view=service_budget(group, point))


def _cause(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    causes = point.archive.causes
    group = group_of("root cause", options["name"], causes, point.reading.root_causes)
    return fragments.render("group", view=head(group, "cause", point))


def _trigger(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    triggers = point.archive.triggers
    group = group_of("trigger", options["name"], triggers, point.reading.triggers)
    return fragments.render("group", view=head(group, "trigger", point))


def _figures(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    archive, reading = point.archive, point.reading
    kinds = {
        "service": ("service", archive.services, reading.services),
        "cause": ("root cause", archive.causes, reading.root_causes),
        "trigger": ("trigger", archive.triggers, reading.triggers),
    }
    if len(options) != 1:
        message = "the marker “archive/figures” takes one option"
        expected = "{service: …}, {cause: …} or {trigger: …}"
        raise MarkerError(message, found=", ".join(options) or "archive/figures", expected=expected)
    ((option, name),) = options.items()
    noun, groups, vocabulary = kinds[option]
    group = group_of(noun, name, groups, vocabulary)
    return fragments.render("figures", view=history_of(group, point))


def _periods(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    del options
    return fragments.render("periods", view=periods_view(point))


def _period(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    name = f"{options['year']:04}"
    name += f"-{options['month']:02}" if "month" in options else ""
    known = {group.name for group in (*point.archive.years, *point.archive.months)}
    if name not in known:
        message = f"the archive has no report of {name}"
        raise MarkerError(message, found=name)
    return fragments.render("period", view=period_head(name, point))


def _trends(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    del options
    return fragments.render("trends/index", view=index_view(point))


def _trend(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    period = point.trends.by_name.get(str(options["period"]))
    if period is None:
        raise MarkerError(
            f"there are no trends of “{options['period']}”",
            found=str(options["period"]),
            suggestion=nearest(str(options["period"]), point.trends.by_name),
        )
    name = str(options["section"])
    section = SECTIONS.get(name)
    if section is None:
        raise MarkerError(
            f"trends have no section “{name}”",
            found=name,
            expected=f"one of {', '.join(SECTIONS)}",
            suggestion=nearest(name, SECTIONS),
        )
    return section.render(period, point, fragments)


def _recurrences(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    del options
    return fragments.render("recurrences", view=chain_list(point))


def _recurrence(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    name = str(options["id"])
    report = point.archive.catalogue.find(name, "")
    chain = point.archive.chain(report) if report else None
    if chain is None:
        told = "has not come back" if report else "is no report of this archive"
        known = [member.id for chain in point.archive.chains for member in chain.members]
        message = f"“{name}” {told}"
        raise MarkerError(message, found=name, suggestion=nearest(name, known))
    return fragments.render("recurrence", view=chain_view(chain, point))


def _actions(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    chosen = {report.path for report in select(point, options)}
    found = [item for item in point.archive.open_actions if item.report.path in chosen]
    limit = int(options["limit"]) if "limit" in options else None
    view = open_actions_view(found, point, limit)
    if view.shown:
        query = explored(point, options, actions=("open",))
        view = replace(view, rest=point.explorer("All reports with open action items", query))
    return fragments.render("open_actions", view=view)


def _map(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    del options
    return fragments.render("map", view=map_view(point))


def _problems(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    del options
    return fragments.render("problems", view=problems_view(point))


def _formats(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    del options
    return fragments.render("formats", formats=tuple(point.formats.values()))


def _format(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    del fragments
    name = str(options["name"])
    if name not in point.formats:
        raise MarkerError(
            f"there is no format “{name}” of reports",
            found=name,
            expected=f"one of {', '.join(point.formats)}",
            suggestion=nearest(name, point.formats),
        )
    now = datetime.combine(point.as_of, time(), UTC)
    reading = point.reading
    known = Known(
        f"INC-{now:%Y}-001",
        point.as_of,
        now,
        zone=reading.time_zone,
        severities=reading.severities.names,
    )
    try:
        text = scaffold(name, point.formats, known)
    except FormatError as error:
        raise MarkerError(str(error), found=name) from error
    return Markup(highlight(text, "markdown"))  # noqa: S704 -- escaped by the highlighter


def _rules(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    del options
    return fragments.render("rules", topics=rules_view(point))


def _rule(point: Viewpoint, fragments: Fragments, options: Options) -> Markup:
    name = str(options["name"])
    if name not in RULES:
        message = f"there is no rule “{name}”"
        raise MarkerError(message, found=name, suggestion=nearest(name, RULES))
    return fragments.render("rule", view=broken_view(name, point))


BLOCKS: Mapping[str, Block] = {
    "overview": Block("the archive in numbers, and its incidents over time", _overview, {}),
    "stats": Block("the archive in numbers", _stats, {}),
    "history": Block("the incidents over time, by severity", _history, {}),
    "latest": Block("the newest reports, five unless `limit` says otherwise", _latest, SELECTION),
    "incidents": Block("a sortable table of reports", _incidents, SELECTION),
    "explorer": Block("the search over all reports, with facets and charts", _explorer, {}),
    "actions": Block("open action items, by due date", _actions, _DUE),
    "services": Block("all services", _services, {}),
    "causes": Block("all root causes", _causes, {}),
    "triggers": Block("all triggers", _triggers, {}),
    "service": Block("what is known of one service", _service, {"name": _NAME}, ("name",)),
    "budget": Block(
        "the error budgets of one service: its objectives' last windows",
        _budget,
        {"service": _NAME},
        ("service",),
    ),
    "cause": Block("what is known of one root cause", _cause, {"name": _NAME}, ("name",)),
    "trigger": Block("what is known of one trigger", _trigger, {"name": _NAME}, ("name",)),
    "figures": Block(
        "the history of a service, a root cause or a trigger in figures",
        _figures,
        {option: SELECTION[option] for option in ("service", "cause", "trigger")},
    ),
    "periods": Block("the years and months that have reports", _periods, {}),
    "period": Block(
        "the way to the periods before and after one",
        _period,
        {"year": SELECTION["year"], "month": SELECTION["month"]},
        ("year",),
    ),
    "trends": Block("the periods that have a page of trends", _trends, {}),
    "trend": Block(
        "one section of a period's trends",
        _trend,
        {
            "period": Option(str, "the period's name in its address, such as 2025-q3; or all"),
            "section": Option(str, "the section's name"),
        },
        ("period", "section"),
    ),
    "recurrences": Block("the incidents that came back, each history in a line", _recurrences, {}),
    "recurrence": Block(
        "the history of an incident that came back, through time",
        _recurrence,
        {"id": Option(str, "the id of any of its reports")},
        ("id",),
    ),
    "map": Block("the reports that belong together, in time and as a list", _map, {}),
    "problems": Block("what is wrong in the reports", _problems, {}),
    "formats": Block("the formats that a report can be begun in", _formats, {}),
    "format": Block("a new report in one format", _format, {"name": _FORMAT}, ("name",)),
    "rules": Block("the rules that reports are held to", _rules, {}, searched=True),
    "rule": Block(
        "a rule, and what breaks it", _rule, {"name": Option(str, "the rule's name")}, ("name",)
    ),
}
