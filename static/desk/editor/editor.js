// Each `.editor` becomes one: its textarea keeps the text, and is written after an edit alone.
//
// `textarea.editor` is for other scripts, which learn of it by the event `desk:editor`. A script
// that writes into the textarea dispatches `change` on it; each edit dispatches `input`.
import { Editor, pm } from "../../django_prose_editor/editor.js";
import { read, readSlice, write } from "./html.js";
import { extensions, showDescribed } from "./schema.js";
import { addToolbar } from "./toolbar.js";

/** Return {tag: value} of the references that the form offers, in the language of a text. */
function references(language) {
  return new Map(
    [...document.querySelectorAll(".references__insert")].map((button) => [
      button.value.slice(2, -2),
      button.dataset[language],
    ]),
  );
}

function attributes(textarea) {
  const [label] = textarea.labels;
  label.id ||= `${textarea.id}-label`;
  const found = {
    class: "editor__text",
    lang: textarea.lang,
    spellcheck: "true",
    "aria-multiline": "true",
    "aria-labelledby": label.id,
  };
  // Of the descriptions, the help is about tags: who writes here needs none.
  const help = document.getElementById(`${textarea.id}_helptext`);
  if (help) help.hidden = true;
  const others = (textarea.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .filter((id) => id && id !== help?.id);
  if (others.length) found["aria-describedby"] = others.join(" ");
  if (textarea.ariaInvalid) found["aria-invalid"] = textarea.ariaInvalid;
  return found;
}

function open(box) {
  const textarea = box.querySelector("textarea");
  const parts = box.querySelector("template").content.cloneNode(true);
  const pictures = new Map(Object.entries(JSON.parse(box.dataset.pictures)));
  const offered = references(textarea.lang);
  let opened, text;

  const editor = new Editor({
    element: parts.querySelector(".editor__place"),
    extensions: extensions({
      references: offered,
      languages: new Set(box.dataset.languages.split(" ")),
      placeholder: box.dataset.placeholder,
      pictures,
      pictureAddress: box.dataset.picture,
      describe: { words: box.dataset.describe, ask: (code) => describe([code]) },
    }),
    editorProps: { attributes: attributes(textarea) },
    // The policy of the site has no place for it: it is in editor.css.
    injectCSS: false,
    onUpdate() {
      const { doc } = editor.state;
      textarea.value = text = doc.eq(opened.doc) ? opened.text : write(doc);
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });

  function load() {
    const { plugins, schema } = editor.state;
    let state = pm.state.EditorState.create({ doc: read(textarea.value, schema), plugins });
    // Rows that are too short would be filled up at the first click, as if that were an edit.
    const mend = pm.tables.fixTables(state);
    if (mend) state = pm.state.EditorState.create({ doc: mend.doc, plugins });
    editor.view.updateState(state);
    text = textarea.value;
    opened = { doc: state.doc, text };
  }

  /** Insert HTML at `at`, or where the cursor stands: one step to be undone. */
  function insertHTML(html, at) {
    const { state, view } = editor;
    const { closeHistory } = pm.history;
    const { selection } = state;
    const { from, to } = at ?? selection;
    const tr = closeHistory(state.tr).setMeta("inserted", true);
    tr.setSelection(pm.state.TextSelection.between(tr.doc.resolve(from), tr.doc.resolve(to)));
    tr.replaceSelection(readSlice(html, state.schema));
    const isHere = selection.from === from && selection.to === to;
    if (isHere) tr.scrollIntoView();
    else tr.setSelection(selection.map(tr.doc, tr.mapping));
    view.dispatch(tr);
    view.dispatch(closeHistory(view.state.tr));
    // Who has gone on in another field meanwhile stays there.
    const { activeElement, body } = document;
    if (isHere && (!at || activeElement === body || box.contains(activeElement))) view.focus();
  }

  /** Put a picture, {code, words}, below what stands at `at`, or at the cursor, and return where it ends. */
  function insertPicture({ code, words }, at) {
    pictures.set(code, words);
    const { state, view } = editor;
    const { closeHistory } = pm.history;
    const tr = closeHistory(state.tr).setMeta("inserted", true);
    const $at = tr.doc.resolve(at ?? state.selection.to);
    const below = $at.depth ? $at.after(1) : $at.pos;
    const { picture, paragraph } = state.schema.nodes;
    tr.insert(below, picture.create({ code }));
    const after = below + 1;
    // There is a place to go on below it.
    if (after === tr.doc.content.size) tr.insert(after, paragraph.create());
    if (at === undefined) {
      tr.setSelection(pm.state.TextSelection.near(tr.doc.resolve(after))).scrollIntoView();
    }
    view.dispatch(tr);
    view.dispatch(closeHistory(view.state.tr));
    return after;
  }

  /** Ask what the pictures of some codes show, which wait for that, one after another; see picker.js on `since`. */
  function describe(codes, since) {
    if (!codes.length) return;
    const take = (picture, code) =>
      document.dispatchEvent(new CustomEvent("desk:described", { detail: { picture, code } }));
    const detail = { words: box.dataset, codes, since, take, leave: () => editor.view.focus() };
    textarea.dispatchEvent(new CustomEvent("desk:picture", { bubbles: true, detail }));
  }

  document.addEventListener("desk:offered", () => {
    for (const [tag, value] of references(textarea.lang)) offered.set(tag, value);
  });
  // In the text of the other language, too.
  document.addEventListener("desk:described", ({ detail: { picture, code } }) => {
    pictures.set(picture.code, picture.words);
    const { state, view } = editor;
    const { tr } = state;
    state.doc.forEach((node, position) => {
      if (node.type !== state.schema.nodes.picture || node.attrs.code !== code) return;
      // It may have become another one. What is the same is not drawn anew.
      if (picture.code === code) showDescribed(view.nodeDOM(position), picture.words);
      else tr.setNodeMarkup(position, null, { code: picture.code });
    });
    if (tr.docChanged) view.dispatch(tr);
  });

  /**
   * Return the place of the cursor, or of `point`, {left, top} in the window. It stays the same while
   * others are written in, until `insertHTML(html)` or `leave()`; `insertPicture(picture)` moves it.
   */
  function place(point) {
    const { selection } = editor.state;
    const dropped = point && editor.view.posAtCoords(point)?.pos;
    let from = dropped ?? selection.from;
    let to = dropped ?? selection.to;
    const follow = ({ transaction }) => {
      // What was to be inserted here before it stands before it; what is typed stands behind.
      const side = transaction.getMeta("inserted") ? 1 : -1;
      from = transaction.mapping.map(from, side);
      to = Math.max(from, transaction.mapping.map(to, -1));
    };
    const leave = () => editor.off("transaction", follow);
    editor.on("transaction", follow);
    return {
      leave,
      insertHTML(html) {
        leave();
        insertHTML(html, { from, to });
      },
      // The next one stands below it.
      insertPicture(picture) {
        from = to = insertPicture(picture, to);
      },
    };
  }

  load();
  const takeOver = () => textarea.value === text || load();
  textarea.addEventListener("change", takeOver);
  textarea.form.addEventListener("reset", () => setTimeout(takeOver));
  // By then a browser has put back what was written before the page was left.
  addEventListener("pageshow", takeOver);
  // Its label and the list of errors lead there.
  textarea.addEventListener("focus", () => editor.view.focus());
  textarea.tabIndex = -1;
  textarea.ariaHidden = "true";
  addToolbar(parts, textarea, editor);
  box.append(parts);
  box.classList.add("editor--open");

  textarea.editor = {
    element: editor.view.dom,
    focus: () => editor.view.focus(),
    insertHTML,
    insertPicture,
    describe,
    place,
  };
  textarea.dispatchEvent(
    new CustomEvent("desk:editor", { bubbles: true, detail: textarea.editor }),
  );
}

document.querySelectorAll(".editor").forEach(open);
