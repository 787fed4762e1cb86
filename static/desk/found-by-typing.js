// Select2 hides the list that the label belongs to, and names what it shows instead after itself.
"use strict";

window.django.jQuery(() => {
  for (const list of document.querySelectorAll("select.admin-autocomplete")) {
    const shown = list.nextElementSibling?.querySelector(".select2-selection__rendered");
    shown?.setAttribute("aria-label", list.labels[0].textContent.trim());
  }
});
