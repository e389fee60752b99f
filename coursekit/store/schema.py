"""Tables, and how to reach the newest ones from any older file: one script per version, in order."""

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
)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to the newest version, each step in the transaction that records it.

    Several processes may try at once: the version is read again where no other can change it. A statement ends with
    the semicolon at a line's end.
    """
    while version_of(connection) < len(MIGRATIONS):
        with connection:
            connection.execute("begin immediate")
            version = version_of(connection)
            if version < len(MIGRATIONS):
                for statement in MIGRATIONS[version].split(";\n"):
                    connection.execute(statement)
                connection.execute(f"pragma user_version = {version + 1}")


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version that a file was last brought to."""
    return int(connection.execute("pragma user_version").fetchone()[0])
