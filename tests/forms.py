"""A form of a page, filled in as a browser sends it."""

from lxml import html


def filled(response, **values):
    """Return what the browser sends when nothing but ``values`` is written into the main form.

    A name of a row inside the form is written as the form has it, such as ``allocations-0-seats``;
    None leaves a field out, as an unticked box does.
    """
    # Not as strictly as tests/reading.py reads: that takes ten times as long for a page of the desk.
    page = html.document_fromstring(response.content.decode())
    (form,) = page.findall(".//*[@id='content-main']//form")
    data = {}
    for field in form.iter():
        name = field.get("name")
        if not name or "__prefix__" in name:
            continue
        if field.tag == "textarea":
            # HTML drops the first line break of a textarea.
            data[name] = (field.text or "").removeprefix("\n")
        elif field.tag == "select":
            chosen = [
                option.get("value")
                for option in field.iter("option")
                if "selected" in option.attrib
            ]
            data[name] = chosen if "multiple" in field.attrib else (chosen or [""])[0]
        elif field.tag == "input":
            kind = field.get("type")
            if kind in {"submit", "button"} or (
                kind in {"checkbox", "radio"} and "checked" not in field.attrib
            ):
                continue
            value = field.get("value", "on" if kind == "checkbox" else "")
            if name in data:
                # A group of boxes has one name.
                before = data[name]
                value = [*(before if isinstance(before, list) else [before]), value]
            data[name] = value
    data |= values
    return {name: value for name, value in data.items() if value is not None}


def published(client, address, data, **options):
    """Send a form that makes its row public, and leave what is asked before as it is."""
    answer = client.post(address, data, **options)
    if answer.status_code == 302 or "adminform" not in answer.context:
        return answer
    form = answer.context["adminform"].form
    if not getattr(form, "only_asks", False):
        return answer
    return client.post(address, data | {form.asking_button: form.asked_keys}, **options)


def errors(response):
    """Return ``{field: messages}`` of the page's forms; of an inline row with its prefix."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += inline.formset.forms
    return {
        form.add_prefix(name): list(messages)
        for form in forms
        for name, messages in form.errors.items()
    }


def corrected(prefix=""):
    """Return the answer that what the form overwrites was wrong all along; of a row with its prefix."""
    return {f"{prefix}what_happened": "correction", f"{prefix}reason": "A slip of the hand."}
