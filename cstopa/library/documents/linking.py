"""Forms of rows that have documents."""

from cstopa.library.documents.references import formatted, with_linked


class LinkingForm:
    """What its texts link, its row has among its documents: a form WithDocuments adds it."""

    def clean(self):
        cleaned = super().clean()
        if "documents" in cleaned:
            names = formatted(self._meta.model)
            bodies = [cleaned.get(name) or "" for name in names]
            cleaned["documents"] = with_linked(cleaned["documents"], bodies)
        return cleaned
