"""What the screen of a lab is made of: knobs, pictures, tables, and threads that follow runs.

Each part is loaded when it is first shown.
"""
