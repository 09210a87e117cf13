"""What the times of one timeline mean: their day, their zone, what relative ones count from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo

from postmortem_archive.report.body.outline import Part
from postmortem_archive.report.body.zone_checks import is_ambiguous, is_off
from postmortem_archive.report.context import Reading
from postmortem_archive.report.grammar.moments import (
    DATE,
    MONTH_DAY,
    WEEKDAY,
    Clock,
    date_of,
    is_day_alone,
    month_day_of,
    weekday_of,
)
from postmortem_archive.report.grammar.relative import (
    counted_from,
    may_name_moment,
    named_moment,
    read_relative,
)
from postmortem_archive.report.grammar.when import Days, When, read_when
from postmortem_archive.report.grammar.zones import AMBIGUOUS, find_zone, zone_in
from postmortem_archive.report.markup.blocks import ListBlock, ParagraphBlock, TableBlock
from postmortem_archive.report.problem import Place
from postmortem_archive.report.record import Moment


class TimelineClock:
    """Reads the times of one timeline, in the order of its text.

    `day` is the incident's, and `start` when it is said to have started; `zone` holds where the
    timeline names none.
    """

    def __init__(
        self, day: date | None, start: Moment | None, zone: tzinfo | None, reading: Reading
    ) -> None:
        self.reading = reading
        self.days = Days(day, None, reading.settings.zone, start, zone)
        self.base: Moment | None = None
        self.off: set[tzinfo] = set()

    @property
    def zone(self) -> tzinfo | None:
        """The zone that the timeline names for its times."""
        return self.days.zone

    def start_table(self) -> None:
        """Go back to the first row's day: a second table may begin before the first one ends."""
        self.days.start_table()

    def when(self, text: str) -> When | None:
        """Return the time that a text begins with, of the clock or counted from the base."""
        when = read_when(text, self.reading.dates)
        return counted_from(self.base, text) if when is None and self.base else when

    def moments(
        self, when: When | None, written: str, line: int
    ) -> tuple[Moment | None, Moment | None]:
        """Return an entry's moment, and the end of its range; report what can not be read."""
        moment, end = self.days.moments(when) if when else (None, None)
        self._check(when, written, line)
        if when and when.clock and moment:
            self._check_season(when.clock, moment, line)
        return moment, end

    def begin_day(self, title: str) -> None:
        """Let the times below belong to the one day that a heading, or a line, names.

        They belong to none where that day can not be read.
        """
        days = {date_of(match, self.reading.dates) for match in DATE.finditer(title)}
        if len(days) == 1:
            self.days.begin(days.pop())
        elif not days and is_day_alone(title):
            partly, named = MONTH_DAY.search(title), WEEKDAY.search(title)
            self.days.begin_near(
                month_day_of(partly) if partly else None, weekday_of(named) if named else None
            )

    def find_base(self, parts: Sequence[Part]) -> None:
        """Find the moment that relative times count from: “T = 14:02 UTC”."""
        if not may_name_moment(self.reading.source.body):
            return
        for text in (text for part in parts for text in _texts(part)):
            when = named_moment(text, self.reading.dates)
            if when and when.clock and self.base is None:
                days = Days(self.days.day, self.days.zone, self.reading.settings.zone)
                self.base = days.moments(when)[0]
                if when.clock.zone:
                    self.days.zone = find_zone(when.clock.zone) or self.days.zone

    def use_zone(self, text: str, line: int) -> bool:
        """Take the zone that a text names for all times; tell whether it names one to take."""
        name = zone_in(text)
        if name is None or is_ambiguous(name, line, self.reading):
            return False
        self.days.zone = find_zone(name) or self.days.zone
        return True

    def forget_day(self, written: str) -> None:
        """Let the times below belong to no day, where a day that can not be read is named."""
        if DATE.search(written):
            self.days.day = None

    def _check(self, when: When | None, written: str, line: int) -> None:
        place = Place(line, self.reading.source.column_of(line, written))
        if when is None:
            self.forget_day(written)
        if when is None and written:
            self.reading.warn(
                place, "unreadable-time", f"“{written}” is no time that can be read", found=written,
                expected="a line “T = 14:32 UTC” that says what it counts from"
                if read_relative(written)
                else "a clock time such as 14:32, with a date where the day changes",
            )  # fmt: skip
        if when and when.clock and when.clock.zone and when.clock.zone.upper() in AMBIGUOUS:
            self.use_zone(when.clock.zone, line)

    def _check_season(self, clock: Clock, moment: Moment, line: int) -> None:
        """Warn once of a zone that does not hold on its day, as a summer's does not in winter."""
        zone = find_zone(clock.zone) if clock.zone else self.days.zone
        if zone and zone not in self.off and is_off(zone, moment, line, self.reading):
            self.off.add(zone)


def _texts(part: Part) -> Iterator[str]:
    """Yield what may name the moment that relative times count from."""
    yield part.title
    for block in part.blocks:
        if isinstance(block, ParagraphBlock):
            yield block.plain
        elif isinstance(block, ListBlock):
            yield from (item.plain for item in block.items[:1])
        elif isinstance(block, TableBlock):
            yield from (cell.plain for cell in block.header)
            yield from (row[0].plain for row in block.rows[:1])
