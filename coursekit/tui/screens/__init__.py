"""One file per screen, each loaded when it is first opened."""
