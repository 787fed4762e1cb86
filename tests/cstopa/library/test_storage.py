"""The library in a bucket of a service like S3 does what it does in a folder."""

import datetime as dt

import boto3
import pytest
import time_machine
from botocore.exceptions import EndpointConnectionError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from moto import mock_aws

from cstopa.library import files
from cstopa.library.uploads import new_token
from tests import make
from tests.cstopa.library.documents.documentfile import pdf
from tests.cstopa.library.picturefile import jpeg
from tests.cstopa.library.test_drawing import make as make_picture
from tests.cstopa.library.test_views import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(settings, monkeypatch):
    """A client of the service, with no bucket yet, which is in the place of the folder."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    storage = settings.OF_SERVICE | {"OPTIONS": {"bucket_name": "library"}}
    with mock_aws():
        settings.STORAGES = settings.STORAGES | {"default": storage}
        yield boto3.client("s3")


@pytest.fixture
def bucket(service):
    """The bucket; a function returns the names of what is in it."""
    service.create_bucket(Bucket="library")
    return lambda: {
        each["Key"] for each in service.list_objects_v2(Bucket="library").get("Contents", ())
    }


def test_a_picture_is_drawn_shown_and_withdrawn(bucket, done, client):
    with done():
        row = make_picture()
    assert bucket() == {row.file.name, *row.renditions.paths}
    article = make.article(lead_picture=row)
    for address in addresses(row):
        assert client.get(address).status_code == 200
    assert client.get(addresses(row)[0]).content == files.answer(row.renditions.paths[0]).content
    files.delete(row.renditions.paths[:1])
    assert client.get(addresses(row)[0]).status_code == 404
    article.withdraw()
    assert client.get(addresses(row)[1]).status_code == 404


def test_a_document_is_read_and_taken_along(bucket, client):
    path = files.store(f"documents/{new_token()}.pdf", pdf())
    row = make.document(file=path, size=len(pdf()))
    make.article().documents.add(row)
    answer = client.get(row.get_absolute_url())
    assert answer.content == pdf()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    part = client.get(row.get_absolute_url(), headers={"Range": "bytes=1-3"})
    assert (part.status_code, part.content) == (206, b"PDF")
    assert bucket() == {row.file.name}


def test_the_file_of_a_row_that_is_rolled_back_does_not_stay(bucket):
    stored = []

    def fail():
        with files.gone_with_rows(), transaction.atomic():
            make_picture()
            stored.extend(bucket())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert stored
    assert bucket() == set()


def test_the_check_names_what_does_not_belong_together(bucket, done):
    with done():
        row = make_picture()
    orphan = files.store("pictures/orphan.jpg", b"x")
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)):
        with pytest.raises(CommandError, match="1 file without rows, 0 rows without files"):
            call_command("check_library")
        call_command("check_library", delete=True)
        assert orphan not in bucket()
        files.delete([row.file.name])
        with pytest.raises(CommandError, match="0 files without rows, 1 row without files"):
            call_command("check_library")


def test_a_service_that_refuses_is_said(service, admin_client):
    answer = admin_client.post(
        reverse("admin:library_picture_upload"), jpeg(), content_type="application/octet-stream"
    )
    assert answer.status_code == 400
    assert answer.json() == {"error": "The file cannot be stored now: try again later."}


def test_a_service_that_is_not_there_is_said(
    service, admin_client, client, monkeypatch, bucket, done
):
    with done():
        row = make_picture(is_decorative=True)
    make.article(lead_picture=row)
    address = addresses(row)[0]
    assert client.get(address).status_code == 200

    def gone(*args, **kwargs):
        raise EndpointConnectionError(endpoint_url="http://127.0.0.1:9")

    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", gone)
    answer = admin_client.post(
        reverse("admin:library_picture_upload"), jpeg(), content_type="application/octet-stream"
    )
    assert answer.json() == {"error": "The file cannot be stored now: try again later."}
    client.raise_request_exception = False
    assert client.get(address).status_code == 503
