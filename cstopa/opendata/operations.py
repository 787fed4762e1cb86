"""The parts of which an OpenAPI document is made."""

from cstopa.opendata.responses import JSON

TEXT = {"type": "string"}
ADDRESS = {"type": "string", "format": "uri"}
IN_PATH = {
    "code": "The stable code of the row.",
    "slug": "The name of the delegation in the addresses of pages; a former one leads to it.",
}


def reference(name, kind="schemas"):
    return {"$ref": f"#/components/{kind}/{name}"}


def ok(schema, content_type=JSON):
    return {"description": "The answer.", "content": {content_type: {"schema": schema}}}


def parameter(name, schema, words, place="query"):
    found = {"name": name, "in": place, "schema": schema, "description": words}
    return found | {"required": True} if place == "path" else found


def operation(name, words, answer, parameters=(), problems=(), in_path=()):
    """Return what one address answers; ``in_path`` are names of ``IN_PATH``."""
    return {
        "get": {
            "operationId": name,
            "description": words,
            "parameters": [parameter(each, TEXT, IN_PATH[each], "path") for each in in_path]
            + [*parameters],
            "responses": {
                "200": answer,
                "304": {"description": "Not changed since the answer with this ETag."},
                **{str(each): reference("Problem", "responses") for each in (400, *problems)},
            },
        }
    }


def record(**properties):
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


def list_of(schema):
    return {"type": "array", "items": schema}


def or_null(schema):
    return {"anyOf": [schema, {"type": "null"}]}
