"""All reports together: clocks, relations, groups and open actions, as pure functions."""

from postmortem_archive.archive.actions import OpenAction, open_actions, opened
from postmortem_archive.archive.archive import Archive, LastMajor, build, is_published
from postmortem_archive.archive.catalogue import day
from postmortem_archive.archive.clocks import CLOCKS, Clock, Phase, clocks, phases
from postmortem_archive.archive.groups import Group
from postmortem_archive.archive.neighbours import Neighbours
from postmortem_archive.archive.relations import RELATION_WORDS, Related
from postmortem_archive.archive.settings import ArchiveSettings
from postmortem_archive.archive.similarity.clusters import Cluster
from postmortem_archive.archive.similarity.similar import Similar
from postmortem_archive.archive.standing import Standing, Standings

__all__ = [
    "CLOCKS",
    "RELATION_WORDS",
    "Archive",
    "ArchiveSettings",
    "Clock",
    "Cluster",
    "Group",
    "LastMajor",
    "Neighbours",
    "OpenAction",
    "Phase",
    "Related",
    "Similar",
    "Standing",
    "Standings",
    "build",
    "clocks",
    "day",
    "is_published",
    "open_actions",
    "opened",
    "phases",
]
