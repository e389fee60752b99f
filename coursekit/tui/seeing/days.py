"""When was studied and what falls due: a calendar of the last year and bars for the coming four weeks."""

from collections.abc import Iterable

from textual.content import Content

from coursekit.plots.calendar_map import calendar_map, legend
from coursekit.plots.plot import Plot
from coursekit.plots.upright import upright
from coursekit.study import diary, forecast, streak
from coursekit.study.seeing import Days
from coursekit.tui.lab.picture import styled
from coursekit.tui.text import QUIET

_NAMES = {0: "today", 7: "in 7 days", 14: "14", 21: "21"}
_BARS = 4  # rows
_CALENDAR = 4 + diary.WEEKS + 2  # cells: the names of days, the weeks, and what a month that has just begun is named in


def days_content(found: Days, width: int) -> Content:
    """Draw the page in `width` cells."""
    attempts = {day: done.attempts for day, done in found.diary.items()}
    return Content("\n").join(
        [
            Content(streak.sentence(found.streak)),
            Content(""),
            Content.styled("The last year", "bold"),
            Content(diary.sentence(found.diary)),
            *picture(calendar_map(attempts, min(width, _CALENDAR))),
            Content.styled(legend(attempts), QUIET),
            Content(diary.time_sentence(found.diary)),
            Content(""),
            Content.styled("What falls due", "bold"),
            Content(forecast.sentence(found.forecast)),
            *(picture(upright(found.forecast, width, _BARS, _NAMES)) if sum(found.forecast) else ()),
        ]
    )


def picture(plot: Plot) -> Iterable[Content]:
    """Draw each row of a plot."""
    return [Content.assemble(*row) for row in styled(plot.rows)]
