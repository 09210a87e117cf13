/** What is found, as options of the list under the field in the head of every page. */

import { listed, make } from "./make.js";

/** @typedef {import("./index.js").Card} Card */
/** @typedef {import("./index.js").Excerpt} Excerpt */
/** @typedef {import("./index.js").Found} Found */

/**
 * @param {Card} card of a report
 * @param {Found} found
 * @param {string[]} lacks the words of the query that it has not
 */
export function reportHit(card, found, lacks) {
  const { severity, date, ended } = card;
  const words = lacks.map((word) => `“${word}”`);
  return option(
    "pa-hit",
    make(
      "span",
      { class: "pa-hit__facts" },
      severity && make("span", { class: `pa-sev pa-sev--${severity.tone}` }, severity.label),
      date && make("time", { datetime: date }, card.day),
    ),
    make(
      "span",
      { class: "pa-hit__body" },
      title(card, found, " ", make("span", { class: "pa-id" }, card.id)),
      make("span", { class: "pa-hit__excerpt" }, card.summary),
      ended && make("span", { class: "pa-hit__ended" }, make("span", {}, "Ended by: "), ended),
      words.length > 0 && make("span", { class: "pa-hit__lacks" }, `Without ${listed(words)}`),
    ),
  );
}

/**
 * @param {Card} card of a page, or of a section of one
 * @param {Found} found
 */
export function pageHit(card, found) {
  return option(
    "pa-hit pa-hit--page",
    make(
      "span",
      { class: "pa-hit__body" },
      title(card, found),
      card.where && make("span", { class: "pa-hit__where" }, card.where),
      make("span", { class: "pa-hit__excerpt" }),
    ),
  );
}

/**
 * Puts what was found into an option, in the place of a report's summary.
 *
 * @param {HTMLElement} hit
 * @param {Excerpt} excerpt
 */
export function putExcerpt(hit, excerpt) {
  if (excerpt.length) hit.querySelector(".pa-hit__excerpt").replaceChildren(...marks(excerpt));
}

function option(classes, ...children) {
  return make("a", { class: classes, role: "option", tabindex: "-1" }, ...children);
}

function title(card, found, ...after) {
  return make("span", { class: "pa-hit__title" }, ...marks(found.marked(card.title)), ...after);
}

/** @param {Excerpt} excerpt */
function marks(excerpt) {
  return excerpt.map(({ text, marked }) => (marked ? make("mark", {}, text) : text));
}
