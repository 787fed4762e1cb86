// The bars above a text, each one stop of the Tab key: arrows go along it, Escape back to the text.
import { isAddress } from "./schema.js";

const COMMANDS = {
  bold: "toggleBold",
  italic: "toggleItalic",
  bulletList: "toggleBulletList",
  orderedList: "toggleOrderedList",
  quotation: "toggleQuotation",
  undo: "undo",
  redo: "redo",
  addRow: "addRowAfter",
  addColumn: "addColumnAfter",
  deleteRow: "deleteRow",
  deleteColumn: "deleteColumn",
  headRow: "toggleHeaderRow",
  headColumn: "toggleHeaderColumn",
  deleteTable: "deleteTable",
};

/** Let the editor write one line in a dialog; null where it was closed, "" where it is to go. */
function ask(dialog, value, check = () => "") {
  const [input] = dialog.getElementsByTagName("input");
  const remove = dialog.querySelector("[value=remove]");
  input.value = value;
  input.setCustomValidity("");
  input.oninput = () => input.setCustomValidity("");
  remove.hidden = !value;
  dialog.returnValue = "";
  // A text that gets its focus back from a dialog has its cursor at the start.
  document.activeElement.blur();
  dialog.firstElementChild.onsubmit = (event) => {
    if (event.submitter?.value !== "save") return;
    input.setCustomValidity(check(input.value.trim()));
    if (!input.reportValidity()) event.preventDefault();
  };
  dialog.showModal();
  return new Promise((answer) => {
    dialog.onclose = () =>
      answer({ save: input.value.trim(), remove: "" }[dialog.returnValue] ?? null);
  });
}

/** An address as it is meant: `example.org`, `press@example.org` and a telephone lead out of the site. */
function whole(address) {
  if (/^\+[\d\s()-]{6,}$/.test(address)) return `tel:+${address.replace(/\D/g, "")}`;
  if (/^[^\s/:?#]+@[^\s/:?#]+$/.test(address)) return `mailto:${address}`;
  return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+([/?#:]|$)/u.test(address)
    ? `https://${address}`
    : address;
}

async function askForLink(editor, dialog) {
  const { href = "" } = editor.getAttributes("link");
  const address = await ask(dialog, href, (typed) =>
    // Words alone would be an address beside that of the page.
    /^([a-z]+:|[/#?.])/i.test(whole(typed)) && isAddress(whole(typed)) ? "" : dialog.dataset.mistake,
  );
  const chain = editor.chain().focus();
  if (address === null) return chain.run();
  if (!address) return chain.extendMarkRange("link").unsetLink().run();
  const mark = { type: "link", attrs: { href: whole(address) } };
  if (href) return chain.extendMarkRange("link").updateAttributes("link", mark.attrs).run();
  if (editor.state.selection.empty) {
    return chain.insertContent({ type: "text", text: address, marks: [mark] }).unsetMark("link").run();
  }
  return chain.setMark("link", mark.attrs).run();
}

async function askForCaption(editor, dialog) {
  const caption = await ask(dialog, editor.getAttributes("table").caption);
  if (caption !== null) editor.commands.updateAttributes("table", { caption });
  editor.commands.focus();
}

function addTable(editor) {
  const { $to } = editor.state.selection;
  const chain = editor.chain().focus();
  // There is a place to go on below it.
  if ($to.after(1) === editor.state.doc.content.size) {
    chain.insertContentAt($to.after(1), { type: "paragraph" }, { updateSelection: false });
  }
  return chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run();
}

/** Make one stop of the Tab key out of the buttons of a bar. */
function rove(bar, editor) {
  const items = () => [...bar.querySelectorAll("button, select")].filter((each) => !each.hidden);
  const choose = (chosen) => items().forEach((each) => (each.tabIndex = each === chosen ? 0 : -1));
  choose(items()[0]);
  bar.addEventListener("focusin", (event) => choose(event.target));
  bar.addEventListener("keydown", (event) => {
    const all = items();
    const at = all.indexOf(event.target);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape") editor.view.focus();
    else if (next !== undefined) all.at(next % all.length).focus();
    else return;
    event.preventDefault();
  });
}

export function addToolbar(parts, textarea, editor) {
  const [bar, tableBar] = parts.querySelectorAll("[role=toolbar]");
  const [link, caption] = parts.querySelectorAll("dialog");
  const block = bar.querySelector("select");
  const buttons = [...parts.querySelectorAll("[data-command]")];
  const others = {
    link: () => askForLink(editor, link),
    caption: () => askForCaption(editor, caption),
    table: () => addTable(editor),
    picture: () =>
      textarea.dispatchEvent(
        new CustomEvent("desk:picture", {
          bubbles: true,
          detail: {
            words: textarea.closest(".editor").dataset,
            take: (picture) => textarea.editor.insertPicture(picture),
            leave: () => editor.view.focus(),
          },
        }),
      ),
    reference: () => textarea.dispatchEvent(new Event("desk:references", { bubbles: true })),
  };

  function run(event) {
    const button = event.currentTarget;
    if (button.ariaDisabled === "true") return;
    const { command } = button.dataset;
    if (command in others) others[command]();
    else editor.chain().focus()[COMMANDS[command]]().run();
  }

  function show() {
    const can = editor.can();
    for (const button of buttons) {
      const { command } = button.dataset;
      if (button.ariaPressed) button.ariaPressed = String(editor.isActive(command));
      const isPossible =
        command === "table" ? !editor.isActive("table") : !(command in COMMANDS) || can[COMMANDS[command]]();
      button.ariaDisabled = String(!isPossible);
    }
    block.value = editor.getAttributes("heading").level ?? "";
    tableBar.hidden = !editor.isActive("table");
  }

  for (const button of buttons) {
    button.addEventListener("click", run);
    // The selection stays where it is.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    if (button.dataset.command === "reference") {
      const list = document.querySelector(".references");
      button.hidden = !list;
      if (list) {
        button.ariaLabel = button.title = list.dataset.button;
        button.textContent = list.dataset.words || button.textContent;
      }
    }
  }
  block.addEventListener("change", () => {
    const level = Number(block.value);
    if (level) editor.commands.setHeading({ level });
    else editor.commands.setParagraph();
  });
  editor.view.dom.addEventListener("keydown", (event) => {
    if (event.key === "F10" && event.altKey) bar.querySelector("[tabindex='0']").focus();
    else if (event.code === "KeyK" && (event.ctrlKey || event.metaKey)) others.link();
    else return;
    event.preventDefault();
  });
  rove(bar, editor);
  rove(tableBar, editor);
  editor.on("transaction", show);
  show();
  for (const dialog of [link, caption]) {
    const form = document.createElement("form");
    form.method = "dialog";
    form.append(...dialog.childNodes);
    dialog.append(form);
    // Outside the form of the page, which Enter in them would send.
    document.body.append(dialog);
  }
}
