"""Sessions that say whose they are, since when and where, so that they can be listed and ended.

Their table is read with each request that carries one: what is ended there is so for every worker at once.
"""

import datetime as dt

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from cstopa.middleware import RENEWED

# What a session keeps of its sign-in.
SIGNED_IN = "signed_in"


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls):
        # Not before the apps are ready.
        from cstopa.accounts.models import Session

        return Session

    def _validate_session_key(self, key):
        # Others are nobody's, and PostgreSQL takes not each of them for a text.
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.account_id = data.get(SESSION_KEY)
        moment, row.address, row.browser = data.get(SIGNED_IN, (None, "", ""))
        row.signed_in_at = moment and dt.datetime.fromtimestamp(moment, dt.UTC)
        row.active_at = dt.datetime.fromtimestamp(data.get(RENEWED, moment or 0), dt.UTC)
        return row
