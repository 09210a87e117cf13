/* Sorting by the head of a column. Without this script the radio buttons above a table do it where
   the browser's style sheets can read a number from an attribute. */
(() => {
  "use strict";

  function enhance(list) {
    if (list.dataset.paReady) return;
    list.dataset.paReady = "true";
    const table = list.querySelector("table.pa-incidents");
    if (!table) return;
    const body = table.tBodies[0];
    const written = [...body.rows];
    const heads = [...table.querySelectorAll("th[data-pa-sort]")];
    const radios = [...list.querySelectorAll(".pa-sort input")];

    function mark(head, direction) {
      for (const other of heads) other.removeAttribute("aria-sort");
      if (head) head.setAttribute("aria-sort", direction);
    }

    function order(key, reversed) {
      const rows = written.filter((row) => row.classList.contains("pa-row"));
      const place = (row) => Number(row.getAttribute(`data-pa-${key}`));
      const untold = (row) => Number((row.dataset.paUntold || "").split(" ").includes(key));
      const sign = reversed ? -1 : 1;
      rows.sort((a, b) => untold(a) - untold(b) || sign * (place(a) - place(b)));
      const whole = key === "newest" && !reversed;
      body.append(...(whole ? written : rows));
      for (const row of written) {
        if (row.classList.contains("pa-year")) row.hidden = !whole;
      }
      table.dataset.paSorted = "true";
    }

    for (const head of heads) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const key = head.dataset.paSort;
        const first = key === "newest" || key === "longest" ? "descending" : "ascending";
        const second = first === "descending" ? "ascending" : "descending";
        const direction = head.getAttribute("aria-sort") === first ? second : first;
        order(key, direction === second);
        mark(head, direction);
        const name = direction === first ? key : key === "newest" ? "oldest" : "";
        for (const radio of radios) radio.checked = radio.value === name;
      });
    }

    function choose(radio) {
      const oldest = radio.value === "oldest";
      const key = oldest ? "newest" : radio.value;
      order(key, oldest);
      const head = heads.find((other) => other.dataset.paSort === key);
      mark(head, key === "longest" || radio.value === "newest" ? "descending" : "ascending");
    }

    for (const radio of radios) {
      radio.addEventListener("change", () => choose(radio));
      // A browser may remember another choice when it comes back to the page.
      if (radio.checked && radio.value !== "newest") choose(radio);
    }
  }

  function start() {
    // The theme leaves its search dialog without a name.
    document.querySelector(".md-search:not([aria-label])")?.setAttribute("aria-label", "Search");
    for (const list of document.querySelectorAll(".pa-list")) enhance(list);
    // Nor can the frames that it puts around wide tables be scrolled by keyboard.
    requestAnimationFrame(() => {
      for (const frame of document.querySelectorAll(".md-typeset__scrollwrap")) frame.tabIndex = 0;
    });
  }

  if (typeof document$ !== "undefined") document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();

/* Diagrams. Where there is no Mermaid when the theme meets one, it asks another host for it; and on
   a page that it has put in place itself, no script of that page can be there in time. So it finds
   one that fetches the archive's, from where the page says, when the first picture is to be drawn. */
(() => {
  "use strict";

  let settings;
  let loaded;

  function load(source) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = () => {
        mermaid.initialize(settings);
        resolve();
      };
      script.onerror = () => reject(new Error(`${source} cannot be loaded`));
      document.head.append(script);
    });
  }

  // A site may bring its own; then it is there already, or takes this one's place.
  if (Object.hasOwn(window, "mermaid")) return;
  Object.defineProperty(window, "mermaid", {
    configurable: true,
    get() {
      const page = document.querySelector("[data-pa-mermaid]");
      if (!page) return undefined;
      const source = new URL(page.dataset.paMermaid, location);
      return {
        initialize: (given) => {
          settings = given;
        },
        render: async (...given) => {
          await (loaded ??= load(source));
          return mermaid.render(...given);
        },
      };
    },
    set(value) {
      Object.defineProperty(window, "mermaid", { configurable: true, writable: true, value });
    },
  });
})();
