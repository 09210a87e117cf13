/**
 * The explorer: a page's search field, facets, charts and results, all told by its address.
 *
 * The page comes with the newest reports, and with the counts and charts of all of them. Nothing of
 * the index is fetched until something is asked for.
 */

import { charts } from "./charts.js";
import { chips } from "./chips.js";
import { csv, json, save } from "./download.js";
import { filtersDialog } from "./filters.js";
import { counted, listed } from "./make.js";
import { keepWordsApart } from "./pasting.js";
import { panel } from "./panel.js";
import { cardOf, quote, tableOf } from "./results.js";
import * as states from "./state.js";

/** How long a reader may pause within one step, such as typing a word, in milliseconds. */
const PAUSE = 1200;
/** How long a keystroke waits for the next one. */
const KEYSTROKE = 60;

/**
 * Starts the explorer of a page.
 *
 * @param {HTMLElement} place
 * @param {URL} folder of the index
 * @returns {() => void} what stops it
 */
export function explore(place, folder) {
  const stop = new AbortController();
  new Explorer(place, folder, stop.signal).begin();
  return () => stop.abort();
}

class Explorer {
  /** The address that the state was read from or written to last. */
  #address = "";
  #state = states.plain();
  /** Counts updates: what an earlier one brings is not shown. */
  #turn = 0;
  #stopFinding = new AbortController();
  /** What is shown: the numbers of the reports in order, the query's result, the columns. */
  #shown = null;
  #typing = { control: "", timer: 0 };
  #pending = 0;

  constructor(place, folder, signal) {
    this.place = place;
    this.folder = folder;
    this.signal = signal;
    this.path = location.pathname;
    const find = (name) => place.querySelector(`[data-pa-part=${name}]`);
    this.form = find("form");
    this.field = find("field");
    this.count = find("count");
    this.words = find("words");
    this.failed = find("failed");
    this.written = find("written");
    this.live = find("live");
    this.more = find("more");
    this.sort = find("sort");
    this.tools = find("tools");
    this.copied = find("copied");
    this.columnChoices = find("columns");
    this.all = this.count.textContent;
    this.filters = filtersDialog(place, signal);
    const hands = {
      now: () => this.#state,
      step: (next) => this.#step(next),
      adjust: (change, control) => this.#adjust(states.changed(this.#state, change), control),
      signal,
    };
    this.panel = panel(find("facets"), hands);
    this.chips = chips(find("chips"), { ...hands, titles: this.panel.titles, field: this.field });
    this.charts = charts(place, {
      days: () => this.#state,
      onDays: (from, to) => this.#step(states.changed(this.#state, { from, to })),
      onBand: (band) => {
        const how = states.standing(this.#state, "took", band) === "any" ? null : "any";
        this.#step(states.withValue(this.#state, "took", band, how));
      },
      signal,
    });
  }

  begin() {
    this.#listen();
    this.#state = this.panel.named(states.read(location.search));
    this.#address = states.written(this.#state);
    const control = this.field.value ? "field" : "";
    const early = this.#early();
    this.field.value = early.query;
    if (states.written(early) !== this.#address) this.#adjust(early, control);
    else if (this.#address) this.#update({ scroll: history.state?.y ?? 0 });
    else this.#reflect();
  }

  /** What is asked for once what a reader did before this was loaded is heeded too. */
  #early() {
    const query = this.field.value || this.#state.query;
    const [order] = this.sort.selectedOptions;
    const sort = order.defaultSelected ? this.#state.sort : order.value;
    return this.panel.early(states.changed(this.#state, { query, sort, show: this.#state.show }));
  }

  #on(target, type, handler, options = {}) {
    target?.addEventListener(type, handler, { signal: this.signal, ...options });
  }

  #listen() {
    this.signal.addEventListener("abort", () => this.#stopFinding.abort());
    this.#on(this.form, "submit", (event) => {
      event.preventDefault();
      clearTimeout(this.#pending);
      this.#endTyping();
      this.#adjust(this.#withQuery(), "", { typing: false });
    });
    this.#on(this.field, "input", () => {
      clearTimeout(this.#pending);
      this.#pending = setTimeout(() => this.#adjust(this.#withQuery(), "field"), KEYSTROKE);
    });
    // The reader is about to search: by the first letter the index can be there.
    this.#on(this.field, "focus", () => this.#open().catch(() => {}));
    this.#on(this.field, "keydown", (event) => this.#onFieldKey(event));
    keepWordsApart(this.field);
    this.#on(this.live, "keydown", (event) => this.#onResultKey(event));
    this.#on(this.written, "keydown", (event) => this.#onResultKey(event));
    this.#on(this.sort, "change", () => this.#setSort(this.sort.value));
    this.#on(this.more, "click", () => this.#showMore());
    this.#on(this.tools, "click", (event) => this.#onTool(event));
    this.#on(this.columnChoices, "change", () => this.#setColumns());
    this.#on(this.failed.querySelector("button"), "click", () => this.#update());
    this.#on(window, "popstate", () => this.#onAddress());
    this.#on(document, "click", (event) => this.#onLink(event), { capture: true });
  }

  // --- steps: from one state to the next -------------------------------------------------------

  #withQuery() {
    return states.changed(this.#state, { query: this.field.value });
  }

  /** Takes a step that "back" takes back. */
  #step(next, { typing = false } = {}) {
    this.#endTyping();
    this.#go(next, { push: true, typing });
  }

  /** Goes on with a step, as long as the same control is used without a pause. */
  #adjust(next, control, { typing = control === "field" } = {}) {
    const goesOn = control !== "" && this.#typing.control === control;
    this.#endTyping();
    if (control) {
      this.#typing = { control, timer: setTimeout(() => this.#endTyping(), PAUSE) };
    }
    this.#go(next, { push: !goesOn, typing });
  }

  #endTyping() {
    clearTimeout(this.#typing.timer);
    this.#typing = { control: "", timer: 0 };
  }

  #go(next, { push, typing }) {
    const address = states.written(next);
    const same = address === this.#address;
    this.#state = next;
    if (!same) {
      this.#address = address;
      const url = `${this.path}${address}`;
      // All that is set in the dialog is one step, which opening it began.
      if (push && !this.filters.isOpen) history.pushState(null, "", url);
      else history.replaceState(history.state, "", url);
    }
    if (!same || !typing) this.#update({ typing });
  }

  /** Follows the address after "back" and "forward". */
  #onAddress() {
    if (location.pathname !== this.path) return;
    const next = this.panel.named(states.read(location.search));
    const same = states.written(next) === this.#address;
    if (this.filters.leave()) {
      // What was set in there stays, and the next "back" takes it off.
      if (!same) history.forward();
      return;
    }
    if (same) return;
    clearTimeout(this.#pending);
    this.#endTyping();
    this.#state = next;
    this.#address = states.written(next);
    this.field.value = next.query;
    this.#update({ scroll: history.state?.y });
  }

  /** A link to this page sets the state: for the theme it would lead nowhere new. */
  #onLink(event) {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    const { ctrlKey, metaKey, shiftKey, altKey, button } = event;
    if (!link || ctrlKey || metaKey || shiftKey || altKey || button) return;
    if (link.target || link.hasAttribute("download")) return;
    const url = new URL(link.href, location.href);
    if (url.origin !== location.origin || url.pathname !== this.path || url.hash) return;
    // The list below the field in the head of the page closes itself.
    if (link.closest(".pa-search__panel")) return;
    event.preventDefault();
    event.stopPropagation();
    const drawer = document.querySelector("#__drawer:checked");
    drawer?.click();
    const next = this.panel.named(states.read(url.search));
    this.field.value = next.query;
    this.#step(next);
    scrollTo(0, 0);
  }

  #setSort(sort) {
    this.#step(states.changed(this.#state, { sort }));
  }

  #showMore() {
    const shown = this.written.hidden ? this.#state.show : Number(this.place.dataset.paWritten);
    const before = Math.max(shown, this.#state.show);
    const show = before + states.PAGES[this.#state.view];
    this.#state = { ...this.#state, show };
    this.#address = states.written(this.#state);
    history.replaceState(history.state, "", `${this.path}${this.#address}`);
    this.#update({ focus: before });
  }

  #setColumns() {
    const boxes = [...this.columnChoices.querySelectorAll("input:checked")];
    const chosen = boxes.map(({ value }) => value);
    const columns = states.COLUMNS.filter((name) => name === "title" || chosen.includes(name));
    this.#adjust({ ...this.#state, columns }, "columns");
  }

  #onTool(event) {
    const button = event.target.closest("button[data-pa-do]");
    const work = button?.dataset.paDo;
    if (work === "cards" || work === "table") {
      if (work !== this.#state.view) {
        this.#step(states.changed({ ...this.#state, view: work }, {}));
      }
    } else if (work === "copy") this.#copy();
    else if (work === "csv" || work === "json") this.#download(work);
  }

  // --- keys ------------------------------------------------------------------------------------

  #onFieldKey(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && this.field.value) {
      this.field.value = "";
      clearTimeout(this.#pending);
      this.#step(this.#withQuery());
      event.preventDefault();
    } else if (event.key === "ArrowDown") {
      const [first] = this.#links();
      first?.focus();
      if (first) event.preventDefault();
    }
  }

  #onResultKey(event) {
    const link = event.target.closest("[data-pa-part=live] a, [data-pa-part=written] a");
    if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") this.field.focus();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const links = this.#links();
      const own = link.closest("li, tr")?.querySelector(".pa-result__title a, .pa-dense__title a");
      const next = links.indexOf(own) + (event.key === "ArrowDown" ? 1 : -1);
      (links[next] ?? (next < 0 ? this.field : own)).focus();
    } else return;
    event.preventDefault();
  }

  /** The titles of the reports that are to be seen. */
  #links() {
    const links = this.place.querySelectorAll(".pa-result__title a, .pa-dense__title a");
    return [...links].filter((link) => link.getClientRects().length);
  }

  // --- what is shown ---------------------------------------------------------------------------

  /** Opens the search, which is kept until a file of it is gone: then there is a new one. */
  async #open() {
    const { open, root } = await import("./index.js");
    return { search: await open(this.folder), root };
  }

  #reflect() {
    const { sort, view, columns } = this.#state;
    this.panel.reflect(this.#state);
    this.chips.reflect(this.#state);
    this.charts.reflect(this.#state);
    const [best] = this.sort.options;
    best.hidden = best.disabled = !this.#state.query.trim();
    this.sort.value = sort || (best.disabled ? "-date" : "");
    for (const button of this.tools.querySelectorAll("[data-pa-do=cards], [data-pa-do=table]")) {
      button.setAttribute("aria-pressed", String(button.dataset.paDo === view));
    }
    this.columnChoices.hidden = view !== "table";
    for (const box of this.columnChoices.querySelectorAll("input")) {
      box.checked = columns.includes(box.value);
    }
  }

  /**
   * @param {object} how
   * @param {boolean} [how.typing] the last word of the query may go on
   * @param {number} [how.scroll] where the page was scrolled to when it was left
   * @param {number} [how.focus] the place of the result that gets the focus
   * @param {boolean} [how.again] a file of the index was gone a moment ago
   */
  async #update({ typing = false, scroll, focus, again = false } = {}) {
    this.#turn += 1;
    const turn = this.#turn;
    this.#stopFinding.abort();
    this.#stopFinding = new AbortController();
    const { signal } = this.#stopFinding;
    this.#reflect();
    if (!this.#address && !this.#shown) {
      this.#showWritten();
      return;
    }
    const waits = setTimeout(() => this.place.setAttribute("aria-busy", "true"), 150);
    try {
      const found = await this.#find(typing, signal);
      if (turn !== this.#turn) return;
      this.#shown = found;
      this.#showCounts(found);
      if (this.#address) await this.#showResults(found, signal, () => turn === this.#turn);
      else this.#showWritten();
      if (turn !== this.#turn) return;
      if (scroll !== undefined) scrollTo(0, scroll);
      if (focus !== undefined) this.#links()[focus]?.focus();
    } catch (error) {
      if (turn !== this.#turn || signal.aborted) return;
      // A new site was put in place of the one that this page is of.
      if (error.status === 404 && !again) await this.#update({ typing, scroll, focus, again: true });
      else this.#fail(error);
    } finally {
      clearTimeout(waits);
      if (turn === this.#turn) this.place.removeAttribute("aria-busy");
    }
  }

  async #find(typing, signal) {
    const { search, root } = await this.#open();
    const { query, sort } = this.#state;
    const [columns, found] = await Promise.all([
      search.columns({ signal }),
      search.reports.find(query, { typing, signal }),
    ]);
    const { count: length } = search.reports;
    const asked = found ? found.docs : Int32Array.from({ length }, (_, doc) => doc);
    const passing = (change) => {
      const mask = columns.filter(states.filters({ ...this.#state, ...change }));
      return asked.filter((doc) => mask[doc]);
    };
    let docs = passing({});
    const order = sort || (found ? "" : "-date");
    if (order) {
      const key = order.replace("-", "");
      docs = await columns.sorted(docs, key, order.startsWith("-"), { signal });
    }
    // A set of so many numbers would be made anew with every letter.
    const complete = found && new Uint8Array(search.reports.count);
    for (const doc of found?.docs.subarray(0, found.complete) ?? []) complete[doc] = 1;
    return { search, root, columns, found, docs, passing, complete };
  }

  #showCounts({ search, columns, found, docs, passing }) {
    const filters = states.filters(this.#state);
    this.panel.count(columns.counts(found, filters), columns.facets);
    const { took, ...others } = this.#state.facets;
    const inTime = passing({ from: null, to: null });
    const inLength = passing({ longer: null, shorter: null, facets: others });
    this.charts.count(columns, inTime, inLength, this.panel.tones);
    const all = search.reports.count;
    const narrowed = states.isNarrowed(this.#state);
    const count = docs.length.toLocaleString("en");
    this.count.textContent = narrowed ? `${count} of ${counted(all, "report")}` : this.all;
    this.filters.tell(counted(docs.length, "report"));
    const told = found ? wordsTold(found, docs, this.#shown.complete) : "";
    if (this.words.textContent !== told) this.words.textContent = told;
  }

  #showWritten() {
    this.#shownAs("written");
    this.count.textContent = this.all;
    this.words.textContent = "";
    this.live.replaceChildren();
    this.more.hidden = this.more.dataset.paWhole === "true";
    this.more.textContent = "Show more";
  }

  /** Shows the list that the page came with, or what was found. */
  #shownAs(part) {
    this.failed.hidden = true;
    this.written.hidden = part !== "written";
    this.live.hidden = part !== "live";
  }

  async #showResults(shown, signal, isNow) {
    const { search, root, columns, found, docs, complete } = shown;
    const { view, show, sort } = this.#state;
    const some = docs.slice(0, show);
    const cards = await search.reports.cards(some, { signal });
    if (!isNow()) return;
    if (!cards.length) this.live.replaceChildren(this.#nothing());
    else if (view === "table") {
      const table = tableOf(cards, {
        root,
        found,
        columns: this.#state.columns,
        sort: sort || (found ? "" : "-date"),
        onSort: (key) => this.#setSort(key),
      });
      const pressed = document.activeElement?.closest?.("[data-pa-part=live] [data-pa-key]");
      this.live.replaceChildren(framed(table));
      if (pressed) table.querySelector(`[data-pa-key=${pressed.dataset.paKey}]`).focus();
    } else {
      const list = document.createElement("ol");
      list.className = "pa-results";
      const usual = this.place.dataset.paUsual;
      const items = cards.map((card, number) => {
        const lacks = complete && !complete[some[number]] ? found.lacks(some[number]) : [];
        return cardOf(card, { root, usual, found, lacks });
      });
      list.append(...items);
      this.live.replaceChildren(list);
      if (found) this.#quote(search, cards, items, found, signal);
    }
    this.#shownAs("live");
    const rest = docs.length - some.length;
    this.more.hidden = rest <= 0;
    if (rest > 0) {
      const next = Math.min(rest, states.PAGES[view]);
      this.more.textContent = `Show ${next} more of ${docs.length.toLocaleString("en")}`;
    }
  }

  /** Puts the excerpts into the results as they come; one that does not come is left out. */
  #quote(search, cards, items, found, signal) {
    cards.forEach((card, number) => {
      search.reports.excerpt(card, found, { signal }).then(
        (excerpt) => quote(items[number], excerpt),
        () => quote(items[number], []),
      );
    });
  }

  #nothing() {
    const told = document.createElement("p");
    told.className = "pa-empty";
    const strange = this.panel.strange(this.#state);
    const why = strange.map(([facet, value]) => `${facet}: no report has “${value}”.`);
    const advice = "No report matches. Take a filter off, or look for fewer words.";
    told.textContent = [...why, advice].join(" ");
    return told;
  }

  #fail(error) {
    this.#showWritten();
    this.failed.hidden = false;
    this.failed.querySelector("[data-pa-part=reason]").textContent = ` (${error.message})`;
  }

  // --- what is taken along ---------------------------------------------------------------------

  async #copy() {
    const address = states.written({ ...this.#state, show: 0 });
    const url = new URL(`${this.path}${address}`, location.href);
    try {
      await navigator.clipboard.writeText(url.href);
      this.#say("Link copied.");
    } catch {
      // Browsers keep the clipboard from pages without encryption.
      this.#say("The link is the page's address: copy it from there.");
    }
  }

  async #download(kind) {
    try {
      const shown = this.#shown ?? (await this.#find(false, this.signal));
      const { search, root, columns, docs } = shown;
      this.#say(`Writing ${counted(docs.length, "report")}…`);
      const cards = await search.reports.cards(docs, { signal: this.signal });
      const lines = cards.map((card, number) => ({
        card,
        minutes: columns.minutes.ttr[docs[number]],
      }));
      if (kind === "csv") save("incidents.csv", "text/csv;charset=utf-8", csv(lines, root));
      else save("incidents.json", "application/json", json(lines, root, location.href));
      this.#say(`${counted(lines.length, "report")} written to incidents.${kind}.`);
    } catch (error) {
      if (!this.signal.aborted) this.#fail(error);
    }
  }

  #say(text) {
    this.copied.textContent = text;
  }
}

function quoted({ written }) {
  return `“${written}”`;
}

/** Says which words of a query were not found, and how many results lack one. */
function wordsTold({ words, ignored }, docs, complete) {
  const told = [];
  for (const { written, state, instead } of words) {
    if (state === "similar") told.push(`No report has “${written}”; showing “${instead}”.`);
    if (state === "unknown") told.push(`No report has “${written}”.`);
  }
  if (ignored.length) {
    const rest = listed(ignored.map((written) => quoted({ written })));
    told.push(`The query is too long: ${rest} not looked for.`);
  }
  const whole = docs.filter((doc) => complete[doc]).length;
  const needed = words.filter(({ state }) => state !== "common");
  if (needed.length > 1 && docs.length && whole < docs.length) {
    const number = whole ? `Only ${whole.toLocaleString("en")}` : "None";
    const verb = whole === 1 ? "has" : "have";
    told.push(`${number} of these ${verb} all of ${listed(needed.map(quoted))}.`);
  }
  return told.join(" ");
}

/** A frame in which a wide table can be scrolled, by keyboard too. */
function framed(table) {
  const frame = document.createElement("div");
  frame.className = "pa-dense__frame";
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", "Reports as a table");
  frame.append(table);
  return frame;
}
