// The form of one row: which languages are shown, and where the focus is.
import "./combobox.js";
import "./day-calendar.js";
import "./days.js";
import "./inlines.js";
import "./picker.js";
import "./related.js";

{
  const KEY = "languages-shown";
  const root = document.documentElement;
  // A browser may keep nothing; then both are shown.
  const kept = (...answer) => {
    try {
      return answer.length ? localStorage.setItem(KEY, ...answer) : localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  // Before anything is drawn.
  root.dataset.languages = kept() ?? "";

  const show = (languages) => {
    root.dataset.languages = languages;
    for (const choice of document.querySelectorAll(`[name=${KEY}]`)) {
      choice.checked = choice.value === languages;
    }
  };

  const isShown = (element) => element.getClientRects().length > 0;

  // A field whose own element is not shown is edited in something else in its row.
  const focus = (field) => {
    if (field.closest(".words") && !isShown(field.closest(".words"))) show("");
    const row = field.closest(".form-row, td") ?? field;
    const there = [
      field,
      ...row.querySelectorAll("input, select, textarea, [contenteditable=true], [tabindex]"),
    ];
    const target = there.find((each) => isShown(each) && (each === field || each.tabIndex >= 0));
    for (let outer = row.closest("details"); outer; outer = outer.parentElement.closest("details")) {
      outer.open = true;
    }
    (target ?? row).focus();
    (target ?? row).scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("DOMContentLoaded", () => {
    // What is wrong, or asked about, is shown.
    const wrong = [...document.querySelectorAll(".words .errors")];
    for (const { hash } of document.querySelectorAll(".error-summary__list a")) {
      const words = document.getElementById(hash.slice(1))?.closest(".words");
      if (words) wrong.push(words);
    }
    show(wrong.every(isShown) ? root.dataset.languages : "");
    for (const choice of document.querySelectorAll(`[name=${KEY}]`)) {
      choice.addEventListener("change", () => {
        kept(choice.value);
        show(choice.value);
      });
    }

    for (const summary of document.querySelectorAll(".error-summary")) {
      summary.addEventListener("click", (event) => {
        const field = document.getElementById(event.target.hash?.slice(1));
        if (!field) return;
        event.preventDefault();
        focus(field);
      });
    }

    for (const field of document.querySelectorAll("[data-enter]")) {
      field.addEventListener("keydown", (event) => {
        const button = document.getElementById(field.dataset.enter);
        if (event.key !== "Enter" || event.repeat || event.isComposing || !button) return;
        event.preventDefault();
        button.click();
      });
    }

    const wanted = document.querySelector("[autofocus]");
    if (wanted && !isShown(wanted)) focus(wanted);
    if (wanted || !document.body.classList.contains("focus-first")) return;
    const fields = document.querySelectorAll("#content-main form :is(input, select, textarea)");
    [...fields].find((each) => each.form && isShown(each))?.focus();
  });
}
