// What is written in a form of the desk goes to the site every few seconds, and until it is there it
// stays in this browser, for its account alone. Whatever is found here later is sent then, and the site
// offers it where the form is opened again.
"use strict";

{
  const { account = "", zone } = document.currentScript.dataset;
  const OURS = "working-copy:";
  const MINE = `${OURS}${account}:`;
  const LONGEST_WAIT = 30 * 24 * 3600 * 1000;
  // A browser sends no more than this of a page that is being left.
  const LAST_WORDS = 60000;
  const TOKEN = "working_copy";

  const csrfToken = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

  async function send(address, fields, more, keepalive = false) {
    const body = new FormData();
    for (const [name, value] of [...fields, ...Object.entries(more)]) body.append(name, value);
    body.set(`${TOKEN}_account`, account);
    const answer = await fetch(address, {
      method: "POST",
      body,
      keepalive,
      redirect: "manual",
      headers: { "X-CSRFToken": csrfToken() },
    });
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { status: answer.status, ...(isOurs ? await answer.json() : {}) };
  }

  // In this browser

  const nameOf = (token) => MINE + token;

  function keepHere(token, text) {
    try {
      localStorage.setItem(nameOf(token), JSON.stringify(text));
      return true;
    } catch {
      return false;
    }
  }

  function here(token) {
    try {
      return JSON.parse(localStorage.getItem(nameOf(token)));
    } catch {
      return null;
    }
  }

  const isThere = (token, step) => {
    if (here(token)?.step <= step) localStorage.removeItem(nameOf(token));
  };

  function tokensHere() {
    try {
      return Object.keys(localStorage)
        .filter((name) => name.startsWith(MINE))
        .map((name) => name.slice(MINE.length));
    } catch {
      return [];
    }
  }

  // Send what this browser has of other forms, and say whether the site took anything new.
  async function handOver(apartFrom) {
    let hasNew = false;
    for (const token of tokensHere()) {
      const text = here(token);
      if (token === apartFrom) continue;
      if (!text || Date.now() - text.step > LONGEST_WAIT) {
        localStorage.removeItem(nameOf(token));
        continue;
      }
      const more = { [TOKEN]: token, [`${TOKEN}_step`]: text.step, [`${TOKEN}_left`]: "1" };
      try {
        const answer = await send(text.address, text.fields, more);
        if (answer.status !== 200) continue;
        isThere(token, text.step);
        hasNew = true;
      } catch {
        // No connection: the next page tries again.
      }
    }
    return hasNew;
  }

  // The form of this page

  // Whether a browser that went back has put in what was written, of what the site drew.
  function isRestored(form) {
    return [...form.elements].some((field) => {
      if (field.type === "hidden" || !field.name) return false;
      if (field.options) {
        const options = [...field.options];
        return (
          options.some((each) => each.defaultSelected) &&
          options.some((each) => each.selected !== each.defaultSelected)
        );
      }
      if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
      return "defaultValue" in field && field.value !== field.defaultValue;
    });
  }

  function hashOf(text) {
    let hash = text.length;
    for (let at = 0; at < text.length; at += 1) hash = (hash * 31 + text.charCodeAt(at)) | 0;
    return hash;
  }

  const WAIT = 2000;
  const AGAIN = 4000;
  const STILL_OPEN = 8000;
  // A long text takes its time, and others want to send as well: so many letters a millisecond.
  const PACE = 50;

  function keepForm(form, box) {
    const { address } = box.dataset;
    const stepField = form.elements[`${TOKEN}_step`];
    const kept = box.querySelector(".working-copy__kept");
    const told = box.querySelector(".working-copy__told");
    const others = form.querySelector(".working-copy__others");
    let isBusy = false;
    let isLeaving = false;
    let lastHeard = 0;
    let changedAt = 0;
    let failures = 0;

    const fields = () =>
      [...new FormData(form)].filter(
        ([name, value]) =>
          typeof value === "string" && !/^(_|csrfmiddlewaretoken|working_copy)|-__prefix__-/.test(name),
      );
    // As it stands on record, as it stands now, and as the site has it.
    const restored = isRestored(form);
    const cameBack = restored || "unsaved" in box.dataset;
    let written = JSON.stringify(fields());
    // What was sent from here before, and is here again, is the same form: it makes no second row.
    const before = history.state?.[TOKEN];
    if (restored && before?.hash === hashOf(written)) {
      form.elements[TOKEN].value = before.token;
      stepField.value = before.step;
    }
    const drawn = Number(stepField.value);
    const token = form.elements[TOKEN].value;
    let stored = cameBack ? null : written;
    let sent = stored;
    let isTouched = cameBack;
    const isUnsaved = () => written !== stored;
    let step = cameBack ? Math.max(Date.now(), drawn + 1) : drawn;

    function tell(words) {
      box.hidden = false;
      // Said again, it would be read out again.
      if (told.textContent !== words) told.textContent = words;
    }

    function look() {
      const now = fields();
      const text = JSON.stringify(now);
      if (text === written) return;
      written = text;
      if (!isTouched) {
        // What scripts make of a form that opens nobody has written.
        stored = sent = text;
        return;
      }
      changedAt ||= Date.now();
      step = Math.max(Date.now(), step + 1);
      if (isUnsaved()) keepHere(token, { address, step, fields: now });
      else localStorage.removeItem(nameOf(token));
    }

    // What has not arrived is here, or nowhere.
    function complain(words) {
      failures += 1;
      if (!isUnsaved()) return false;
      kept.textContent = "";
      tell(keepHere(token, { address, step, fields: fields() }) ? words : box.dataset.nowhere);
      return false;
    }

    function showOthers(list) {
      if ([...others.children].map((each) => each.textContent).join() === list.join()) return;
      others.replaceChildren(
        ...list.map((words) => {
          const item = document.createElement("li");
          item.textContent = words;
          return item;
        }),
      );
    }

    function heard(answer, text, ofStep) {
      if (answer.status === 200) {
        failures = 0;
        if (text !== null) {
          sent = text;
          isThere(token, ofStep);
          changedAt = written === text ? 0 : Date.now();
          kept.textContent = text === stored ? "" : answer.kept;
        }
        tell(answer.note);
        box.hidden = !(kept.textContent || answer.note);
        showOthers(answer.others);
        // Who has signed in anew has another token.
        for (const each of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
          each.value = csrfToken() || each.value;
        }
        return true;
      }
      const { signedOut, busy, refused } = box.dataset;
      const isOut = answer.status === 0 || answer.status === 403;
      return complain(answer.message ?? (isOut ? signedOut : answer.status < 500 ? refused : busy));
    }

    async function pulse(more = {}) {
      look();
      const text = written === sent ? null : written;
      const ofStep = step;
      let now = [];
      if (text !== null) {
        now = isUnsaved() ? fields() : [];
        more[`${TOKEN}_step`] = ofStep;
        if (!now.length) more[`${TOKEN}_undone`] = "1";
      }
      more[TOKEN] = token;
      if (document.hidden) more[`${TOKEN}_unseen`] = "1";
      isBusy = true;
      lastHeard = Date.now();
      try {
        return heard(await send(address, now, more), text, ofStep);
      } catch {
        return complain(box.dataset.offline);
      } finally {
        isBusy = false;
      }
    }

    // The last words go along as well, whatever is under way.
    async function flush() {
      while (isBusy) await new Promise((done) => setTimeout(done, 50));
      look();
      return written === sent || pulse();
    }

    function tick() {
      if (isBusy || isLeaving) return;
      look();
      const now = Date.now();
      const wait = failures ? AGAIN : WAIT + written.length / PACE;
      const isDue = written !== sent && now - (failures ? lastHeard : changedAt) > wait;
      if (isDue || now - lastHeard > STILL_OPEN) pulse();
    }

    let soon = 0;
    const lookSoon = () => {
      clearTimeout(soon);
      soon = setTimeout(look, 250);
    };
    for (const event of ["input", "change", "formset:added", "formset:removed"]) {
      form.addEventListener(event, lookSoon);
    }
    for (const event of ["input", "change", "keydown", "pointerdown"]) {
      document.addEventListener(event, () => (isTouched = true), { capture: true, once: true });
    }
    setInterval(tick, 1000);
    window.addEventListener("online", () => pulse());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) look();
      else tick();
    });

    document.addEventListener("submit", (event) => {
      if (event.target !== form || event.defaultPrevented) return;
      if (event.submitter?.formTarget === "_blank") {
        // It is looked at in another window, and goes on here.
        stepField.value = Math.max(Date.now(), step);
        return;
      }
      if (isLeaving) {
        // The second click of two.
        event.preventDefault();
        return;
      }
      isLeaving = true;
      // Where the answer never comes it may be sent again.
      setTimeout(() => (isLeaving = false), 5000);
      written = JSON.stringify(fields());
      step = Math.max(Date.now(), step + 1);
      stepField.value = step;
      history.replaceState({ ...history.state, [TOKEN]: { token, step, hash: hashOf(written) } }, "");
      if (isUnsaved()) keepHere(token, { address, step, fields: fields() });
    });

    window.addEventListener("beforeunload", (event) => {
      look();
      if (!isUnsaved() || isLeaving) return;
      event.preventDefault();
      if (written !== sent && !isBusy) pulse();
    });
    window.addEventListener("pagehide", () => {
      if (isLeaving) return;
      look();
      const isShort = written.length < LAST_WORDS / 3;
      const more = { [TOKEN]: token, [`${TOKEN}_left`]: "1" };
      const isNew = written !== sent && isUnsaved() && isShort;
      if (isNew) more[`${TOKEN}_step`] = step;
      send(address, isNew ? fields() : [], more, true).catch(() => {});
    });
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      isLeaving = false;
      pulse();
    });

    const choice = document.querySelector(".language-choice");
    choice?.addEventListener("submit", async (event) => {
      look();
      if (isLeaving || !isUnsaved()) return;
      event.preventDefault();
      if (await flush()) {
        const next = new URL(location.href);
        next.searchParams.set(TOKEN, token);
        choice.elements.next.value = next.pathname + next.search;
        isLeaving = true;
        choice.requestSubmit(event.submitter);
      } else if (window.confirm(told.textContent)) {
        isLeaving = true;
        choice.requestSubmit(event.submitter);
      }
    });

    const hasUnsaved = () => {
      look();
      return isUnsaved();
    };
    return { token, address, flush, pulse, drawn, hasUnsaved };
  }

  async function showOffers(kept) {
    const answer = await fetch(`${kept.address}?apart_from=${kept.token}`, { redirect: "manual" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const offers = page.querySelector(".working-copy-offers");
    document.querySelector(".working-copy-offers")?.remove();
    if (offers) document.querySelector("#content-main").before(offers);
  }

  function showWhatIsHere(section) {
    const texts = tokensHere().map(here).filter(Boolean);
    section.hidden = !texts.length;
    for (const { step, fields } of texts) {
      const title = document.createElement("h3");
      title.textContent = new Date(step).toLocaleString(document.documentElement.lang, {
        timeZone: zone,
      });
      const words = document.createElement("pre");
      words.className = "unsaved-texts__words";
      words.textContent = fields
        .filter(([name, value]) => value.trim() && !/-(TOTAL|INITIAL|M\w+)_|-id$|^seen_version/.test(name))
        .map(([name, value]) => `${name}: ${value}`)
        .join("\n\n");
      section.append(title, words);
    }
    section.querySelector("button").addEventListener("click", () => {
      for (const token of tokensHere()) localStorage.removeItem(nameOf(token));
      section.hidden = true;
    });
  }

  async function start() {
    const box = document.querySelector(".working-copy");
    const form = document.querySelector(`[name=${TOKEN}_step]`)?.form;
    const kept = box && form ? keepForm(form, box) : null;
    const out = document.querySelector("#logout-form");
    out?.addEventListener("submit", async (event) => {
      if (!kept?.hasUnsaved() && !tokensHere().length) return;
      event.preventDefault();
      await kept?.flush();
      await handOver(kept?.token);
      out.submit();
    });
    // Who has followed a link meanwhile would be held back by a page that loads anew.
    let isGoing = false;
    window.addEventListener("beforeunload", () => (isGoing = true), { once: true });
    // What the site gave for this form may be older than what was written here.
    const isOlder = kept && here(kept.token)?.step > kept.drawn;
    const hasNew = await handOver(isOlder ? "" : kept?.token);
    if (isGoing) return undefined;
    if (isOlder && hasNew) return location.reload();
    kept?.pulse();
    if (kept && hasNew) await showOffers(kept);
    const section = document.querySelector(".unsaved-texts__browser");
    if (section && hasNew) location.reload();
    else if (section) showWhatIsHere(section);
    return undefined;
  }

  // Only then a browser that went back has put in what was written.
  if (account) window.addEventListener("pageshow", start, { once: true });
}
