"""Forms of rows that have documents."""

from cstopa.library.documents.references import with_linked
from cstopa.models.richtext import SanitisedHTMLField


class LinkingForm:
    """What its texts link, its row has among its documents: a form WithDocuments adds it."""

    def clean(self):
        cleaned = super().clean()
        if "documents" in cleaned:
            fields = self._meta.model._meta.fields
            names = [field.name for field in fields if isinstance(field, SanitisedHTMLField)]
            bodies = [cleaned.get(name) or "" for name in names]
            cleaned["documents"] = with_linked(cleaned["documents"], bodies)
        return cleaned
