"""An archive of articles comes in from a file of another program: see the command ``import_articles``.

``reading`` makes records of its lines, ``checking`` says what each would be as an article, ``saving``
compares that with what is there and writes it.
"""
