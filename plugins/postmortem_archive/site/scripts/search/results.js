/** Results, as cards and as rows of a table. */

import { PARAMETER, sought } from "./highlight.js";
import { counted, listed, make } from "./make.js";

/** What a column of the table is called, what it shows, and what sorts by it (worst first). */
export const FIELDS = {
  date: { title: "Date", show: (card) => day(card), sort: "date", down: true },
  severity: { title: "Severity", show: (card) => severity(card), sort: "severity", down: true },
  title: { title: "Incident", show: (card, root, found) => link(card, root, found), sort: "title" },
  id: { title: "Id", show: (card) => make("span", { class: "pa-id" }, card.id) },
  services: { title: "Services", show: (card, root) => services(card, root), sort: "service" },
  took: { title: "TTR", show: (card) => card.took ?? untold(), sort: "took", down: true },
  kind: { title: "Kind", show: (card) => card.kind },
  status: { title: "Status", show: (card) => card.status },
  trigger: { title: "Trigger", show: (card) => card.trigger },
  cause: { title: "Root cause", show: (card) => card.cause },
  detection: { title: "Detection", show: (card) => card.detection },
  ended: { title: "What ended it", show: (card) => card.ended },
  actions: { title: "Open actions", show: (card) => actions(card) },
  recurring: { title: "Came back", show: (card) => (card.recurring ? "yes" : null) },
};

/**
 * @param {import("./index.js").Card} card
 * @param {object} about
 * @param {URL} about.root of the site
 * @param {string} about.usual the title of the kind that goes without saying
 * @param {import("./index.js").Found | null} about.found marks what was looked for
 * @param {string[]} about.lacks words of the query that the report has not
 * @returns {HTMLElement} a result; with a query it has a place for an excerpt
 */
export function cardOf(card, { root, usual, found, lacks }) {
  const facts = [
    card.services.length && part("span", "services", services(card, root)),
    card.took && part("span", "took", `TTR ${card.took}`),
    card.open_actions && part("span", "open", counted(card.open_actions, "open action item")),
    card.recurring && part("span", "again", "came back"),
  ];
  const line = (name, ...children) => part("p", name, ...children);
  return make(
    "li",
    { class: "pa-result" },
    part("div", "when", day(card), severity(card)),
    part(
      "div",
      "what",
      line(
        "title",
        link(card, root, found),
        " ",
        card.kind !== usual && make("span", { class: "pa-kind" }, card.kind),
        " ",
        make("span", { class: "pa-id" }, card.id),
      ),
      card.summary && line("summary", ...marked(card.summary, found)),
      found && line("excerpt"),
      card.ended && line("ended", make("b", {}, "Ended by"), ` ${card.ended}`),
      line("facts", ...facts),
      lacks.length > 0 && line("lacks", `Without ${listed(lacks.map((word) => `“${word}”`))}`),
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
  else place?.replaceChildren(...pieces(excerpt));
}

/**
 * @param {import("./index.js").Card[]} cards
 * @param {object} about
 * @param {URL} about.root
 * @param {import("./index.js").Found | null} about.found marks what was looked for
 * @param {string[]} about.columns
 * @param {string} about.sort as the state has it
 * @param {(sort: string) => void} about.onSort
 * @returns {HTMLTableElement}
 */
export function tableOf(cards, { root, found, columns, sort, onSort }) {
  const heads = columns.map((name) => headOf(name, sort, onSort));
  const rows = cards.map((card) =>
    make(
      "tr",
      {},
      ...columns.map((name) => {
        const [tag, scope] = name === "title" ? ["th", "row"] : ["td", null];
        const shown = FIELDS[name].show(card, root, found);
        return make(tag, { class: `pa-dense__${name}`, scope }, shown);
      }),
    ),
  );
  return make(
    "table",
    { class: "pa-dense" },
    make("thead", {}, make("tr", {}, ...heads)),
    make("tbody", {}, ...rows),
  );
}

function headOf(name, sort, onSort) {
  const { title, sort: key, down } = FIELDS[name];
  if (!key) return make("th", { scope: "col" }, title);
  const [first, second] = directions(key, down);
  const set = sort === first || sort === second;
  const button = make("button", { type: "button", "data-pa-key": key }, title);
  button.addEventListener("click", () => onSort(sort === first ? second : first));
  const order = (down ? sort === first : sort === second) ? "descending" : "ascending";
  return make("th", { scope: "col", "aria-sort": set && order }, button);
}

/** The order that a first click sets, and that of a second one, as the address names them. */
function directions(key, down) {
  // The address calls the worst severity first “severity”, as a reader would.
  if (key === "severity") return ["severity", "-severity"];
  return down ? [`-${key}`, key] : [key, `-${key}`];
}

function part(tag, name, ...children) {
  return make(tag, { class: `pa-result__${name}` }, ...children);
}

function day(card) {
  return card.date ? make("time", { datetime: card.date }, card.day) : untold("no date");
}

function severity({ severity: mark }) {
  return mark && make("span", { class: `pa-sev pa-sev--${mark.tone}` }, mark.label);
}

function link(card, root, found) {
  const url = new URL(card.url, root);
  // The site's own search says whether a report is to have its words marked.
  const marks = document.querySelector("[data-pa-search][data-pa-highlight]");
  if (found && marks) url.searchParams.set(PARAMETER, sought(found));
  return make("a", { href: url.href }, ...marked(card.title, found));
}

function marked(text, found) {
  return found ? pieces(found.marked(text)) : [text];
}

function pieces(excerpt) {
  return excerpt.map(({ text, marked: found }) => (found ? make("mark", {}, text) : text));
}

function services(card, root) {
  const links = card.services.map(({ title, url }) =>
    url ? make("a", { href: new URL(url, root).href }, title) : title,
  );
  return make("span", {}, ...links.flatMap((one, number) => (number ? [", ", one] : [one])));
}

function actions({ open_actions: count }) {
  return count ? count.toLocaleString("en") : null;
}

function untold(text = "not told") {
  return make("span", { class: "pa-none" }, text);
}
