"""Labs: a folder with `lab.md`, knobs to turn, a real run in a child process, goals to reach."""
