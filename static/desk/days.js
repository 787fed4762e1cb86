// What a day or a moment means stands beside it while it is typed: the server reads it, as it will
// read what is sent.

{
  const wait = 250;
  const timers = new WeakMap();

  // The zone that the account has chosen, or else that of the browser.
  const own = document.querySelector("script[data-zone]")?.dataset.zone;

  // The time of a moment there, and its day where that is another one.
  const withYou = (box) => {
    const { moment, withYou: phrase } = box.dataset;
    if (!moment) return "";
    const language = document.documentElement.lang;
    const day = { weekday: "long", day: "numeric", month: "long" };
    const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const here = (options, zone = own) =>
      new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
        ...options,
        timeZone: zone,
      }).format(new Date(moment));
    const site = document.body.dataset.adminServerTimezone;
    if (here({ ...day, ...time }, site) === here({ ...day, ...time })) return "";
    const isOtherDay = here(day, site) !== here(day);
    return `, ${phrase.replace("%s", here(isOtherDay ? { ...day, ...time } : time))}`;
  };

  const show = (box, { words: meaning = "", day = "", moment = "", error = "" }) => {
    const words = box.querySelector(".in-words");
    Object.assign(box.dataset, { day, moment });
    words.classList.toggle("in-words--wrong", Boolean(error));
    words.textContent = error || meaning + withYou(box);
  };

  const ask = async (field, box) => {
    const text = field.value.trim();
    const asked = new URLSearchParams({ kind: box.dataset.kind, text });
    try {
      const answer = await fetch(`${box.dataset.asks}?${asked}`);
      if (field.value.trim() === text && answer.ok) show(box, await answer.json());
    } catch {
      // Without a connection it says nothing, and the server says it after the save.
      show(box, {});
    }
  };

  document.addEventListener("input", ({ target }) => {
    const box = target.closest(".day-input");
    if (!box) return;
    box.dataset.day = "";
    clearTimeout(timers.get(target));
    timers.set(target, setTimeout(ask, wait, target, box));
  });

  document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll(".day-input")) {
      box.querySelector(".in-words").append(withYou(box));
    }
  });
}
