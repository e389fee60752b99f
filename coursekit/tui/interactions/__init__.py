"""One widget per interaction. Each posts `Responded` and can show the verdict on what was given."""

from typing import assert_never

from coursekit.model import Choice, Gaps, Interaction, LongText, Matching, Ordering, Program, Response, TextEntry
from coursekit.tui.interactions._base import Responded, ResponseWidget

__all__ = ["Responded", "ResponseWidget", "widget_for"]


def widget_for(interaction: Interaction, draft: Response = ()) -> ResponseWidget:
    """Make the widget of an interaction, holding what was entered before."""
    match interaction:
        case Choice():
            from coursekit.tui.interactions.choice import ChoiceList

            return ChoiceList(interaction.options, many=interaction.many, picked=draft)
        case TextEntry():
            from coursekit.tui.interactions.entry import EntryLine

            return EntryLine(interaction, draft)
        case LongText():
            from coursekit.tui.interactions.long_text import LongTextArea

            return LongTextArea(interaction, draft)
        case Gaps():
            from coursekit.tui.interactions.gaps import GapText

            return GapText(interaction, draft)
        case Ordering():
            from coursekit.tui.interactions.ordering import OrderList

            return OrderList(interaction, draft)
        case Matching():
            from coursekit.tui.interactions.matching import MatchList

            return MatchList(interaction, draft)
        case Program():
            from coursekit.tui.interactions.program import ProgramNote

            return ProgramNote(interaction)
        case _:
            assert_never(interaction)
