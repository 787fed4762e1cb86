"""What is to be public next: drafts of rows that are public, rows that cease to be, and the review."""

from cstopa.publishing.models.answers import Answer
from cstopa.publishing.models.drafts import Draft
from cstopa.publishing.models.links import PreviewLink
from cstopa.publishing.models.moments import PUBLISHED, Expiring, in_order, this_minute
from cstopa.publishing.models.reviews import Review
from cstopa.publishing.models.versions import newest
