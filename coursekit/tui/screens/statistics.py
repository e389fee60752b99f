"""Statistics: what would be recalled, when was studied, what was said and predicted, what the labs came to."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from coursekit.errors import CoursekitError
from coursekit.scheduling import Card
from coursekit.store.place import exists
from coursekit.study.leeches import leeches
from coursekit.study.seeing import LabSeen, Seen, labs_sentence
from coursekit.tui.keybar import KeyBar
from coursekit.tui.outline import Outline, Row
from coursekit.tui.page import Page
from coursekit.tui.screens.base import CourseScreen
from coursekit.tui.seeing.days import days_content
from coursekit.tui.seeing.labs import lab_rows
from coursekit.tui.seeing.recall import KEY, leech_rows, recall_rows, recall_sentences
from coursekit.tui.seeing.truth import truth_content
from coursekit.tui.text import HERE, QUIET

_TITLE = "Statistics"
PAGES = ("recall", "days", "truth", "labs")
_EMPTY = (
    "Nothing was studied yet, so there is nothing to show.\n\n"
    "esc goes back; there enter asks the first question. What you would recall, when you studied and what falls due "
    "stands here from then on."
)
_WIDEST = 92
_FEW_TOPICS = 4  # so many are unfolded at first


class StatisticsScreen(CourseScreen):
    """Four pages; each is read when it is first looked at."""

    DEFAULT_CSS = """
    StatisticsScreen #where { width: 100%; max-width: 96; height: 1; padding: 0 2; }
    StatisticsScreen #said { width: 100%; max-width: 96; height: auto; padding: 1 2 0 2; }
    StatisticsScreen Outline { width: 100%; max-width: 96; height: 1fr; padding: 1 1 0 0; display: none; }
    StatisticsScreen Page { width: 100%; max-width: 96; height: 1fr; padding: 1 2 0 2; display: none; }
    StatisticsScreen Page Static { height: auto; }
    StatisticsScreen.-rows Outline, StatisticsScreen.-text Page { display: block; }
    StatisticsScreen.-text #said { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "turn(1)", "next page"),
        Binding("left", "turn(-1)", "page before"),
        *(Binding(str(number), f"show('{name}')", f"the page {name}") for number, name in enumerate(PAGES, 1)),
        Binding("escape,s,S", "dismiss", "go back"),
    ]
    AUTO_FOCUS = None

    def __init__(self, page: str = PAGES[0]) -> None:
        super().__init__()
        self._page = page
        self._seen: Seen | None = None
        self._unfolded: set[str] = set()
        self._was_left = False
        self._drawn_width = 0

    def compose(self) -> ComposeResult:
        """Lay out the names of the pages, a sentence, rows or a text, and the keys."""
        yield Static("", id="where", markup=False)
        yield Static("", id="said", markup=False)
        yield Outline(())
        with Page():
            yield Static("", id="text", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the first page."""
        if len(self.app.course.topics) <= _FEW_TOPICS:
            self._unfolded = {f"topic:{place}" for place in range(len(self.app.course.topics))}
        self._show()

    def on_resize(self) -> None:
        """Draw for the new width."""
        if self.is_mounted and self._width != self._drawn_width:
            self._show()

    def on_screen_resume(self) -> None:
        """Read again what may have changed in a lab."""
        if self._was_left:
            self._was_left, self._seen = False, None
            self._show()

    def on_screen_suspend(self) -> None:
        """Remember to look again."""
        self._was_left = True

    def on_click(self, event: Click) -> None:
        """Turn to the page whose name is clicked."""
        names = self.query_one("#where").content_region
        if names.contains(event.screen_x, event.screen_y) and (page := _page_at(event.screen_x - names.x)):
            self.action_show(page)

    def on_outline_chosen(self, event: Outline.Chosen) -> None:
        """Fold or unfold a topic, open a lab, or ask what does not stick."""
        if not self.is_active:  # enter twice: the first has opened something
            return
        kind, _, name = event.name.partition(":")
        if kind == "lab":
            self.app.open_lab(name, "Labs")
        elif kind == "question":
            self.app.study((name,), "What does not stick")
        else:
            self._unfolded ^= {event.name}
            self._show()

    def action_turn(self, by: int) -> None:
        """Show another page."""
        self.action_show(PAGES[(PAGES.index(self._page) + by) % len(PAGES)])

    def action_show(self, page: str) -> None:
        """Show a page from its top."""
        self._page = page
        self._show()
        self.query_one(Page).scroll_home(animate=False)

    @property
    def _width(self) -> int:
        return min(_WIDEST, self.app.size.width - 4)

    def _show(self) -> None:
        self._drawn_width = self._width
        self.query_one("#where", Static).update(_names(self._page))
        try:
            self._fill()
        except CoursekitError as error:
            self._show_text(Content(str(error)))
        self.query_one(KeyBar).show(
            ("right", "→", "next page"), *self._enter, ("question_mark", "?", "keys"), ("escape", "esc", "back")
        )

    @property
    def _enter(self) -> tuple[tuple[str, str, str], ...]:
        what = {"recall": "objectives", "labs": "open"}.get(self._page) if self.has_class("-rows") else None
        return (("enter", "enter", what),) if what else ()

    def _fill(self) -> None:
        """Draw the page; who has no record yet is not given one for looking. Raises StoreError."""
        if self._seen is None and exists(self.app.home):
            self._seen = Seen(self.app.course, self.app.store, self.app.now())
        seen, width = self._seen, self._width
        if self._page == "labs":
            labs = seen.labs if seen else tuple(map(LabSeen, self.app.course.lab_names()))
            self._show_rows(Content(labs_sentence(labs)), lab_rows(labs, width - 2))
        elif not (seen and seen.cards):
            self._show_text(Content(_EMPTY))
        elif self._page == "recall":
            said = Content.assemble(recall_sentences(seen.standing), ("\n" + KEY, QUIET))
            rows = recall_rows(self.app.course, seen.standing, self._unfolded, width - 2)
            self._show_rows(said, [*rows, *leech_rows(self.app.course, self._leeches(seen), width - 2)])
        elif self._page == "days":
            self._show_text(days_content(seen.days, width - 1))
        else:
            self._show_text(truth_content(seen.truth, width - 1))

    def _leeches(self, seen: Seen) -> tuple[Card, ...]:
        """Return what does not stick of the course as it is."""
        return leeches(card for name, card in seen.cards.items() if name in self.app.course.topic_of)

    def _show_rows(self, said: Content, rows: list[Row]) -> None:
        self._show_part("-rows")
        self.query_one("#said", Static).update(said)
        self.query_one(Outline).show(rows)
        self.query_one(Outline).focus()

    def _show_text(self, text: Content) -> None:
        self._show_part("-text")
        self.query_one("#text", Static).update(text)
        page = self.query_one(Page)
        page.can_focus = True
        page.focus()

    def _show_part(self, name: str) -> None:
        self.set_class(name == "-rows", "-rows")
        self.set_class(name == "-text", "-text")


def _names(page: str) -> Content:
    """Name the pages, the one that is shown with a mark."""
    parts: list[tuple[str, str]] = [(f"{_TITLE}  ", "bold")]
    for number, name in enumerate(PAGES, 1):
        is_here = name == page
        parts += [(f" {'▸' if is_here else ' '}{number} {name} ", HERE if is_here else QUIET)]
    return Content.assemble(*parts)


def _page_at(x: int) -> str:
    """Return the page whose name is drawn at a column, '' where there is none."""
    begin = len(_TITLE) + 2
    for name in PAGES:
        if begin <= x < begin + len(name) + 5:
            return name
        begin += len(name) + 5
    return ""
