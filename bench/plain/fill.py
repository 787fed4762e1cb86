"""Give the plain site the English articles of the corpus: ``python -m bench.plain.fill``."""

import django
from django.core.management import call_command
from django.db import connection

COPY = """
INSERT INTO plain_topic (id, slug, name) SELECT id, slug, name_en FROM news_topic;
INSERT INTO plain_article (id, slug, headline, summary, body, published_at)
    SELECT id, slug, headline_en, summary_en, body_en, published_at FROM news_article
    WHERE headline_en <> '';
INSERT INTO plain_article_topics (article_id, topic_id)
    SELECT article_id, topic_id FROM news_article_topics
    WHERE article_id IN (SELECT id FROM plain_article);
"""
INDEX = """
CREATE INDEX plain_words ON plain_article
    USING gin (to_tsvector('english', headline || ' ' || body))
"""


def fill():
    call_command("migrate", "plain", verbosity=0)
    with connection.cursor() as cursor:
        for statement in COPY.strip().rstrip(";").split(";"):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute(INDEX)
        # All that is here, the site's tables too.
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


if __name__ == "__main__":
    django.setup()
    fill()
