import pytest
import time_machine


@pytest.fixture
def clock():
    """Stand still at noon of 5 May 2026 in Moscow, until the test moves it."""
    with time_machine.travel("2026-05-05T09:00Z", tick=False) as clock:
        yield clock
