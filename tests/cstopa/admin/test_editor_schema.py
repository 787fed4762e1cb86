"""Nothing can be made in the editor that the sanitiser would drop."""

import re

import pytest

from cstopa.models.richtext import ATTRIBUTES, TAGS, formatted

pytestmark = pytest.mark.django_db(transaction=True)


# A random document of the schema: what each node may hold is asked of itself.
RANDOM = r"""([seed, count]) => {
    const {editor} = document.querySelector(".editor__text");
    const {schema} = editor;
    let state = seed;
    const random = (below) => {
        state = (state + 0x6D2B79F5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
    };
    const one = (list) => list[random(list.length)];
    const words = ["a", "Ёлка ", " & ", "<b>", "\u00a0", "\"", "[[x]]", "👩‍👧", "a  b", "&amp;", "1<2", "'"];
    const values = {
        level: [2, 3, 4], colspan: [1, 2], rowspan: [1, 2, 3], lang: [null, "ru", "de-AT"],
        hreflang: [null, "ru"], caption: ["", "Of & <all>"], value: ["total"], code: ["picture-1"],
        start: [null, "0", "12"], type: [null, "a", "I"],
        href: ["/a/?b=1&c=2#d", "https://example.org/ё\"'<>", "mailto:a@b.example", "tel:+7495", "x y", "../z/"],
    };
    const attributes = (type) => Object.fromEntries(
        Object.entries(type.spec.attrs ?? {}).map(([name, {default: otherwise}]) =>
            [name, name in values ? one(values[name]) : otherwise]));
    const marks = (parent) => Object.values(schema.marks)
        .filter((type) => parent.allowsMarkType(type) && !random(4))
        .reduce((set, type) => type.create(attributes(type)).addToSet(set), []);
    const make = (type, depth) => {
        let match = type.contentMatch, size = 0;
        const content = [];
        while (match.edgeCount && !(match.validEnd && (size > 3 || depth > 6 || !random(3)))) {
            const types = [];
            for (let at = 0; at < match.edgeCount; at++) types.push(match.edge(at).type);
            const simple = types.filter((each) => each.isTextblock || each.isInline);
            const next = one(depth > 4 && simple.length ? simple : types);
            const child = next.isText
                ? schema.text(one(words), marks(type))
                : next.isInline ? next.create(attributes(next), null, marks(type)) : make(next, depth + 1);
            content.push(child);
            match = match.matchType(next);
            size++;
        }
        return type.create(attributes(type), content);
    };
    const used = new Set();
    const texts = [];
    while (texts.length < count) {
        const doc = make(schema.topNodeType, 0);
        doc.check();
        doc.descendants((node) => {
            used.add(node.type.name);
            for (const mark of node.marks) used.add(mark.type.name);
        });
        editor.view.dispatch(editor.state.tr.replaceWith(0, editor.state.doc.content.size, doc.content));
        texts.push(document.querySelector("#id_body_en").value);
    }
    const all = [...Object.keys(schema.nodes), ...Object.keys(schema.marks)];
    return [texts, all.filter((name) => !used.has(name))];
}"""


@pytest.mark.usefixtures("record")
def test_nothing_can_be_made_that_the_sanitiser_would_drop(desk, form, chance):
    form()
    texts, unused = desk.evaluate(RANDOM, [chance.randrange(10**9), 120])
    assert unused == ["doc"]
    for text in texts:
        assert formatted(text) == text
    tags = {tag for text in texts for tag in re.findall(r"<(\w+)", text)}
    # A span without a language says nothing.
    assert tags == TAGS
    named = {
        (tag, name) for text in texts for tag, name in re.findall(r"<(\w+)[^<>]* (\w+)=", text)
    }
    assert {tag for tag, _name in named} == set(ATTRIBUTES)
    assert desk.mistakes == []
