import pytest

from tests import make


@pytest.fixture
def belarus():
    """A parliament of which nothing is known in Russian."""
    return make.parliament("belarus", name_en="National Assembly", state_en="Belarus")


@pytest.fixture
def houses(belarus):
    """Its two chambers."""
    return (
        make.chamber(belarus, name_en="House", house="lower", website="https://house.example/"),
        make.chamber(belarus, name_en="Council", house="upper", member_title="member"),
    )
