// The rows in the form of another: one more is begun, and one that is not saved is taken away again.
{
  const number = (row, prefix, index) => {
    const before = new RegExp(`${prefix}-(?:\\d+|__prefix__)(?=$|[-\\s])`, "g");
    for (const each of [row, ...row.querySelectorAll("*")]) {
      for (const { name, value } of each.attributes) {
        const after = value.replace(before, `${prefix}-${index}`);
        if (after !== value) each.setAttribute(name, after);
      }
    }
    row.id = `${prefix}-${index}`;
    row.querySelector(".inline_label").textContent = `#${index + 1}`;
  };

  const button = (className, words, press) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = className;
    made.textContent = words;
    made.addEventListener("click", press);
    return made;
  };

  const tell = (where, name, prefix) =>
    where.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { formsetName: prefix } }));

  const start = (group) => {
    const empty = group.querySelector(".empty-form");
    if (!empty) return;
    const { prefix, addText, deleteText } = JSON.parse(group.dataset.inlineFormset).options;
    const total = group.querySelector(`#id_${prefix}-TOTAL_FORMS`);
    const most = Number(group.querySelector(`#id_${prefix}-MAX_NUM_FORMS`).value);
    const rows = () => [...group.querySelectorAll(".inline-related:not(.empty-form)")];

    const counted = () => {
      total.value = rows().length;
      add.hidden = rows().length >= most;
    };

    const takenAway = (row) => {
      row.remove();
      for (const [index, each] of rows().entries()) {
        if (!each.matches(".has_original")) number(each, prefix, index);
      }
      counted();
      add.focus();
      tell(group, "formset:removed", prefix);
    };

    const taking = (row) =>
      row.querySelector("h3").append(button("inline-deletelink", deleteText, () => takenAway(row)));

    const add = button("addlink", addText, () => {
      const row = empty.cloneNode(true);
      row.classList.remove("empty-form", "last-related");
      number(row, prefix, rows().length);
      taking(row);
      empty.before(row);
      counted();
      tell(row, "formset:added", prefix);
      row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });

    for (const row of rows()) {
      if (!row.matches(".has_original")) taking(row);
    }
    const place = document.createElement("div");
    place.className = "add-row";
    place.append(add);
    empty.after(place);
    counted();
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const group of document.querySelectorAll("[data-inline-formset]")) start(group);
  });
}
