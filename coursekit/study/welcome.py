"""What a first visit is told: three short cards, each a heading and some lines."""

CARDS = (
    (
        "Say what you expect, run it, see why",
        "Each question leads to a lab, where a real training runs on this machine while you watch. Where a question "
        "asks what a run will do, its key is not in a book: you say first what you expect, then the run decides.",
    ),
    (
        "How a question goes",
        "A number picks, or ↑ ↓ and space; enter submits, and enter goes on.",
        "h  shows a hint. It costs no points, but the question comes back sooner.",
        "l  opens the lab of the question.",
        "esc  goes back, ? shows every key, q leaves. Nothing that you enter is lost.",
    ),
    (
        "How a course goes",
        "What you missed comes back in this session, what you know in days, then weeks. Home shows each day what is "
        "due and what is new; a few minutes a day are enough.",
        "If you have a date for an exam, 'coursekit plan --exam DAY' aims at it.",
    ),
)

PLAIN = """\
Say what you expect, run it, see why: each question leads to a lab, where a real training
runs on this machine. What you missed comes back soon, what you know in days, then weeks.
Nothing that you submit is lost."""
"""The same in short, line by line."""
