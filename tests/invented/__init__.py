"""An app of the tests alone, whose facts nothing in the code of the site names.

``tests/delegations/test_invented_fact.py`` runs ``places.py`` in a process and settings of its own.
"""
