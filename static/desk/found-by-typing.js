// Select2 hides the list that the label belongs to, and names what it shows instead after itself.
"use strict";

{
  const name = (part) => {
    for (const list of part.querySelectorAll("select.admin-autocomplete")) {
      const box = list.nextElementSibling?.querySelector(".select2-selection");
      const label = list.labels[0]?.textContent.trim().replace(/:$/, "");
      if (!box || !label) continue;
      // After itself would be after what is chosen in it.
      box.removeAttribute("aria-labelledby");
      for (const named of [
        box,
        ...box.querySelectorAll(".select2-selection__rendered, .select2-search__field"),
      ]) {
        named.setAttribute("aria-label", label);
      }
    }
  };

  window.django.jQuery(() => name(document));
  document.addEventListener("formset:added", (event) => name(event.target));
}
