// A picture is chosen in a dialog, by what it shows, or a new one is added there: the form behind it
// stays as it is. Who wants one dispatches `desk:picture` with {words, take}: `words` has the address
// `pick`, and what is said where it does not answer; `take` gets {key, code, words} of what was chosen.
// Of `files`, too, each is asked about in turn; `leave` is called when the last is done with. Of `codes`, each
// that of a picture which waits to be described, `take` gets what became of it, and its code; who closes
// the dialog leaves the others for later. What comes of a document says `since` when that was dropped: it waits
// for the dialog that is open, and where somebody has gone on writing nothing opens.

{
  const WAIT = 200;
  const OF_KEY = /\/0\//;
  const dialog = document.createElement("dialog");
  dialog.className = "picker-dialog";
  dialog.setAttribute("aria-labelledby", "picker-title");
  let take, leave, told;
  let files = [];
  let codes = [];
  let described;
  let isAsking = false;
  let written = 0;
  const waiting = [];
  let asked = 0;
  let timer;

  const part = (name) => dialog.querySelector(`.picker__${name}`);
  const elements = (html) => new DOMParser().parseFromString(html, "text/html").body;

  async function answer(address, options) {
    try {
      const said = await fetch(address, options);
      const isHtml = said.headers.get("Content-Type").startsWith("text/html");
      return { isRefused: said.status >= 400 && said.status !== 422, isHtml, text: await said.text() };
    } catch {
      return { isRefused: true, isHtml: false, text: "" };
    }
  }

  function say(words) {
    part("status").textContent = words;
  }

  function chosen(picture) {
    dialog.close(picture.code);
    take(picture, described);
  }

  async function search({ before = "" } = {}) {
    asked += 1;
    const number = asked;
    const query = new URLSearchParams({ q: part("search").q.value, before });
    const { isRefused, text } = await answer(`${told.pick}?${query}`);
    if (number !== asked) return;
    say(isRefused ? told.failed : "");
    if (isRefused) return;
    const found = elements(text).querySelector(".picker__found");
    if (before) {
      const [first] = found.querySelectorAll("li");
      found.querySelector("ul").prepend(...part("list").children);
      part("found").replaceWith(found);
      first?.querySelector("button").focus();
    } else {
      part("found").replaceWith(found);
    }
  }

  async function add(event) {
    event.preventDefault();
    const form = event.target;
    const button = part("add");
    if (button.disabled) return;
    button.disabled = true;
    say(told.adding);
    const said = await answer(told.pick, { method: "POST", body: new FormData(form) });
    button.disabled = false;
    if (said.isRefused) {
      say(told.failed);
    } else if (said.isHtml) {
      form.replaceWith(elements(said.text).firstElementChild);
      say("");
      await uploads();
      const wrong = part("new").querySelector(".errors :is(input:not([type=hidden]), textarea)");
      wrong?.focus();
    } else {
      chosen(JSON.parse(said.text));
      // The next one begins anew.
      dialog.replaceChildren();
    }
  }

  /** Let the box of the new picture take files. */
  async function uploads() {
    const box = dialog.querySelector(".upload");
    if (!box) return;
    await import(dialog.firstElementChild.dataset.uploads);
    box.dispatchEvent(new Event("desk:upload", { bubbles: true }));
  }

  async function open() {
    // A text that gets its focus back from a dialog has its cursor at the start.
    if (document.activeElement.isContentEditable) document.activeElement.blur();
    const file = files.shift();
    described = codes.shift();
    dialog.returnValue = "";
    if (file || described) dialog.replaceChildren();
    if (dialog.querySelector(".picker")) {
      dialog.showModal();
      await search();
      return;
    }
    const of = described ? `?${new URLSearchParams({ code: described })}` : "";
    const { isRefused, isHtml, text } = await answer(told.pick + of);
    if (isRefused || !isHtml) {
      const words = document.createElement("p");
      words.id = "picker-title";
      words.textContent = told.failed;
      const close = document.createElement("button");
      close.type = "button";
      close.className = "picker__close";
      close.textContent = told.close;
      dialog.replaceChildren(words, close);
      dialog.showModal();
      return;
    }
    dialog.replaceChildren(elements(text).firstElementChild);
    dialog.showModal();
    part("search").q.focus();
    await uploads();
    if (file) {
      dialog.querySelector(".upload")?.dispatchEvent(new CustomEvent("desk:files", { detail: [file] }));
    }
    if (file || described) part("new")?.elements.alternative_en.focus();
  }

  dialog.addEventListener("click", (event) => {
    const choice = event.target.closest(".picker__choice");
    if (choice) chosen({ key: choice.value, ...choice.dataset });
    else if (event.target.closest(".picker__close")) dialog.close();
    else if (event.target.closest(".picker__more")) search({ before: event.target.value });
  });
  dialog.addEventListener("input", (event) => {
    if (event.target.name !== "q") return;
    clearTimeout(timer);
    timer = setTimeout(search, WAIT);
  });
  dialog.addEventListener("submit", (event) => {
    if (event.target.matches(".picker__new")) {
      add(event);
      return;
    }
    event.preventDefault();
    search();
  });

  dialog.addEventListener("close", () => {
    // What is described now is no picture of the next dialog.
    if (described) dialog.replaceChildren();
    if (files.length || (codes.length && dialog.returnValue)) {
      open();
      return;
    }
    isAsking = false;
    leave?.();
    if (waiting.length) begin(waiting.shift());
  });

  function begin(detail) {
    isAsking = true;
    ({ take, leave, words: told } = detail);
    files = [...(detail.files ?? [])];
    codes = [...(detail.codes ?? [])];
    // Outside the form, which Enter in it would send.
    if (!dialog.isConnected) document.body.append(dialog);
    open();
  }

  document.addEventListener("desk:picture", ({ detail }) => {
    const { files, since } = detail;
    if (isAsking) {
      // Of a second click there is nothing to do.
      if (files || since) waiting.push(detail);
      return;
    }
    const isElsewhere = written > since || document.querySelector("dialog:modal");
    if (!(since && isElsewhere)) begin(detail);
  });

  // A script, too, says that it has changed a field.
  document.addEventListener("input", ({ isTrusted, target, timeStamp }) => {
    if (isTrusted && !dialog.contains(target)) written = timeStamp;
  });

  // The field of a form: the select stays what is sent.
  function field(select) {
    const { file, choose, another, leave } = select.dataset;
    const made = (name, className) => {
      const element = document.createElement(name);
      element.className = className;
      return element;
    };
    const picture = made("img", "picked__picture");
    picture.alt = "";
    const words = made("span", "picked__words");
    const opener = made("button", "picked__choose");
    opener.type = "button";
    opener.id = `${select.id}_choose`;
    const remove = made("button", "picked__leave");
    remove.type = "button";
    remove.textContent = leave;
    const box = made("div", "picked");
    box.append(picture, words, opener, remove);
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (select.hasAttribute(name)) opener.setAttribute(name, select.getAttribute(name));
    }

    const choice = () => [...select.selectedOptions].find((each) => each.value);

    function show() {
      const option = choice();
      picture.hidden = words.hidden = remove.hidden = !option;
      if (option) picture.src = file.replace(OF_KEY, `/${option.value}/`);
      words.textContent = option?.textContent ?? "";
      opener.textContent = option ? another : choose;
    }

    function changed() {
      select.dispatchEvent(new Event("change", { bubbles: true }));
      opener.focus();
    }

    function takePicture({ key, words: said }) {
      let option = [...select.options].find((each) => each.value === String(key));
      if (!option) {
        option = new Option(said, key);
        select.add(option);
      }
      option.selected = true;
      changed();
    }

    opener.addEventListener("click", () =>
      select.dispatchEvent(
        new CustomEvent("desk:picture", {
          bubbles: true,
          detail: { words: select.dataset, take: takePicture },
        }),
      ),
    );
    remove.addEventListener("click", () => {
      select.value = "";
      changed();
    });
    const [label] = select.labels;
    if (label) {
      label.id ||= `${select.id}-label`;
      label.htmlFor = opener.id;
      opener.setAttribute("aria-labelledby", `${label.id} ${opener.id}`);
    }
    select.hidden = true;
    select.after(box);
    // What it adds is added in the dialog.
    const add = select.closest(".related-widget-wrapper")?.querySelector(".add-related");
    if (add) add.hidden = true;
    show();
    select.addEventListener("change", show);
    new MutationObserver(show).observe(select, { childList: true, subtree: true });
  }

  const start = (root) => {
    for (const select of root.querySelectorAll("select.picked-picture:not([hidden])")) {
      if (!select.closest(".empty-form")) field(select);
    }
  };
  document.addEventListener("DOMContentLoaded", () => start(document));
  document.addEventListener("formset:added", (event) => start(event.target));
}
