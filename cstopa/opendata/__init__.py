"""Open data: everything public as JSON and CSV, read-only.

Each app says in its ``opendata.py`` what it has, as pydantic models; JSON, tables, the OpenAPI
document and the data package follow. They are for machines and speak English alone.
"""
