/* What every page starts: lists, the explorer where it is on the page, the search in its head. */
(() => {
  "use strict";

  const root = new URL("../../", document.currentScript.src);
  const modules = new URL("@modules@", root);
  const index = new URL("@index@", root);

  function onEachPage(start) {
    // On a page that was opened from a file, the theme's navigation ends document$ before it begins.
    const told = typeof document$ !== "undefined" && location.protocol !== "file:";
    if (told) document$.subscribe(start);
    else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
  }

  /* Sorting by the head of a column. Without this script the radio buttons above a table do it. */
  function lists() {
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
        const place = (row) => Number.parseInt(row.getAttribute(`data-pa-${key}`), 36);
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
      for (const list of document.querySelectorAll(".pa-list")) enhance(list);
      // The frames that the theme puts around wide tables cannot be scrolled by keyboard.
      requestAnimationFrame(() => {
        for (const frame of document.querySelectorAll(".md-typeset__scrollwrap")) frame.tabIndex = 0;
      });
    }

    onEachPage(start);
  }

  /* The explorer's modules are loaded where it is on the page. */
  function explorer() {
    let leave = () => {};

    function start() {
      const place = document.querySelector("[data-pa-explorer]");
      if (place?.dataset.paStarted) return;
      leave();
      leave = () => {};
      if (!place) return;
      const part = (name) => place.querySelector(`[data-pa-part=${name}]`);
      // From a file no module can be loaded, and no index.
      place.dataset.paStarted = location.protocol === "file:" ? "alone" : "true";
      if (place.dataset.paStarted === "alone") part("file").hidden = false;
      else {
        import(new URL("explorer.js", modules)).then(
          ({ explore }) => {
            if (place.isConnected) leave = explore(place, index);
          },
          () => {
            part("failed").hidden = false;
            part("failed").querySelector("button").onclick = () => location.reload();
          },
        );
      }
    }

    onEachPage(start);
  }

  /* The search in the head of a page: its keys, and its parts when it is used first. */
  function searchInHead() {
    const form = document.querySelector("form[data-pa-search]");
    if (!form) return;
    const field = form.elements.namedItem("q");
    const toggle = document.querySelector("#__search");
    // The head of the page stays while an instant navigation changes the address it is seen from.
    form.setAttribute("action", form.action);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");

    let box = null;
    let before = null;

    async function begin() {
      if (location.protocol === "file:") return refuse();
      return import(new URL("header.js", modules)).then(({ mount }) => mount(form, index), refuse);
    }

    function use() {
      box ??= begin();
    }

    // A page that was opened from a file may load no module, and has no index to ask.
    function refuse() {
      const told = document.createElement("p");
      told.className = "pa-search__refused";
      told.setAttribute("role", "status");
      const file = location.protocol === "file:";
      const reason = file ? "a page opened from a file cannot search" : "it cannot be loaded";
      const list = document.createElement("a");
      list.href = form.action;
      list.append("list of all incidents");
      told.append(`No search: ${reason}. See the `, list, ".");
      form.after(told);
    }

    // The page of all incidents has a field of its own for the same search.
    function lead() {
      const own = document.querySelector("main input[type=search][name=q]");
      const found = own?.getClientRects().length ? own : field;
      if (found === field && toggle && !toggle.checked) toggle.click();
      found.focus();
      found.select();
    }

    function types(target) {
      const fields = "input:not([type=checkbox], [type=radio], [type=button]), textarea, select";
      return target instanceof Element && (target.matches(fields) || target.isContentEditable);
    }

    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.altKey || event.isComposing) return;
      const withControl = event.ctrlKey || event.metaKey;
      const asked = (withControl ? ["k", "K"] : ["/", "s", "f"]).includes(event.key);
      if (!asked || types(event.target) || document.querySelector("dialog:modal")) return;
      event.preventDefault();
      lead();
    });
    field.addEventListener("focus", (event) => {
      before = event.relatedTarget;
      use();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      field.blur();
      if (before?.isConnected) before.focus();
    });
    toggle?.addEventListener("change", () => {
      if (toggle.checked) field.focus();
    });
    const opener = document.querySelector(".pa-search__open");
    opener.addEventListener("click", lead);
    form.querySelector("button.pa-search__back").addEventListener("click", () => {
      toggle?.click();
      opener.focus();
    });

    // A result leads to its page with the words that it was found by: ?h=…
    function mark() {
      globalThis.CSS?.highlights?.delete("pa-found");
      const words = new URLSearchParams(location.search).get("h");
      const area = document.querySelector("article");
      if (!area || !words || !("paHighlight" in form.dataset)) return;
      import(new URL("highlight.js", modules)).then(
        ({ highlight }) => area.isConnected && highlight(area, words),
        () => {},
      );
    }

    if (typeof document$ !== "undefined") document$.subscribe(mark);
    else mark();
  }

  /* Where the theme's search stays instead. */
  function theirSearch() {
    const field = document.querySelector("[data-md-component=search-query]");
    if (!field) return;
    // The theme leaves its dialog without a name.
    field.closest(".md-search")?.setAttribute("aria-label", "Search");
    const toggle = document.querySelector("#__search");
    const asked = new URLSearchParams(location.search).has("q");
    if (!asked || !toggle?.checked || !document.querySelector("[data-pa-explorer]")) return;
    // It takes the explorer's words for its own: it has opened over the explorer, and takes them out
    // of the address when it is closed.
    const { href } = location;
    toggle.click();
    field.value = "";
    field.blur();
    history.replaceState(history.state, "", href);
  }

  lists();
  explorer();
  theirSearch();
  searchInHead();
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
