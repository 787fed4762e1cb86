// The small windows in which a row that another refers to is added, changed or deleted: what Django's
// RelatedObjectLookups does, without the libraries that it needs.

{
  const depth = () => {
    const isPopup = document.getElementsByName("_popup").length > 0;
    return (isPopup ? Number(window.name.split("__").at(-1)) || 0 : 0) + 1;
  };
  const windows = new Set();

  const fieldOf = (popup) =>
    document.getElementById(
      popup.name.replace(/^(edit|change|delete)_/, "").replace(new RegExp(`__${depth()}$`), ""),
    );

  const optionsOf = (field, value) => [...field.options].filter((each) => each.value === value);

  const changed = (field) => field.dispatchEvent(new Event("change", { bubbles: true }));

  const closed = (popup) => {
    windows.delete(popup);
    popup.close();
  };

  // By these names Django's answer in the small window calls what has opened it.
  window.dismissAddRelatedObjectPopup = (popup, value, words) => {
    const field = fieldOf(popup);
    field.add(new Option(words, value, true, true));
    changed(field);
    field.dispatchEvent(new Event("desk:added", { bubbles: true }));
    closed(popup);
  };
  window.dismissChangeRelatedObjectPopup = (popup, before, words, value) => {
    const field = fieldOf(popup);
    for (const option of optionsOf(field, before)) {
      option.textContent = words;
      option.value = value;
    }
    changed(field);
    closed(popup);
  };
  window.dismissDeleteRelatedObjectPopup = (popup, value) => {
    const field = fieldOf(popup);
    for (const option of optionsOf(field, value)) option.remove();
    changed(field);
    closed(popup);
  };
  window.dismissChildPopups = () => {
    for (const popup of windows) {
      if (!popup.closed) {
        popup.dismissChildPopups?.();
        popup.close();
      }
    }
  };

  // What is chosen is changed, deleted and looked at by links that stand beside it.
  const link = (field) => {
    const wrapper = field.closest(".related-widget-wrapper");
    for (const each of wrapper?.querySelectorAll("a[data-href-template]") ?? []) {
      if (field.value) {
        each.href = each.dataset.hrefTemplate.replace("__fk__", field.value);
        each.removeAttribute("aria-disabled");
      } else {
        each.removeAttribute("href");
        each.setAttribute("aria-disabled", "true");
      }
    }
  };
  const linkAll = (part) => {
    for (const field of part.querySelectorAll(".related-widget-wrapper select")) link(field);
  };

  document.addEventListener("DOMContentLoaded", () => linkAll(document));
  document.addEventListener("formset:added", (event) => linkAll(event.target));
  document.addEventListener("change", (event) => {
    if (event.target.matches(".related-widget-wrapper select")) link(event.target);
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest(".related-widget-wrapper-link[data-popup=yes]");
    if (!opener) return;
    event.preventDefault();
    if (!opener.href) return;
    const name = `${opener.id.replace(/^(change|add|delete)_/, "")}__${depth()}`;
    const popup = window.open(opener.href, name, "height=500,width=800,resizable=yes,scrollbars=yes");
    windows.add(popup);
    popup.focus();
  });
  window.addEventListener("pagehide", () => window.dismissChildPopups());
}
