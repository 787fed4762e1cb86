// What is pasted or dropped into a text goes to the server, which makes of it what a text may have.
//
// It is inserted where it was meant to stand, whatever is written meanwhile, and one after another.
const WORD = /\.docx$/i;
// Milliseconds. The pictures of a document are drawn before the answer.
const WAIT = 40_000;
const LONG_WAIT = 120_000;

function escaped(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made.innerHTML;
}

const paragraphs = (text) =>
  text
    .split(/[\r\n]+/)
    .filter((line) => line.trim())
    .map((line) => `<p>${escaped(line)}</p>`)
    .join("");

/** Words within a line keep the spaces around them, by which they stand apart from the others. */
function withSpaces(html, plain) {
  const isLine = html.startsWith("<p>") && html.indexOf("</p>") === html.length - 4;
  if (!isLine) return html;
  const [before, after] = [/^[ \u00a0]/, /[ \u00a0]$/].map((end) => (end.test(plain) ? " " : ""));
  return `<p>${before}${html.slice(3, -4)}${after}</p>`;
}

/** Return what the server says: {html, title, notes}, or {error} with a sentence, or nothing. */
async function ask(address, body, token, wait) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      body,
      headers: {
        Accept: "application/json",
        "Content-Type": "application/octet-stream",
        "X-CSRFToken": token,
      },
      signal: AbortSignal.timeout(wait),
    });
    return await answer.json();
  } catch {
    // No connection; or a page for people, such as that of an error.
    return {};
  }
}

class Paste {
  constructor(textarea) {
    this.textarea = textarea;
    this.form = textarea.form;
    this.editor = textarea.editor;
    this.box = textarea.closest(".editor");
    this.bar = this.box.querySelector(".paste");
    this.words = this.bar.dataset;
    this.status = this.bar.querySelector(".paste__status");
    this.pending = 0;
    this.queue = Promise.resolve();
  }

  start() {
    const { element } = this.editor;
    // Before the editor's own, which would read it as the browser does.
    element.addEventListener("paste", (event) => this.take(event, event.clipboardData), true);
    element.addEventListener(
      "drop",
      (event) => this.take(event, event.dataTransfer, { left: event.clientX, top: event.clientY }),
      true,
    );
    const file = this.bar.querySelector("input");
    this.bar.querySelector("button").addEventListener("click", () => file.click());
    file.addEventListener("change", () => {
      this.takeFiles([...file.files], this.editor.place());
      file.value = "";
    });
    // Nothing is sent without what is still to come.
    this.form.addEventListener(
      "submit",
      (event) => {
        if (!this.pending) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        this.queue.then(() => this.form.requestSubmit(event.submitter));
      },
      true,
    );
  }

  /** Take what an event brings, unless the editor knows better: its own text, and plain text. */
  take(event, data, at) {
    const html = data.getData("text/html");
    const files = [...data.files];
    const isOurs = html.includes("data-pm-slice");
    if (isOurs || (!html && !files.length)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const place = this.editor.place(at);
    // Word brings a picture of the text beside it.
    if (html) this.takeHTML(html, data.getData("text/plain"), place);
    else this.takeFiles(files, place);
  }

  takeHTML(html, plain, place) {
    // Pictures are left out anyway, and may be large.
    const body = html.replace(/(\ssrc\s*=\s*)(?:"data:[^"]*"|'data:[^']*')/gi, '$1""');
    this.later(async () => {
      const found = await this.ask(this.words.address, body);
      if (found.html) {
        this.insert({ ...found, html: withSpaces(found.html, plain) }, place);
      } else if (plain.trim()) {
        place.insertHTML(paragraphs(plain));
        this.say(found.error ?? this.words.failed, this.words.plain);
      } else {
        place.leave();
        this.say(...(found.notes ?? [found.error ?? this.words.failed]));
      }
    });
  }

  /** Ask what a picture shows, and put it here; of several one after another. */
  takePictures(files, place) {
    this.textarea.dispatchEvent(
      new CustomEvent("desk:picture", {
        bubbles: true,
        detail: {
          words: this.box.dataset,
          files,
          take: place.insertPicture,
          leave: () => {
            place.leave();
            this.editor.focus();
          },
        },
      }),
    );
  }

  takeFiles(files, place) {
    const pictures = files.filter((each) => each.type.startsWith("image/"));
    const file = files.find((each) => WORD.test(each.name));
    // Pictures, or one document: what else came is named.
    const left = files.filter((each) => (pictures.length ? !pictures.includes(each) : each !== file));
    const names = left.map((each) => each.name).join(", ");
    const said = names ? [`${this.words.notTaken} ${names}`] : [];
    if (pictures.length) {
      this.say(...said);
      this.takePictures(pictures, place);
      return;
    }
    if (!file || file.size > Number(this.words.largest)) {
      place.leave();
      this.say(file ? this.words.tooLarge : this.words.onlyWord);
      return;
    }
    const since = performance.now();
    this.later(async () => {
      const of = new URLSearchParams({ name: file.name, language: this.textarea.lang });
      const found = await this.ask(`${this.words.wordAddress}?${of}`, file, LONG_WAIT);
      if (found.notes) {
        const waiting = found.pictures.length ? [this.words.waiting] : [];
        this.insert(this.withTitle({ ...found, notes: [...waiting, ...found.notes, ...said] }), place);
        this.editor.describe(found.pictures, since);
      } else {
        place.leave();
        this.say(found.error ?? this.words.failed);
      }
    });
  }

  /** Let the title be the headline, where there is none yet. */
  withTitle(found) {
    if (!found.title) return found;
    const { elements } = this.form;
    const { lang } = this.textarea;
    const headline = elements[`headline_${lang}`] ?? elements[`title_${lang}`];
    if (!headline || headline.value.trim()) {
      return { ...found, html: `<h2>${escaped(found.title)}</h2>${found.html}` };
    }
    headline.value = found.title;
    for (const name of ["input", "change"]) {
      headline.dispatchEvent(new Event(name, { bubbles: true }));
    }
    return found;
  }

  insert(found, place) {
    place.insertHTML(found.html);
    this.say(...(found.notes.length ? found.notes : [this.words.done]));
  }

  later(work) {
    this.pending += 1;
    this.editor.element.ariaBusy = "true";
    this.say(this.words.cleaning);
    this.queue = this.queue
      .then(work)
      // What fails holds up neither what comes after it nor a save.
      .catch(() => this.say(this.words.notInserted))
      .finally(() => {
        this.pending -= 1;
        if (this.pending) this.say(this.words.cleaning);
        else this.editor.element.removeAttribute("aria-busy");
      });
  }

  ask(address, body, wait = WAIT) {
    return ask(address, body, this.form.elements.csrfmiddlewaretoken.value, wait);
  }

  say(...sentences) {
    this.status.textContent = sentences.join(" ");
  }
}

const known = new Map();
let last;

function start(textarea) {
  if (known.has(textarea)) return;
  const paste = new Paste(textarea);
  known.set(textarea, paste);
  paste.start();
  paste.editor.element.addEventListener("focus", () => (last = paste));
}

const shown = () =>
  last?.box.checkVisibility()
    ? last
    : [...known.values()].find((each) => each.box.checkVisibility());

// A file that is dropped beside a text would take the place of the page, with all that is written.
for (const name of ["dragover", "drop"]) {
  addEventListener(name, (event) => {
    const isFile = event.dataTransfer?.types.includes("Files");
    const paste = shown();
    if (!isFile || event.defaultPrevented || !paste || event.target.type === "file") return;
    event.preventDefault();
    if (name === "drop") paste.takeFiles([...event.dataTransfer.files], paste.editor.place());
  });
}

document.addEventListener("desk:editor", ({ target }) => start(target));
for (const textarea of document.querySelectorAll(".editor textarea")) {
  if (textarea.editor) start(textarea);
}
