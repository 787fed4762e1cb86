// A day is picked where it may be typed, too: the date picker dialog of the WAI-ARIA authoring
// practices. What is picked is written into the field as one types it; of a moment the time stays.

{
  const KEYS = {
    ArrowLeft: ({ back }) => back(1),
    ArrowRight: ({ on }) => on(1),
    ArrowUp: ({ back }) => back(7),
    ArrowDown: ({ on }) => on(7),
    Home: ({ back, weekday }) => back(weekday),
    End: ({ on, weekday }) => on(6 - weekday),
    PageUp: ({ months }, isYear) => months(isYear ? -12 : -1),
    PageDown: ({ months }, isYear) => months(isYear ? 12 : 1),
  };

  // What of a text is a time, as the server reads it.
  const TIME = /(?<=^|[\s,tT])\d{1,2}:\d{2}(:\d{2})?\s*$/;
  const DAY = /^\d{4}-\d{2}-\d{2}(?!\d)/;

  const language = document.documentElement.lang.replace(/^en$/, "en-GB");
  const words = (date, options) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(date);

  // A day is midnight in UTC: of its number alone, in no zone.
  const utc = (year, month, number) => new Date(Date.UTC(year, month, number));
  const iso = (date) => date.toISOString().slice(0, 10);

  const around = (date) => {
    const [year, month, number] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
    const lengthOf = (other) => utc(year, other + 1, 0).getUTCDate();
    return {
      // From Monday.
      weekday: (date.getUTCDay() + 6) % 7,
      before: (utc(year, month, 1).getUTCDay() + 6) % 7,
      length: lengthOf(month),
      numbered: (other) => utc(year, month, other),
      on: (days) => utc(year, month, number + days),
      back: (days) => utc(year, month, number - days),
      // On the same day of another month, or on its last.
      months: (count) => utc(year, month + count, Math.min(number, lengthOf(month + count))),
    };
  };

  const labelOf = (input) => input.labels[0]?.textContent.trim().replace(/:$/, "") ?? "";

  const start = (dialog) => {
    const part = (name) => dialog.querySelector(`.day-calendar__${name}`);
    let field;
    // The day of the field, and the one that has the focus.
    let picked;
    let reached;

    const today = () => {
      const timeZone = document.body.dataset.adminServerTimezone;
      return new Intl.DateTimeFormat("sv", { timeZone }).format(new Date());
    };

    const cell = (date) => {
      const made = document.createElement("td");
      const button = document.createElement("button");
      made.role = "none";
      button.role = "gridcell";
      button.type = "button";
      button.value = iso(date);
      button.tabIndex = button.value === iso(reached) ? 0 : -1;
      button.textContent = date.getUTCDate();
      button.ariaLabel = words(date, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
      if (button.value === today()) button.ariaCurrent = "date";
      if (button.value === picked) button.ariaSelected = "true";
      made.append(button);
      return made;
    };

    const show = (date) => {
      reached = date;
      const { before, length, numbered } = around(date);
      const month = words(date, { month: "long", year: "numeric" });
      // Said again, it would be read out again.
      if (part("month").textContent !== month) part("month").textContent = month;
      const weeks = [];
      for (let monday = 1 - before; monday <= length; monday += 7) {
        const week = document.createElement("tr");
        for (let number = monday; number < monday + 7; number += 1) {
          const isOfMonth = number >= 1 && number <= length;
          week.append(isOfMonth ? cell(numbered(number)) : document.createElement("td"));
        }
        weeks.push(week);
      }
      part("weeks").replaceChildren(...weeks);
    };

    const go = (date) => {
      show(date);
      part("weeks").querySelector("[tabindex='0']").focus();
    };

    const open = (of) => {
      field = of;
      const input = field.querySelector("input");
      // What has just been typed the server has not read yet.
      [picked] = input.value.trim().match(DAY) ?? [field.dataset.day];
      const date = new Date(picked || today());
      part("field").textContent = labelOf(input);
      dialog.showModal();
      go(Number.isNaN(date.getTime()) ? new Date(today()) : date);
    };

    const take = (taken) => {
      const input = field.querySelector("input");
      const { kind } = field.dataset;
      const [time = ""] = ["moment", "until"].includes(kind) ? (input.value.match(TIME) ?? []) : [];
      // A moment without its time waits for that to be typed.
      input.value = kind === "moment" || time ? `${taken} ${time}` : taken;
      for (const name of ["input", "change"]) {
        input.dispatchEvent(new Event(name, { bubbles: true }));
      }
      dialog.close();
      input.focus();
      input.setSelectionRange(input.value.length, input.value.length);
    };

    const monday = utc(2024, 0, 1);
    for (const heading of dialog.querySelectorAll("th")) {
      const date = around(monday).on(heading.cellIndex);
      heading.textContent = words(date, { weekday: "short" });
      heading.abbr = words(date, { weekday: "long" });
    }
    dialog.addEventListener("click", ({ target }) => {
      if (target.value) take(target.value);
      if (target.dataset.months) show(around(reached).months(Number(target.dataset.months)));
      if (target.matches(".day-calendar__today")) go(new Date(today()));
    });
    part("weeks").addEventListener("keydown", (event) => {
      const reach = KEYS[event.key];
      if (!reach || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      go(reach(around(reached), event.shiftKey));
    });

    document.addEventListener("click", ({ target }) => {
      const button = target.closest(".day-input button");
      if (button) open(button.parentElement);
    });
    document.addEventListener("keydown", (event) => {
      const of = event.target.closest(".day-input");
      if (!of) return;
      // A key that took a day, and is still held, sends no form.
      if (event.key === "Enter" && event.repeat) event.preventDefault();
      if (!event.altKey || event.key !== "ArrowDown") return;
      event.preventDefault();
      open(of);
    });
    for (const of of document.querySelectorAll(".day-input")) {
      const [input, button] = of.querySelectorAll("input, button");
      input.setAttribute("aria-keyshortcuts", "Alt+ArrowDown");
      button.ariaLabel += `: ${labelOf(input)}`;
      button.hidden = false;
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    const dialog = document.querySelector("dialog.day-calendar");
    if (dialog) start(dialog);
  });
}
