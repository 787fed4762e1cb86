"""A table that is handed in at the desk, and what its preview says."""

import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.reading import parsed, words


def address(model, name="import"):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}")


def table(text):
    return SimpleUploadedFile("table.csv", text.encode())


def workbook(*rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return SimpleUploadedFile("table.xlsx", file.getvalue())


def errors(response):
    if "plan" in response.context:
        return response.context["plan"].errors
    return response.context["form"].errors["file"]


def groups(response):
    """Return ``{heading: [cells of a row]}`` of a preview."""
    return {
        words(each.find(".//h2")).partition(" (")[0]: [
            [words(cell) for cell in row] for row in each.findall(".//tbody/tr")
        ]
        for each in parsed(response).findall(".//*[@id='content-main']//details")
    }
