"""Numbers typed in prose that a reference could state: "7 deputies of the House of Representatives"."""

from news.prose.findings import Finding, findings

__all__ = ["Finding", "findings"]
