// A document of the editor from the HTML of a text, and back.
import { pm } from "../../django_prose_editor/editor.js";
import { REFERENCE } from "./schema.js";

const PICTURE = "picture:";

/** Return the elements of sanitised HTML as the schema reads them. */
export function elements(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const said of body.querySelectorAll("figure > figcaption:first-child")) {
    said.parentElement.append(said);
  }
  const texts = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    if (!texts.currentNode.parentElement.closest("caption")) found.push(texts.currentNode);
  }
  for (const text of found) {
    // Every second part is what stood between the brackets.
    const parts = text.data.split(REFERENCE);
    const made = parts.map((part, at) => (at % 2 ? tag(part) : part)).filter(Boolean);
    if (parts.length > 1) text.replaceWith(...made);
  }
  for (const paragraph of body.querySelectorAll(":scope > p")) {
    const [only, ...others] = paragraph.childNodes;
    if (others.length || !only?.value?.startsWith(PICTURE) || paragraph.attributes.length) continue;
    const figure = document.createElement("figure");
    figure.dataset.picture = only.value.slice(PICTURE.length);
    paragraph.replaceWith(figure);
  }
  return body;
}

// One that is not known is text.
function tag(value) {
  const made = document.createElement("data");
  made.value = value;
  made.textContent = `[[${value}]]`;
  return made;
}

export function read(html, schema) {
  return pm.model.DOMParser.fromSchema(schema).parse(elements(html));
}

/** Return a part of a text, with the spaces at its ends. */
export function readSlice(html, schema) {
  const parser = pm.model.DOMParser.fromSchema(schema);
  return parser.parseSlice(elements(html), { preserveWhitespace: true });
}

/** Return the HTML of a document, in the words that the sanitiser would leave as they are. */
export function write(doc) {
  const serializer = pm.model.DOMSerializer.fromSchema(doc.type.schema);
  const root = document.createElement("div");
  root.append(serializer.serializeFragment(doc.content));
  for (const each of root.querySelectorAll("figure[data-picture]")) {
    const paragraph = document.createElement("p");
    paragraph.textContent = `[[${PICTURE}${each.dataset.picture}]]`;
    each.replaceWith(paragraph);
  }
  for (const each of root.querySelectorAll("data")) each.replaceWith(`[[${each.value}]]`);
  for (const each of root.querySelectorAll("li, td, th")) unwrap(each);
  for (const each of root.querySelectorAll("table")) withHead(each);
  for (const each of root.querySelectorAll("figcaption")) {
    each.removeAttribute("data-placeholder");
    if (!each.textContent.trim()) each.parentElement.replaceWith(each.previousElementSibling);
  }
  for (const each of root.querySelectorAll("p, h2, h3, h4, blockquote")) {
    if (!each.textContent.trim()) each.remove();
  }
  return root.textContent.trim() ? root.innerHTML : "";
}

/** An item or a cell of one paragraph has its words without it. */
function unwrap(parent) {
  const [first, ...others] = parent.children;
  const isAlone = others.every((each) => parent.localName === "li" && /^[uo]l$/.test(each.localName));
  if (first?.localName === "p" && !first.attributes.length && isAlone) {
    first.replaceWith(...first.childNodes);
  }
}

/** Rows of heads at the top are the head of a table; a screen reader is told what each is of. */
function withHead(table) {
  const rows = [...table.rows];
  const heads = rows.findIndex((row) => row.querySelector("td"));
  const ends = (row, at) => [...row.cells].every((cell) => at + cell.rowSpan <= heads);
  if (heads > 0 && rows.slice(0, heads).every(ends)) {
    table.createTHead().append(...rows.slice(0, heads));
  }
  for (const cell of table.querySelectorAll("th")) {
    cell.scope = cell.closest("thead") ? "col" : "row";
  }
}
