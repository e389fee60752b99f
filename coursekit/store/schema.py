"""Tables, and how to reach the newest ones from any older file: one script per version, in order.

An attempt's `lab_run` is written and read by nothing; a file that has the column keeps it.
"""

import re
import sqlite3

MIGRATIONS = (
    """
    create table attempt (
        id integer primary key,
        course text not null,
        question text not null,
        fingerprint text not null,
        response text not null,      -- a JSON list of texts
        mark real not null check (mark between 0 and 1),
        points real not null,
        is_suggestion integer not null,
        hints integer not null,
        seed integer not null,
        confidence text,
        lab_run integer,
        started text not null,       -- UTC, ISO 8601
        finished text not null
    ) strict;
    create index attempt_by_question on attempt (course, question, id);
    create table confirmation (
        id integer primary key,
        attempt integer not null references attempt (id),
        ticks text not null,         -- a JSON list of truth values, one per rubric point
        mark real not null check (mark between 0 and 1),
        at text not null
    ) strict;
    create index confirmation_by_attempt on confirmation (attempt);
    create table lab_run (
        id integer primary key,
        course text not null,
        lab text not null,
        config text not null,        -- JSON
        settings text not null,      -- JSON: the knobs
        outcome text not null,
        goals text not null,         -- JSON: metric, bound, value, met, points
        points real not null,
        out_of real not null,
        steps integer not null,
        at text not null
    ) strict;
    create index lab_run_by_lab on lab_run (course, lab, id);
    create table draft (
        course text not null,
        question text not null,
        response text not null,      -- a JSON list of texts
        primary key (course, question)
    ) strict, without rowid;
    create table card (
        course text not null,
        question text not null,
        due text not null,
        stability real not null,
        reviews integer not null,
        last_mark real not null,
        primary key (course, question)
    ) strict, without rowid;
    """,
    """
    create table lab_grade (
        id integer primary key,
        course text not null,
        lab text not null,
        config text not null,        -- JSON: what was graded, with the shown seed
        settings text not null,      -- JSON: the knobs
        results text not null,       -- JSON: for each seed its outcome, goals and points
        points real not null,        -- the median over the seeds
        out_of real not null,
        at text not null
    ) strict;
    create index lab_grade_by_lab on lab_grade (course, lab, id);
    """,
    """
    -- when the learner put it away; null while it is shown
    alter table lab_run add column removed text;
    """,
    """
    -- what for: study, cram or exam; only cramming leaves the schedule alone
    alter table attempt add column purpose text not null default 'study';
    -- the due question in whose place this one was asked
    alter table attempt add column serves text;
    create index attempt_by_served on attempt (course, serves, id) where serves is not null;
    create table rating (
        id integer primary key,
        attempt integer not null references attempt (id),
        rating text not null check (rating in ('again', 'hard', 'good', 'easy')),
        at text not null
    ) strict;
    create index rating_by_attempt on rating (attempt);
    drop table card;
    create table card (
        course text not null,
        question text not null,
        due text not null,
        stability real not null,
        reviews integer not null,
        last_mark real not null,
        difficulty real not null,
        lapses integer not null,
        last_at text not null,
        was_sure integer not null,
        primary key (course, question)
    ) strict, without rowid;
    -- with which parameters the cards of a course were made; no row: they are to be made anew
    create table card_state (
        course text primary key,
        made_with text not null
    ) strict, without rowid;
    create table aside (
        id integer primary key,
        course text not null,
        question text not null,
        what text not null check (what in ('suspend', 'bury', 'snooze', 'bring back')),
        until text,                  -- UTC; null for ever
        at text not null
    ) strict;
    create index aside_by_question on aside (course, question, id);
    create table flag (
        id integer primary key,
        course text not null,
        question text not null,
        fingerprint text not null,
        seed integer not null,
        says text not null,
        at text not null,
        withdrawn text
    ) strict;
    create table note (
        id integer primary key,
        course text not null,
        question text not null,
        says text not null,          -- the newest counts; empty: no note
        at text not null
    ) strict;
    create index note_by_question on note (course, question, id);
    create table bookmark (
        course text not null,
        question text not null,
        at text not null,
        primary key (course, question)
    ) strict, without rowid;
    create table setting (
        course text not null,        -- '' for all courses
        name text not null,
        value text not null,         -- JSON
        primary key (course, name)
    ) strict, without rowid;
    create table sitting (
        id integer primary key,
        course text not null,
        exam text not null,
        blueprint text not null,     -- JSON: as it stood when this began
        seed integer not null,
        drawn text not null,         -- JSON: for each place question, seed, fingerprint, points
        begun text not null,
        ended text,
        why text                     -- handed in, time, left
    ) strict;
    create table sitting_event (
        id integer primary key,
        sitting integer not null references sitting (id),
        place integer not null,
        what text not null,          -- response, flag, unflag, seen
        value text not null,         -- JSON
        at text not null
    ) strict;
    create index sitting_event_by_sitting on sitting_event (sitting, id);
    """,
)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to the newest version in one transaction: a step that fails leaves it as it was.

    Several processes may try at once: the version is read again where no other can change it. A statement ends with
    the semicolon at a line's end.
    """
    if version_of(connection) >= len(MIGRATIONS):
        return
    with connection:
        connection.execute("begin immediate")
        for version in range(version_of(connection), len(MIGRATIONS)):
            for statement in MIGRATIONS[version].split(";\n"):
                connection.execute(statement)
            connection.execute(f"pragma user_version = {version + 1}")


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version that a file was last brought to."""
    return int(connection.execute("pragma user_version").fetchone()[0])


def names() -> frozenset[str]:
    """Return what the newest version's tables and indexes are called."""
    return frozenset(re.findall(r"create (?:table|index) (\w+)", "".join(MIGRATIONS)))
