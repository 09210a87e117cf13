/** Results, as cards and as rows of a table. */

import { counted, listed, make } from "./make.js";

/** What a column of the table is called, what it shows, and what sorts by it (worst first). */
export const FIELDS = {
  date: { title: "Date", show: (card) => day(card), sort: "date", down: true },
  severity: { title: "Severity", show: (card) => severity(card), sort: "severity", down: true },
  title: { title: "Incident", show: (card, root) => link(card, root), sort: "title" },
  id: { title: "Id", show: (card) => make("span", { class: "pa-id" }, card.id) },
  services: { title: "Services", show: (card, root) => services(card, root), sort: "service" },
  took: { title: "TTR", show: (card) => card.took ?? untold(), sort: "took", down: true },
  kind: { title: "Kind", show: (card) => card.kind },
  status: { title: "Status", show: (card) => card.status },
  trigger: { title: "Trigger", show: (card) => card.trigger },
  cause: { title: "Root cause", show: (card) => card.cause },
  detection: { title: "Detection", show: (card) => card.detection },
  ended: { title: "What ended it", show: (card) => card.ended },
  actions: { title: "Open actions", show: (card) => card.open_actions || null },
  recurring: { title: "Came back", show: (card) => (card.recurring ? "yes" : null) },
};

/**
 * @param {import("./index.js").Card} card
 * @param {object} about
 * @param {URL} about.root of the site
 * @param {string} about.usual the title of the kind that goes without saying
 * @param {string[]} about.lacks words of the query that the report has not
 * @param {boolean} about.awaits whether an excerpt is to come
 * @returns {HTMLElement} a result with a place for its excerpt, `.pa-result__excerpt`
 */
export function cardOf(card, { root, usual, lacks, awaits }) {
  const facts = [
    card.services.length && fact("pa-result__services", services(card, root)),
    card.took && fact("pa-result__took", `TTR ${card.took}`),
    card.open_actions && fact("pa-result__open", counted(card.open_actions, "open action item")),
    card.recurring && fact("pa-result__again", "came back"),
  ];
  return make(
    "li",
    { class: "pa-result" },
    make("div", { class: "pa-result__when" }, day(card), severity(card)),
    make(
      "div",
      { class: "pa-result__what" },
      make(
        "p",
        { class: "pa-result__title" },
        link(card, root),
        " ",
        card.kind !== usual && make("span", { class: "pa-kind" }, card.kind),
        " ",
        make("span", { class: "pa-id" }, card.id),
      ),
      card.summary && make("p", { class: "pa-result__summary" }, card.summary),
      awaits && make("p", { class: "pa-result__excerpt" }),
      card.ended && make("p", { class: "pa-result__ended" }, make("b", {}, "Ended by"), ` ${card.ended}`),
      make("p", { class: "pa-result__facts" }, ...facts),
      lacks.length > 0 &&
        make("p", { class: "pa-result__lacks" }, `Without ${listed(lacks.map((word) => `“${word}”`))}`),
    ),
  );
}

/**
 * Puts an excerpt with its marks into a result.
 *
 * @param {HTMLElement} item
 * @param {import("./index.js").Excerpt} excerpt
 */
export function quote(item, excerpt) {
  const place = item.querySelector(".pa-result__excerpt");
  if (!excerpt.length) place?.remove();
  else place?.replaceChildren(...excerpt.map(({ text, marked }) => (marked ? make("mark", {}, text) : text)));
}

/**
 * @param {import("./index.js").Card[]} cards
 * @param {object} about
 * @param {URL} about.root
 * @param {string[]} about.columns
 * @param {string} about.sort as the state has it
 * @param {(sort: string) => void} about.onSort
 * @returns {HTMLTableElement}
 */
export function tableOf(cards, { root, columns, sort, onSort }) {
  const heads = columns.map((name) => headOf(name, sort, onSort));
  const rows = cards.map((card) =>
    make(
      "tr",
      {},
      ...columns.map((name) =>
        make(name === "title" ? "th" : "td", { class: `pa-dense__${name}`, scope: name === "title" && "row" },
          String(name) && shown(FIELDS[name].show(card, root))),
      ),
    ),
  );
  return make(
    "table",
    { class: "pa-dense" },
    make("thead", {}, make("tr", {}, ...heads)),
    make("tbody", {}, ...rows),
  );
}

function shown(value) {
  return typeof value === "number" ? value.toLocaleString("en") : value;
}

function headOf(name, sort, onSort) {
  const { title, sort: key, down } = FIELDS[name];
  if (!key) return make("th", { scope: "col" }, title);
  const [first, second] = directions(key, down);
  const set = sort === first || sort === second;
  const button = make("button", { type: "button", "data-pa-key": key }, title);
  button.addEventListener("click", () => onSort(sort === first ? second : first));
  const descending = down ? sort === first : sort === second;
  return make("th", { scope: "col", "aria-sort": set && (descending ? "descending" : "ascending") }, button);
}

/** The order that a first click sets, and that of a second one, as the address names them. */
function directions(key, down) {
  // The address calls the worst severity first “severity”, as a reader would.
  if (key === "severity") return ["severity", "-severity"];
  return down ? [`-${key}`, key] : [key, `-${key}`];
}

function fact(name, ...children) {
  return make("span", { class: name }, ...children);
}

function day(card) {
  return card.date ? make("time", { datetime: card.date }, card.day) : untold("no date");
}

function severity({ severity: mark }) {
  return mark && make("span", { class: `pa-sev pa-sev--${mark.tone}` }, mark.label);
}

function link(card, root) {
  return make("a", { href: new URL(card.url, root).href }, card.title);
}

function services(card, root) {
  const links = card.services.map(({ title, url }) =>
    url ? make("a", { href: new URL(url, root).href }, title) : title,
  );
  return make("span", {}, ...links.flatMap((one, number) => (number ? [", ", one] : [one])));
}

function untold(text = "not told") {
  return make("span", { class: "pa-none" }, text);
}
