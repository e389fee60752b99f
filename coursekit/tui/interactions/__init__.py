"""One widget per interaction. Each posts `Responded` and can show the verdict on what was given."""

from typing import assert_never

from coursekit.model import Choice, Interaction, LongText, Response, TextEntry
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
        case _:
            assert_never(interaction)
