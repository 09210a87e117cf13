/**
 * The search in the head of every page: results under its field as one types.
 *
 * The field is a combobox over a list of links: it keeps the focus, the arrows move through the
 * list, Enter follows the link chosen there. With none chosen Enter sends the form, which leads to
 * the page of all incidents.
 */

import { PARAMETER, sought } from "./highlight.js";
import { pageHit, putExcerpt, reportHit } from "./hits.js";
import { open, root } from "./index.js";
import { counted, make } from "./make.js";
import { keepWordsApart } from "./pasting.js";

const REPORTS = 8;
const PAGES = 5;
// A list that is there a little sooner, without excerpts, would only jump when they come.
const PATIENCE = 150; // milliseconds
// Letters typed in one go are looked for once: each search fetches the texts of what it finds.
const PAUSE = 80; // milliseconds
const LIST = "pa-search-found";

const TIPS = [
  ["pool wait timeout", "reports that have all of these words, and words that begin with them"],
  ['"too many connections"', "these words side by side"],
  ["deadlock -drill", "without a word"],
  ["INC-2025-014", "one report, by its id"],
];

/**
 * Puts the results below a form of one field.
 *
 * @param {HTMLFormElement} form
 * @param {URL} index the folder of the search's files
 */
export function mount(form, index) {
  new Box(form, index);
}

class Box {
  #form;
  #field;
  #index;
  #panel;
  #told;
  #heard;
  #found;
  #tips;
  #all;
  /** @type {HTMLInputElement | null} Material's own state of an open search */
  #toggle = document.querySelector("#__search");
  #stop = new AbortController();
  /** @type {HTMLElement[]} */
  #options = [];
  #chosen = -1;

  constructor(form, index) {
    this.#form = form;
    this.#index = index;
    this.#field = form.elements.namedItem("q");
    this.#told = make("p", { class: "pa-search__told" });
    this.#heard = make("p", { class: "pa-search__heard", role: "status" });
    const list = { id: LIST, role: "listbox", tabindex: "-1", "aria-label": "Found" };
    this.#found = make("div", { class: "pa-search__found", ...list });
    const tips = TIPS.flatMap(([typed, meaning]) => [make("dt", {}, typed), make("dd", {}, meaning)]);
    this.#tips = make("dl", { class: "pa-search__tips" }, ...tips);
    this.#all = make("a", { class: "pa-search__all", hidden: true });
    const parts = [this.#told, this.#heard, this.#found, this.#tips, this.#all];
    this.#panel = make("div", { class: "pa-search__panel md-typeset", hidden: true }, ...parts);
    form.after(this.#panel);
    this.#listen();
    keepWordsApart(this.#field);
    if (document.activeElement === this.#field || this.#toggle?.checked) this.#open();
  }

  #listen() {
    const field = this.#field;
    const area = this.#form.parentElement;
    field.addEventListener("focus", () => this.#open());
    field.addEventListener("click", () => this.#isOpen || this.#open());
    field.addEventListener("input", () => this.#open());
    field.addEventListener("keydown", (event) => this.#key(event));
    this.#form.addEventListener("reset", () => setTimeout(() => field.focus()));
    this.#form.addEventListener("submit", (event) => {
      if (!field.value.trim()) event.preventDefault();
    });
    // The field keeps the focus, and with it the place in the list.
    this.#found.addEventListener("mousedown", (event) => event.preventDefault());
    this.#panel.addEventListener("click", (event) => {
      const plain = !(event.ctrlKey || event.metaKey || event.shiftKey);
      const link = event.target.closest("a");
      if (!plain || !link) return;
      this.#close();
      field.blur();
      // Another query at the same path is the same page to an instant navigation.
      if (link.pathname !== location.pathname || link.search === location.search) return;
      event.preventDefault();
      event.stopPropagation();
      location.assign(link.href);
    });
    area.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !area.contains(event.relatedTarget)) this.#close();
    });
    document.addEventListener("pointerdown", (event) => {
      if (this.#isOpen && !area.contains(event.target)) this.#close();
    });
    // Material closes its search too, after every change of the address.
    this.#toggle?.addEventListener("change", () => {
      if (!this.#toggle.checked) this.#hide();
    });
  }

  get #isOpen() {
    return !this.#panel.hidden;
  }

  #open() {
    this.#toggleTo(true);
    this.#panel.hidden = false;
    open(this.#index).catch(() => {});
    this.#look();
  }

  #close() {
    this.#hide();
    this.#toggleTo(false);
  }

  #hide() {
    this.#stop.abort();
    this.#panel.hidden = true;
    this.#choose(-1);
    this.#field.setAttribute("aria-expanded", "false");
  }

  #toggleTo(checked) {
    if (this.#toggle && this.#toggle.checked !== checked) this.#toggle.click();
  }

  /** @param {boolean} again a file of the index was gone a moment ago */
  async #look(again = false) {
    this.#stop.abort();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const text = this.#field.value.trim();
    if (!text) {
      this.#emptied();
      return;
    }
    this.#panel.setAttribute("aria-busy", "true");
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (signal.aborted) return;
    try {
      const search = await open(this.#index);
      const [reports, pages] = await Promise.all([
        looked(search.reports, text, REPORTS, signal),
        looked(search.pages, text, PAGES, signal),
      ]);
      if (!signal.aborted) this.#show(text, reports, pages);
    } catch (error) {
      if (signal.aborted) return;
      // A new site was put in place of the one that this page is of.
      if (error.status === 404 && !again) {
        await this.#look(true);
        return;
      }
      this.#failed(error);
    }
    if (!signal.aborted) this.#panel.setAttribute("aria-busy", "false");
  }

  #emptied() {
    this.#fill([]);
    this.#tell("Search in every report and page");
    this.#tips.hidden = false;
    this.#all.hidden = true;
    this.#panel.setAttribute("aria-busy", "false");
  }

  /** @param {unknown} error what kept the index from being read */
  #failed(error) {
    console.warn(error);
    this.#fill([]);
    this.#tips.hidden = true;
    this.#tell("The search cannot be loaded. The list of all incidents is there.");
    this.#lead("All incidents", this.#form.action);
  }

  #show(text, reports, pages) {
    // Signs alone are no word to look for.
    if (!reports.found) {
      this.#emptied();
      return;
    }
    this.#tips.hidden = true;
    const groups = [];
    if (reports.hits.length) groups.push(["Reports", reports]);
    if (pages.hits.length) groups.push(["Pages", pages]);
    this.#fill(groups);
    const count = counted(reports.total, "report");
    this.#tell(notes(reports, pages), `${count}, ${counted(pages.total, "page")}`);
    const full = new URL(this.#form.action);
    full.searchParams.set("q", text);
    this.#lead(reports.total ? `Filter and sort ${count}` : "All incidents", full.href);
  }

  /** Tells what is seen above the list; the counts, which stand in it, are heard besides. */
  #tell(seen, counts = "") {
    this.#told.textContent = seen;
    this.#heard.textContent = `${seen} ${counts}`.trim();
  }

  #fill(groups) {
    const highlight = "paHighlight" in this.#form.dataset;
    this.#options = [];
    const made = groups.map(([title, looked]) => {
      const id = `${LIST}-${title.toLowerCase()}`;
      const head = make("p", { class: "pa-search__group", id, role: "presentation" }, title);
      head.append(make("span", {}, String(looked.total)));
      const group = make("div", { role: "group", "aria-labelledby": id }, head);
      for (const hit of looked.hits) {
        const option = hit(highlight);
        option.id = `${LIST}-${this.#options.length}`;
        option.setAttribute("aria-selected", "false");
        this.#options.push(option);
        group.append(option);
      }
      return group;
    });
    this.#found.replaceChildren(...made);
    this.#found.hidden = !made.length;
    this.#found.scrollTop = 0;
    this.#choose(-1);
    this.#field.setAttribute("aria-expanded", String(made.length > 0));
    if (made.length) this.#field.setAttribute("aria-controls", LIST);
  }

  #lead(label, href) {
    const key = make("kbd", { "aria-hidden": "true" }, "Enter");
    this.#all.replaceChildren(make("span", {}, label), key);
    this.#all.href = href;
    this.#all.hidden = false;
  }

  #choose(place) {
    this.#options[this.#chosen]?.setAttribute("aria-selected", "false");
    this.#chosen = place;
    const option = this.#options[place];
    if (!option) {
      this.#field.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.#field.setAttribute("aria-activedescendant", option.id);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    const count = this.#options.length;
    if (event.key === "Escape") {
      this.#close();
    } else if (event.key === "ArrowDown" && count) {
      this.#choose(this.#chosen + 1 < count ? this.#chosen + 1 : -1);
    } else if (event.key === "ArrowUp" && count) {
      this.#choose(this.#chosen < 0 ? count - 1 : this.#chosen - 1);
    } else if (event.key === "Enter" && this.#chosen >= 0) {
      const { ctrlKey, metaKey, shiftKey } = event;
      const followed = { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey };
      this.#options[this.#chosen].dispatchEvent(new MouseEvent("click", followed));
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

/**
 * Looks in a collection, and gives how many there are and how the best of them are made into
 * options.
 */
async function looked(collection, text, limit, signal) {
  const found = await collection.find(text, { typing: true, signal });
  if (!found) return { found, total: 0, hits: [] };
  const docs = [...found.docs.subarray(0, limit)];
  const cards = await collection.cards(docs, { signal });
  const excerpts = cards.map((card) => collection.excerpt(card, found, { signal }).catch(() => []));
  await soon(excerpts);
  const hits = cards.map((card, place) => (highlight) => {
    const url = new URL(card.url, root);
    if (highlight) url.searchParams.set(PARAMETER, sought(found));
    const hit = card.id ? reportHit(card, found, found.lacks(docs[place])) : pageHit(card, found);
    hit.href = url.href;
    excerpts[place].then((excerpt) => putExcerpt(hit, excerpt));
    return hit;
  });
  return { found, total: found.docs.length, hits };
}

/** Waits for all, but not long. */
function soon(promises) {
  let timer;
  const patience = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE)));
  return Promise.race([Promise.all(promises), patience]).finally(() => clearTimeout(timer));
}

/** Tells which words were taken for others, and what no report has. */
function notes(reports, pages) {
  const { found } = reports;
  const told = found.words
    .filter(({ state }) => state === "similar")
    .map(({ written, instead }) => `No report has “${written}”; showing “${instead}”.`);
  const unknown = found.words.filter(({ state }) => state === "unknown");
  if (unknown.length) {
    told.push(`No report has ${unknown.map(({ written }) => `“${written}”`).join(" or ")}.`);
  }
  if (found.ignored.length) {
    told.push(`Left out, as there are so many words: ${found.ignored.join(" ")}.`);
  }
  if (!reports.total && !pages.total) told.push("Nothing is found.");
  else if (reports.total && !found.complete && !unknown.length) told.push("No report has every word.");
  return told.join(" ");
}
