"""Open data: everything public as JSON, CSV and Popolo, read-only.

Each resource is described once, in ``catalogue/``; its JSON, its table and what the OpenAPI
document says of it follow from that. The documents are for machines and speak English alone.
"""
