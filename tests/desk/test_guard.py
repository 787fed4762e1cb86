import pytest

from tests.desk.rows import MODELS, everything, page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["abc", "", "\0", "1.5", "9" * 40])
def test_a_forged_choice_of_rows_is_no_choice(admin_client, key):
    rows = everything()
    action = {"action": "delete_selected", "_selected_action": key, "post": "yes"}
    for model in MODELS:
        for sent in (action, action | {"index": "0"}):
            answer = admin_client.post(page(model, "changelist"), sent)
            assert answer.status_code in {200, 302, 403}, model
    for model, row in rows.items():
        assert model.objects.filter(pk=row.pk).exists()
