"""What comes from elsewhere, from a clipboard, a file of Word or an old archive, as a text that is kept here.

``cleaning`` is what they share. ``markup`` makes well-formed HTML of whatever it was, ``reading`` blocks of
it, with what ``looks``, ``links`` and ``lists`` know of what programs write, and ``blocks`` HTML of them.
``docx`` has a document of Word read in a process of its own, ``docx_process``, and cleans what it says.
"""
