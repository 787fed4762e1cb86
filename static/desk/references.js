// The list of references becomes a picker: a button below each text opens it, and another one
// inserts the tag where the cursor stood.
document.addEventListener("DOMContentLoaded", () => {
  const list = document.querySelector(".references");
  if (!list) {
    return;
  }
  const choice = list.querySelector("#references-of");
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

  function showChosen() {
    for (const table of list.querySelectorAll(".references__table")) {
      table.hidden = table.id !== choice.value;
    }
  }

  function insert(event) {
    dialog.close();
    field.setRangeText(event.currentTarget.value, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }

  choice.parentElement.hidden = false;
  choice.addEventListener("change", showChosen);
  for (const each of list.querySelectorAll(".references__insert")) {
    each.hidden = false;
    each.classList.add("references__button");
    each.addEventListener("click", insert);
  }
  showChosen();

  dialog.className = "references__dialog";
  dialog.setAttribute("aria-labelledby", "references-title");
  dialog.append(list, button(list.dataset.close, () => dialog.close()));
  // Outside the form, which Enter in it would send.
  document.body.append(dialog);

  for (const name of list.dataset.fields.split(" ")) {
    const text = document.getElementById(`id_${name}`);
    const opener = button(list.dataset.open, () => {
      field = text;
      dialog.showModal();
      choice.focus();
    });
    opener.setAttribute("aria-describedby", `${text.id}-label`);
    const label = text.form.querySelector(`label[for="${text.id}"]`);
    label.id = `${text.id}-label`;
    text.closest(".form-row").append(opener);
  }
});
