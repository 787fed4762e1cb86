"""What the OpenAPI document says of what pages of others show."""

from typing import Literal

from cstopa.opendata.openapi import DAY, LIMITS, Operation, parameter
from cstopa.opendata.schemas import Address, Schema
from delegations.seat_picture import Size


class OEmbed(Schema):
    """An answer of oEmbed, version 1.0, of the type rich."""

    version: Literal["1.0"]
    type: Literal["rich"]
    title: str
    provider_name: str
    provider_url: Address
    width: int
    height: int
    html: str


PIXELS = {"type": "integer", "minimum": 1, "maximum": 100_000}
OPERATIONS = (
    Operation(
        "/delegations/{slug}/seats.svg",
        "seats-picture",
        "The seats of a delegation as one picture, which any page may show in a frame.",
        None,
        (
            parameter("date", DAY, f"The day that is told of; today without it. {LIMITS}"),
            parameter("size", {"enum": Size.values}, "The width for which its texts are set."),
        ),
        (404, 410),
        "image/svg+xml",
    ),
    Operation(
        "/oembed.json",
        "oembed",
        "What oEmbed says of the page of a delegation: how another page shows its seats.",
        OEmbed,
        (
            parameter("url", {"type": "string", "format": "uri"}, "The page.", required=True),
            parameter("maxwidth", PIXELS, "The largest width, in pixels."),
            parameter("maxheight", PIXELS, "The largest height, in pixels."),
            parameter("format", {"enum": ["json", "xml"]}, "json; xml is not implemented (501)."),
        ),
        (404, 501),
    ),
)
