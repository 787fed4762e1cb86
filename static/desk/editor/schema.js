// What a text may have, the same as cstopa/models/richtext.py keeps: nothing can be made here that
// would be dropped there.
import {
  Bold,
  BulletList,
  Blockquote,
  Document,
  Dropcursor,
  Extension,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  HorizontalRule,
  Italic,
  Link,
  ListItem,
  Mark,
  Node,
  OrderedList,
  Paragraph,
  Plugin,
  Subscript,
  Superscript,
  Table,
  TableCell,
  TableHeader,
  TableRow,
  Text,
  pm,
} from "../../django_prose_editor/editor.js";

const MOST_COLUMNS = 99;
const LONGEST_ADDRESS = 2000;
export const REFERENCE = /\[\[([^[\]<>]*)\]\]/g;

export function isAddress(address) {
  // What has no scheme leads somewhere on this site.
  return (
    address.length <= LONGEST_ADDRESS &&
    URL.canParse(address, document.baseURI) &&
    ["http:", "https:", "mailto:", "tel:"].includes(new URL(address, document.baseURI).protocol)
  );
}

/** An attribute that says a language, of those that the site knows. */
function language(name, languages) {
  return {
    default: null,
    parseHTML: (element) => {
      const code = element.getAttribute(name);
      return code && languages.has(code.split("-")[0].toLowerCase()) ? code : null;
    },
  };
}

const span = (name) => ({
  default: 1,
  parseHTML: (element) => Math.min(Math.max(element[name], 1), MOST_COLUMNS),
  renderHTML: (attributes) => {
    const count = attributes[name.toLowerCase()];
    return count > 1 ? { [name.toLowerCase()]: count } : {};
  },
});

const cell = {
  addAttributes: () => ({ colspan: span("colSpan"), rowspan: span("rowSpan") }),
};

/** An attribute that is written where it has a value of the pattern, other than that of a new one. */
const matching = (name, pattern, otherwise) => ({
  default: otherwise,
  parseHTML: (element) => {
    const value = element.getAttribute(name) ?? "";
    return pattern.test(value) ? value : otherwise;
  },
  renderHTML: ({ [name]: value }) => (value === otherwise ? {} : { [name]: value }),
});

const NumberedList = OrderedList.extend({
  addAttributes: () => ({
    start: matching("start", /^[0-9]{1,4}$/, null),
    type: matching("type", /^[1aAiI]$/, null),
  }),
  addNodeView: null,
});

const TextTable = Table.extend({
  addAttributes: () => ({
    caption: {
      default: "",
      parseHTML: (element) => element.caption?.textContent.trim().replace(/\s+/g, " ") ?? "",
      rendered: false,
    },
  }),
  parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }],
  renderHTML({ node }) {
    const { caption } = node.attrs;
    return ["table", ...(caption ? [["caption", caption]] : []), ["tbody", 0]];
  },
  addNodeView: null,
  addKeyboardShortcuts() {
    return {
      ...this.parent(),
      // After the last cell the key leaves the text, as everywhere: no row is made by it.
      Tab: () => this.editor.commands.goToNextCell(),
    };
  },
});

const TextLink = Link.extend({
  addAttributes() {
    return { href: { default: null }, hreflang: language("hreflang", this.options.languages) };
  },
  renderHTML: ({ HTMLAttributes }) => ["a", HTMLAttributes, 0],
  // The toolbar asks for the address.
  addKeyboardShortcuts: null,
});

const Language = Mark.create({
  name: "language",
  addAttributes() {
    return { lang: language("lang", this.options.languages) };
  },
  parseHTML: () => [{ tag: "span[lang]" }],
  renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
});

const LanguageOfBlocks = Extension.create({
  name: "languageOfBlocks",
  addGlobalAttributes() {
    const attributes = { lang: language("lang", this.options.languages) };
    return [{ types: ["paragraph", "blockquote"], attributes }];
  },
});

// A quotation always has a line for who said it. Where that stays empty, it is not written.
const Quotation = Node.create({
  name: "quotation",
  group: "block",
  content: "blockquote attribution",
  defining: true,
  parseHTML: () => [{ tag: "figure", getAttrs: (figure) => isQuotation(figure) && null }],
  renderHTML: () => ["figure", 0],
  addCommands: () => ({
    toggleQuotation:
      () =>
      ({ state, tr, dispatch }) => {
        const { $from, $to } = state.selection;
        const { quotation, blockquote, attribution } = state.schema.nodes;
        for (let depth = $from.depth; depth > 0; depth--) {
          if ($from.node(depth).type !== quotation) continue;
          const [quoted, said] = $from.node(depth).children;
          let content = quoted.content;
          if (said.content.size) {
            content = content.addToEnd(state.schema.nodes.paragraph.create(null, said.content));
          }
          if (dispatch) {
            const start = $from.before(depth);
            tr.replaceWith(start, $from.after(depth), content);
            tr.setSelection(pm.state.TextSelection.near(tr.doc.resolve(start + 1)));
          }
          return true;
        }
        const range = $from.blockRange($to);
        if (!range) return false;
        const content = range.parent.content.cutByIndex(range.startIndex, range.endIndex);
        if (!blockquote.validContent(content)) return false;
        if (!range.parent.canReplaceWith(range.startIndex, range.endIndex, quotation)) return false;
        if (dispatch) {
          const offset = $from.pos - range.start + 2;
          const made = [blockquote.create(null, content), attribution.create()];
          tr.replaceWith(range.start, range.end, quotation.create(null, made));
          tr.setSelection(pm.state.TextSelection.near(tr.doc.resolve(range.start + offset)));
        }
        return true;
      },
  }),
});

const Attribution = Node.create({
  name: "attribution",
  content: "inline*",
  defining: true,
  parseHTML: () => [{ tag: "figcaption", context: "quotation/" }],
  renderHTML() {
    return ["figcaption", { "data-placeholder": this.options.placeholder }, 0];
  },
  addKeyboardShortcuts() {
    const within = () => this.editor.isActive(this.name) && this.editor.state.selection.empty;
    return {
      // The quotation is over.
      Enter: () => {
        if (!within()) return false;
        const { $from } = this.editor.state.selection;
        const after = $from.after(-1);
        return this.editor
          .chain()
          .insertContentAt(after, { type: "paragraph" })
          .setTextSelection(after + 1)
          .run();
      },
      // What was said is not joined with who said it.
      Backspace: () => {
        const { $from } = this.editor.state.selection;
        if (!within() || $from.parentOffset) return false;
        return this.editor.commands.setTextSelection($from.before() - 2);
      },
    };
  },
});

const Quoted = Blockquote.extend({
  group: "",
  // Before bold, which takes its key with the shift key too.
  priority: 101,
  addInputRules: null,
  addCommands: null,
  addKeyboardShortcuts() {
    return {
      "Mod-Shift-b": () => this.editor.commands.toggleQuotation(),
      // From an empty paragraph at the end of what was said to who said it.
      Enter: () => {
        const { $from, empty } = this.editor.state.selection;
        const quoted = $from.depth > 1 && $from.node(-1);
        const isEnd =
          quoted?.type === this.type &&
          $from.index(-1) === quoted.childCount - 1 &&
          quoted.childCount > 1;
        if (!empty || !isEnd || $from.parent.content.size) return false;
        const start = $from.before();
        return this.editor
          .chain()
          .deleteRange({ from: start, to: $from.after() })
          .setTextSelection(start + 2)
          .run();
      },
    };
  },
});

function isQuotation(figure) {
  const names = [...figure.children].map((child) => child.localName).join(" ");
  return (
    names === "blockquote figcaption" && !figure.querySelector("figcaption :is(p, ul, ol, table)")
  );
}

/** A value of the record: `[[seats:belarus]]`, shown as what it will read. */
function reference(values) {
  return Node.create({
    name: "reference",
    group: "inline",
    inline: true,
    atom: true,
    addAttributes: () => ({ value: { default: "" } }),
    parseHTML: () => [
      { tag: "data[value]", getAttrs: (element) => values.has(element.value) && null },
    ],
    renderHTML: ({ node }) => [
      "data",
      { value: node.attrs.value, class: "reference" },
      values.get(node.attrs.value) ?? "",
    ],
    renderText: ({ node }) => `[[${node.attrs.value}]]`,
    // Typed, pasted or taken out of a link: wherever such a tag comes to stand, it becomes one.
    addProseMirrorPlugins() {
      const { type } = this;
      return [
        new Plugin({
          appendTransaction(transactions, _before, { doc, tr }) {
            if (!values.size || !transactions.some((each) => each.docChanged)) return null;
            doc.descendants((node, position) => {
              if (!node.isText || !node.text.includes("]]")) return;
              for (const found of node.text.matchAll(REFERENCE)) {
                if (!values.has(found[1])) continue;
                const start = tr.mapping.map(position + found.index);
                const made = type.create({ value: found[1] }, null, node.marks);
                tr.replaceWith(start, start + found[0].length, made);
              }
            });
            return tr.docChanged ? tr : null;
          },
        }),
      ];
    },
  });
}

/** A picture of the library, `[[picture:code]]` in a paragraph of its own, shown as itself. */
const Picture = Node.create({
  name: "picture",
  atom: true,
  draggable: true,
  addAttributes: () => ({ code: { default: "" } }),
  parseHTML: () => [
    { tag: "figure[data-picture]", getAttrs: ({ dataset }) => ({ code: dataset.picture }) },
  ],
  renderHTML: ({ node }) => ["figure", { "data-picture": node.attrs.code }],
  addNodeView() {
    const { words, address, describe } = this.options;
    return ({ node }) => {
      const { code } = node.attrs;
      const dom = document.createElement("figure");
      dom.className = "editor__picture";
      const image = document.createElement("img");
      // Of what is not in the library its name is shown.
      image.alt = words.get(code) ?? `[[picture:${code}]]`;
      image.src = address.replace("/0/", `/${encodeURIComponent(code)}/`);
      dom.append(image);
      if (!words.has(code)) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "editor__button editor__describe";
        button.textContent = describe.words;
        button.addEventListener("click", () => describe.ask(code));
        dom.append(button);
      }
      return { dom, stopEvent: ({ target }) => target.localName === "button" };
    };
  },
});

/** Show that a picture which waited to be described is. */
export function showDescribed(figure, words) {
  figure.querySelector("img").alt = words;
  figure.querySelector("button")?.remove();
}

/**
 * `references`: {tag: value} in the language of the text; `languages`: a Set of codes; `pictures`: {code:
 * words}; `pictureAddress`: that of a picture, with a 0 for its code; `describe`: the words of a button
 * and what it asks of a code that is in no library yet.
 */
export function extensions({
  references,
  languages,
  placeholder,
  pictures,
  pictureAddress,
  describe,
}) {
  return [
    Document.extend({ content: "(block | picture)+" }),
    Picture.configure({ words: pictures, address: pictureAddress, describe }),
    Paragraph,
    Text,
    Heading.configure({ levels: [2, 3, 4] }),
    BulletList,
    NumberedList,
    ListItem,
    HardBreak,
    HorizontalRule,
    Quotation,
    Quoted,
    Attribution.configure({ placeholder }),
    TextTable,
    TableRow,
    TableHeader.extend(cell),
    TableCell.extend(cell),
    Bold,
    Italic,
    Subscript,
    Superscript,
    TextLink.configure({
      isAllowedUri: isAddress,
      defaultProtocol: "https",
      languages,
    }),
    Language.configure({ languages }),
    LanguageOfBlocks.configure({ languages }),
    reference(references),
    History,
    Dropcursor,
    Gapcursor,
  ];
}
