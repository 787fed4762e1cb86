// The list of references becomes a picker: a button below each text opens it, or one of its editor,
// and another one inserts the tag where the cursor stood.
document.addEventListener("DOMContentLoaded", () => {
  const list = document.querySelector(".references");
  if (!list) {
    return;
  }
  const choice = list.querySelector("#references-of");
  const search = list.querySelector("#references-search");
  const status = list.querySelector(".references__nothing");
  const tables = () => [...list.querySelectorAll(".references__table")];
  const dialog = document.createElement("dialog");
  let field = null;

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "references__button";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  // Of the chosen one, or all that has the words that are looked for.
  function show() {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const table of tables()) {
      const rows = [...table.tBodies[0].rows];
      for (const row of rows) {
        const words = `${table.caption.textContent} ${row.textContent}`.toLowerCase();
        row.hidden = !wanted.every((word) => words.includes(word));
      }
      table.hidden = wanted.length ? rows.every((row) => row.hidden) : table.id !== choice.value;
    }
    status.textContent = tables().every((table) => table.hidden) ? status.dataset.nothing : "";
  }

  function open(text) {
    field = text;
    search.value = "";
    show();
    // A text that gets its focus back from a dialog has its cursor at the start.
    field.editor?.element.blur();
    dialog.showModal();
    search.focus();
  }

  function insert(event) {
    const tag = event.currentTarget.value;
    dialog.close();
    if (field.editor) {
      field.editor.insertHTML(tag);
      return;
    }
    field.setRangeText(tag, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }

  for (const each of list.querySelectorAll(".references__of")) {
    each.hidden = false;
  }
  choice.addEventListener("change", () => {
    search.value = "";
    show();
  });
  search.addEventListener("input", show);
  search.addEventListener("keydown", (event) => {
    const found = list.querySelector("table:not([hidden]) tr:not([hidden]) .references__insert");
    if (event.key === "Enter" && search.value && found) {
      event.preventDefault();
      found.click();
    }
  });
  function offer() {
    for (const each of list.querySelectorAll(".references__insert")) {
      each.hidden = false;
      each.classList.add("references__button");
      each.addEventListener("click", insert);
    }
  }

  // What was added in a small window may be referred to: the form as it would be opened now has it.
  async function renew() {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return;
    const opened = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = opened.querySelectorAll(".references__table");
    // Who was signed out meanwhile keeps what there is.
    if (!found.length) return;
    for (const table of tables()) table.remove();
    list.append(...found);
    const chosen = choice.value;
    choice.replaceChildren(...opened.querySelector("#references-of").options);
    choice.value = chosen;
    offer();
    if (dialog.open) show();
    document.dispatchEvent(new Event("desk:offered"));
  }

  offer();
  document.addEventListener("desk:added", renew);

  dialog.className = "references__dialog";
  dialog.addEventListener("close", () => field.editor?.focus());
  dialog.setAttribute("aria-labelledby", "references-title");
  dialog.append(list, button(list.dataset.close, () => dialog.close()));
  // Outside the form, which Enter in it would send.
  document.body.append(dialog);

  document.addEventListener("desk:references", (event) => open(event.target));
  for (const name of list.dataset.fields.split(" ")) {
    const text = document.getElementById(`id_${name}`);
    if (text.editor) {
      continue;
    }
    const opener = button(list.dataset.open, () => open(text));
    opener.setAttribute("aria-describedby", `${text.id}-label`);
    const label = text.form.querySelector(`label[for="${text.id}"]`);
    label.id = `${text.id}-label`;
    text.closest(".form-row").append(opener);
  }
});
