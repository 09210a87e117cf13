"""Who a text says is to do something."""

import pytest

from postmortem_archive.report.lint.actions import owners


@pytest.mark.parametrize(
    "written",
    ["A. Moreau", "Moreau, A.", "Trust and Safety", "Platform", "A. Moreau, Platform team",
     "@ana", "R&D", "Search & Discovery", "Ana Lee (with Bo Chen)", "on-call", "tbd / open"],
)  # fmt: skip
def test_one_owner_is_one(written):
    assert owners(written) == (written,)


@pytest.mark.parametrize(
    "written",
    ["A. Moreau, T. Okafor", "Ana Lee and Bo Chen", "@ana, @bo", "Payments / Platform",
     "A. Moreau & T. Okafor", "Ana + Bo", "Ana Lee; Bo Chen"],
)  # fmt: skip
def test_two_owners_are_two(written):
    assert len(owners(written)) == 2
