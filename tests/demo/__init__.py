"""An invented assembly, full of everything that rows can say: ``make demo`` serves it.

Seven parliaments of states that novels made up, from 1996 to 2026 and what is decided up to 2030.
All is made by code under one seed, in the order in which it was recorded, by real saves at their
moments: so the log has entries of seventeen years, and the rows are the same each time.

It lives with the tests, which read the same rows, and not in the site: production is not to carry
what only makes invented rows.
"""
