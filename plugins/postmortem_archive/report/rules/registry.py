"""All rules, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from postmortem_archive.report.rules.judging import ACTIONS, ANALYSIS, ARCHIVE, LANGUAGE, PAGES
from postmortem_archive.report.rules.reading import FILE, TEXT, TIMES, WORDS
from postmortem_archive.report.rules.rule import Rule

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.name: rule
        for topic in (FILE, WORDS, TIMES, TEXT, ARCHIVE, PAGES, ACTIONS, ANALYSIS, LANGUAGE)
        for rule in topic
    }
)
