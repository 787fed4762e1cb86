// Rows of another table, found by typing: the combobox pattern of the WAI-ARIA authoring practices
// over the answers of Django's autocomplete. The select stays what is sent; of several rows, those
// that are chosen stand above the box, each with a button that takes it away.

{
  const WAIT = 200;

  const made = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  function combobox(select) {
    const data = select.dataset;
    const label = select.labels[0];
    const words = label?.textContent.trim().replace(/:$/, "") ?? select.name;
    const input = made("input", {
      id: `${select.id}_typed`,
      class: "vTextField combobox__input",
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": `${select.id}_found`,
      "aria-label": words,
    });
    if (select.hasAttribute("aria-describedby")) {
      input.setAttribute("aria-describedby", select.getAttribute("aria-describedby"));
    }
    const chosen = made("ul", { class: "combobox__chosen", "aria-label": words });
    const found = made("ul", {
      id: `${select.id}_found`,
      class: "combobox__found",
      role: "listbox",
      "aria-label": words,
    });
    const told = made("span", { class: "combobox__told", role: "status" });
    const box = made("div", { class: "combobox" }, chosen, input, found, told);
    let active = null;
    let asked = 0;
    // What stands in the box where nobody has typed since.
    let shown = "";
    let timer;

    const rows = () => [...select.selectedOptions].filter((each) => each.value);

    function changed() {
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function show() {
      chosen.replaceChildren();
      chosen.hidden = !select.multiple || !rows().length;
      input.ariaInvalid = select.ariaInvalid;
      if (!select.multiple) {
        input.value = rows()[0]?.textContent ?? "";
        shown = input.value;
        return;
      }
      for (const option of rows()) {
        const remove = made("button", { type: "button", class: "combobox__remove" }, "×");
        remove.setAttribute("aria-label", data.remove.replace("%s", option.textContent));
        remove.addEventListener("click", () => {
          option.selected = false;
          changed();
          input.focus();
        });
        chosen.append(made("li", {}, made("span", {}, option.textContent), remove));
      }
    }

    function activate(option) {
      active?.classList.remove("combobox__option--active");
      active = option;
      input.removeAttribute("aria-activedescendant");
      if (!option) return;
      option.classList.add("combobox__option--active");
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }

    function close() {
      clearTimeout(timer);
      asked += 1;
      activate(null);
      found.hidden = true;
      found.replaceChildren();
      told.textContent = "";
      input.setAttribute("aria-expanded", "false");
    }

    // Return whether what is sent is what the box shows; words that choose nothing would be lost with a save.
    function isSettled() {
      if (!select.multiple && !input.value.trim() && rows().length) {
        select.value = "";
        changed();
      }
      if (!input.isConnected || input.value.trim() === shown.trim()) return true;
      input.ariaInvalid = "true";
      told.textContent = data.unchosen;
      told.classList.add("combobox__told--seen");
      return false;
    }

    function choose({ value, text }) {
      let option = [...select.options].find((each) => each.value === value);
      if (!option) {
        option = new Option(text, value);
        select.add(option);
      }
      option.selected = select.multiple ? !option.selected : true;
      if (select.multiple) input.value = "";
      close();
      changed();
    }

    function list({ results, pagination }) {
      const values = new Set(rows().map((each) => each.value));
      found.replaceChildren(
        ...results.map(({ id, text }, number) => {
          const option = made("li", { role: "option", class: "combobox__option" }, text);
          option.id = `${found.id}_${number}`;
          option.setAttribute("aria-selected", String(values.has(id)));
          // The focus stays in the box.
          option.addEventListener("mousedown", (event) => event.preventDefault());
          option.addEventListener("click", () => choose({ value: id, text }));
          return option;
        }),
      );
      found.hidden = !results.length;
      input.setAttribute("aria-expanded", String(!found.hidden));
      const number = data.found.replace("%s", results.length);
      told.textContent = !results.length ? data.nothing : pagination.more ? data.more : number;
      told.classList.toggle("combobox__told--seen", !results.length || pagination.more);
    }

    async function ask(term) {
      asked += 1;
      const number = asked;
      const query = new URLSearchParams({
        term,
        app_label: data.appLabel,
        model_name: data.modelName,
        field_name: data.fieldName,
      });
      if (data.without) query.set("without", data.without);
      try {
        const answer = await fetch(`${data.url}?${query}`);
        if (number !== asked) return;
        activate(null);
        list(answer.ok ? await answer.json() : { results: [], pagination: {} });
      } catch {
        if (number === asked) close();
      }
    }

    async function move(step) {
      if (found.hidden) await ask("");
      const options = [...found.children];
      const next = options.indexOf(active) + step;
      activate(options.at(active ? next % options.length : Math.min(step, 0)));
    }

    input.addEventListener("input", () => {
      clearTimeout(timer);
      input.ariaInvalid = select.ariaInvalid;
      timer = setTimeout(ask, WAIT, input.value);
    });
    input.addEventListener("click", () => found.hidden && ask(""));
    input.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) move(step);
      else if (event.key === "Enter" && active) active.click();
      else if (event.key === "Enter" && !found.hidden && found.children.length === 1) {
        found.firstElementChild.click();
      } else if (event.key === "Escape" && (!found.hidden || input.value !== shown)) {
        close();
        show();
        input.value = shown;
      } else return;
      event.preventDefault();
    });
    input.addEventListener("blur", () => {
      close();
      isSettled();
    });
    select.form?.addEventListener(
      "submit",
      (event) => {
        if (isSettled()) return;
        // Before anything takes the form for sent.
        event.preventDefault();
        event.stopImmediatePropagation();
        input.focus();
      },
      true,
    );

    if (label) label.htmlFor = input.id;
    select.hidden = true;
    select.after(box);
    close();
    show();
    select.addEventListener("change", show);
    new MutationObserver(show).observe(select, { childList: true, subtree: true });
  }

  const start = (part) => {
    for (const select of part.querySelectorAll("select.found-by-typing:not([hidden])")) {
      if (!select.closest(".empty-form")) combobox(select);
    }
  };

  document.addEventListener("DOMContentLoaded", () => start(document));
  document.addEventListener("formset:added", (event) => start(event.target));
}
