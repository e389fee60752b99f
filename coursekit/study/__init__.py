"""Studying over days: what to ask next, plans towards an exam, and seeing how it goes. No screen, no printing."""
