// Brings the page up to date: fetches it again and puts its <main> in place, as long as the page is looked at.
(() => {
  "use strict";
  const PAUSES = { fast: 2000, slow: 10000 };

  const busy = (main) =>
    main.contains(document.activeElement) && ["INPUT", "BUTTON"].includes(document.activeElement.tagName);

  const keep = (from, to) => {
    const before = from.querySelectorAll("details");
    to.querySelectorAll("details").forEach((element, index) => {
      if (before[index]) element.open = before[index].open;
    });
    const [log, fresh] = [from.querySelector(".log"), to.querySelector(".log")];
    if (!log || !fresh) return () => {};
    const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 4;
    const top = log.scrollTop;
    return () => { fresh.scrollTop = atEnd ? fresh.scrollHeight : top; };
  };

  const refresh = async () => {
    const main = document.querySelector("main");
    if (!document.hidden && !busy(main) && !String(window.getSelection())) {
      try {
        const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "error" });
        if (answer.ok) {
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          const fresh = page.querySelector("main");
          if (fresh && fresh.innerHTML !== main.innerHTML) {
            const scroll = keep(main, fresh);
            main.replaceWith(fresh);
            scroll();
          }
          document.body.classList.remove("offline");
        }
      } catch {
        document.body.classList.add("offline");
      }
    }
    plan();
  };

  const plan = () => {
    const pause = PAUSES[document.querySelector("main").dataset.live];
    if (pause) setTimeout(refresh, pause);
  };

  const log = document.querySelector(".log");
  if (log) log.scrollTop = log.scrollHeight;
  plan();
})();
