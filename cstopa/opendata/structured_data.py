"""The data as a whole in schema.org's words, by which search engines for data find it."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from cstopa.http.addresses import absolute
from cstopa.http.structured_data import publisher
from cstopa.languages import LANGUAGES
from cstopa.opendata.archive import ZIP
from cstopa.opendata.workbooks import XLSX
from cstopa.pages.models import imprint


def dataset(tables):
    """Return the data as one dataset, whose parts are the tables, with their titles for people."""
    page = absolute(reverse("open-data"))
    catalog = {
        "@type": "DataCatalog",
        "name": _("Open data: %(assembly)s") % {"assembly": settings.ASSEMBLY_NAME},
        "url": page,
    }
    common = {
        "isAccessibleForFree": True,
        "license": imprint().licence_url,
        "publisher": publisher(),
        "creator": publisher(),
    }
    whole = {
        "@type": "Dataset",
        "@id": f"{page}#dataset",
        "name": catalog["name"],
        "description": _(
            "The national delegations to the %(assembly)s: seats of each chamber, members, offices, "
            "roles and participation through time, each with its dates and its source; and the news."
        )
        % {"assembly": settings.ASSEMBLY_NAME},
        "url": page,
        "inLanguage": [*LANGUAGES],
        **common,
        "includedInDataCatalog": catalog,
        "distribution": [download(ZIP, "opendata:archive")],
        "hasPart": [
            {
                "@type": "Dataset",
                "name": title,
                "description": table.description,
                **common,
                "distribution": [
                    download("text/csv", "opendata:table", table.name),
                    download(XLSX, "opendata:workbook", table.name),
                ],
            }
            for table, title in tables
        ],
    }
    return [whole]


def download(form, name, *args):
    where = absolute(reverse(name, args=args))
    return {"@type": "DataDownload", "encodingFormat": form, "contentUrl": where}
