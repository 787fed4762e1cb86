"""The data as a whole, by which search engines and catalogues of data find it: schema.org and DCAT."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from cstopa.http.addresses import absolute
from cstopa.http.structured_data import publisher, stated
from cstopa.languages import LANGUAGES
from cstopa.opendata.archive import ZIP
from cstopa.opendata.workbooks import XLSX
from cstopa.pages.models import imprint


def dataset(tables):
    """Return the data as one dataset, whose parts are the tables, with their titles for people."""
    page, who = absolute(reverse("open-data")), publisher()
    catalog = {
        "@type": "DataCatalog",
        "name": _("Open data: %(assembly)s") % {"assembly": settings.ASSEMBLY_NAME},
        "url": page,
    }
    common = {
        "isAccessibleForFree": True,
        "license": imprint().licence_url,
        "publisher": who,
        "creator": who,
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


def catalog(tables):
    """Return the catalogue of the tables as DCAT in JSON-LD.

    Source: the Data Catalog Vocabulary, version 3, https://www.w3.org/TR/vocab-dcat-3/.
    """
    row, page = imprint(), absolute(reverse("open-data"))
    common = {
        "dct:license": {"@id": row.licence_url},
        "dct:publisher": row.name
        and {"@id": absolute("/#publisher"), "@type": "foaf:Agent", "foaf:name": row.name},
    }
    return stated(
        {
            "@context": {
                "dcat": "http://www.w3.org/ns/dcat#",
                "dct": "http://purl.org/dc/terms/",
                "foaf": "http://xmlns.com/foaf/0.1/",
            },
            "@id": f"{page}#catalog",
            "@type": "dcat:Catalog",
            "dct:title": str(settings.ASSEMBLY_NAME),
            "foaf:homepage": {"@id": page},
            **common,
            "dcat:dataset": [
                {
                    "@id": distribution(table)["dcat:downloadURL"]["@id"] + "#dataset",
                    "@type": "dcat:Dataset",
                    "dct:title": str(table.title),
                    "dct:description": str(table.description),
                    **common,
                    "dcat:distribution": [
                        distribution(table),
                        distribution(table, "opendata:workbook", XLSX),
                    ],
                }
                for table in tables
            ],
        }
    )


def distribution(table, name="opendata:table", form="text/csv"):
    return {
        "@type": "dcat:Distribution",
        "dcat:downloadURL": {"@id": absolute(reverse(name, args=[table.name]))},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{form}"},
    }
