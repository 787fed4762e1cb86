// A file is sent as soon as it is chosen, dropped or pasted, so that no save waits for it or loses it.
class Upload {
  constructor(box) {
    this.box = box;
    this.words = box.dataset;
    this.form = box.closest("form");
    this.token = box.querySelector("input[type=hidden]");
    this.file = box.querySelector("input[type=file]");
    this.progress = box.querySelector("progress");
    this.said = box.querySelector(".upload__said");
    this.shown = box.querySelector(".upload__shown");
    this.picture = this.shown.querySelector("img");
    this.waiting = box.querySelector(".upload__waiting");
    this.queue = Promise.resolve();
    this.pending = 0;
    this.hasFailed = false;
  }

  start() {
    this.file.multiple = !this.words.isOne;
    for (const each of this.form.querySelectorAll(".upload-by-hand")) each.hidden = true;
    this.box.querySelector(".upload__hint").hidden = false;
    this.file.addEventListener("change", () => {
      this.take([...this.file.files]);
      this.file.value = "";
      // What is to be said of it next.
      this.form.elements.alternative_en?.focus();
    });
    // What is dropped beside it would take the place of the page.
    const zone = this.words.isSeveral ? document : (this.box.closest("dialog") ?? this.box);
    zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      this.box.classList.add("upload--over");
    });
    zone.addEventListener("dragleave", () => this.box.classList.remove("upload--over"));
    zone.addEventListener("drop", (event) => {
      if (!this.box.isConnected) return;
      event.preventDefault();
      this.box.classList.remove("upload--over");
      this.take([...event.dataTransfer.files]);
    });
    this.box.addEventListener("desk:files", (event) => this.take(event.detail));
    document.addEventListener("paste", (event) => {
      const files = [...event.clipboardData.files].filter((each) => each.type.startsWith(this.words.pasted));
      if (!files.length || !this.box.isConnected || !this.box.checkVisibility()) return;
      event.preventDefault();
      this.take(files);
    });
    // Nothing is saved without what is still to come, nor without what did not.
    this.form.addEventListener(
      "submit",
      (event) => {
        if (!this.pending) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        this.queue.then(() => {
          if (this.hasFailed) this.said.scrollIntoView({ block: "nearest" });
          else this.form.requestSubmit(event.submitter);
        });
      },
      true,
    );
    this.point();
  }

  take(brought) {
    const files = this.words.isOne ? brought.slice(0, 1) : brought;
    if (!this.pending) this.hasFailed = false;
    for (const [number, file] of files.entries()) {
      this.pending += 1;
      this.queue = this.queue
        .then(() => this.send(file, number === 0 && !this.words.isSeveral))
        .finally(() => {
          this.pending -= 1;
        });
    }
  }

  async send(file, isFirst) {
    const line = document.createElement("li");
    this.said.append(line);
    const fail = (words) => {
      line.textContent = `${file.name}: ${words}`;
      this.hasFailed = true;
    };
    if (file.size > Number(this.words.largest)) {
      fail(this.words.tooLarge);
      return;
    }
    line.textContent = `${this.words.arriving}: ${file.name}`;
    const answer = await this.post(file);
    if (!answer.token) {
      fail(answer.error ?? this.words.failed);
      return;
    }
    line.textContent = `${this.words.arrived}: ${answer.name}`;
    if (isFirst) {
      this.show(answer);
    } else {
      this.wait(answer);
    }
  }

  /** Return what the server says: {token, name, shown}, or {error}, or nothing. */
  post(file) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", `${this.words.address}?name=${encodeURIComponent(file.name)}`);
      request.responseType = "json";
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.setRequestHeader("X-CSRFToken", this.form.elements.csrfmiddlewaretoken.value);
      this.progress.hidden = false;
      request.upload.addEventListener("progress", (event) => {
        this.progress.value = (100 * event.loaded) / event.total;
      });
      request.addEventListener("loadend", () => {
        this.progress.hidden = true;
        resolve(request.response ?? {});
      });
      request.send(file);
    });
  }

  show(answer) {
    this.token.value = answer.token;
    this.token.dispatchEvent(new Event("change", { bubbles: true }));
    if (this.picture) this.picture.src = answer.shown;
    else this.shown.textContent = answer.shown;
    this.shown.hidden = false;
    this.box.querySelector(".upload__none")?.remove();
  }

  wait(answer) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${this.words.add}?uploaded=${answer.token}`;
    link.textContent = `${this.words.describe}: ${answer.name}`;
    item.append(link);
    this.waiting.querySelector("ul").append(item);
    this.waiting.hidden = false;
  }

  /** Show the focal point in the picture, and take it from a click there. */
  point() {
    const [x, y] = ["focal_x", "focal_y"].map((name) => this.form.elements[name]);
    if (!x || !y) return;
    const mark = document.createElement("span");
    mark.className = "upload__point";
    this.shown.append(mark);
    this.box.classList.add("upload--pointed");
    const draw = () => {
      mark.style.left = `${x.value || 50}%`;
      mark.style.top = `${y.value || 50}%`;
    };
    draw();
    for (const field of [x, y]) field.addEventListener("input", draw);
    this.picture.addEventListener("click", (event) => {
      const { left, top, width, height } = this.picture.getBoundingClientRect();
      x.value = Math.round((100 * (event.clientX - left)) / width);
      y.value = Math.round((100 * (event.clientY - top)) / height);
      for (const field of [x, y]) field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}

for (const box of document.querySelectorAll(".upload:not(dialog *)")) new Upload(box).start();
// One that comes later.
document.addEventListener("desk:upload", (event) => new Upload(event.target).start());
