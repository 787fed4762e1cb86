// What a day or a moment means stands beside it while it is typed: the server reads it, as it will
// read what is sent.

{
  const wait = 250;
  const timers = new WeakMap();

  // The zone that the account has chosen, or else that of the browser.
  const own = document.querySelector("script[data-zone]")?.dataset.zone;

  // The time of a moment there, and its day where that is another one.
  const withYou = (words) => {
    const { moment, withYou: phrase } = words.dataset;
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

  const show = (words, { words: meaning = "", moment = "", error = "" }) => {
    words.dataset.moment = moment;
    words.classList.toggle("in-words--wrong", Boolean(error));
    words.textContent = error || meaning + withYou(words);
  };

  const ask = async (field, words) => {
    const text = field.value.trim();
    try {
      const answer = await fetch(`${words.dataset.asks}&text=${encodeURIComponent(text)}`);
      if (field.value.trim() === text && answer.ok) show(words, await answer.json());
    } catch {
      // Without a connection it says nothing, and the server says it after the save.
      show(words, {});
    }
  };

  document.addEventListener("input", ({ target }) => {
    const words = target.nextElementSibling;
    if (!words?.matches(".in-words")) return;
    clearTimeout(timers.get(target));
    timers.set(target, setTimeout(ask, wait, target, words));
  });

  document.addEventListener("DOMContentLoaded", () => {
    for (const words of document.querySelectorAll(".in-words[data-moment]")) {
      words.append(withYou(words));
    }
  });
}
