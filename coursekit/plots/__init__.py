"""Curves, bars and sentences about a training: numbers and a size in, cells out.

>>> from coursekit.plots.bar import bar
>>> from coursekit.plots.sentence import describe
>>> bar(0.55, 10)
'█████▌    '
>>> describe(((1, 2.31), (2, 0.4), (3, 0.5)), "training loss")
'training loss: 2.31 at step 1, lowest 0.4 at step 2, 0.5 at step 3.'

Nothing is imported here: Home needs the dots and not the curves, which cost 5 ms.
"""
