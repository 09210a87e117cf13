/** What is found, as options of the list under the field in the head of a page. */

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * @param {import("./index.js").Card} card of a report
 * @param {string} href
 * @param {string[]} lacks the words of the query that it has not
 */
export function reportHit(card, href, lacks) {
  const facts = element("span", { class: "pa-hit__facts" });
  if (card.severity) {
    const tone = `pa-sev pa-sev--${card.severity.tone}`;
    facts.append(element("span", { class: tone }, card.severity.label));
  }
  if (card.date) facts.append(element("time", { datetime: card.date }, card.day));
  const title = element("span", { class: "pa-hit__title" }, card.title, " ");
  title.append(element("span", { class: "pa-id" }, card.id));
  const body = element("span", { class: "pa-hit__body" }, title);
  body.append(element("span", { class: "pa-hit__excerpt" }, card.summary));
  if (card.ended) {
    const label = element("span", {}, "Ended by: ");
    body.append(element("span", { class: "pa-hit__ended" }, label, card.ended));
  }
  if (lacks.length) {
    const words = lacks.map((word) => `“${word}”`).join(", ");
    body.append(element("span", { class: "pa-hit__lacks" }, `Without ${words}`));
  }
  return element("a", { class: "pa-hit", role: "option", tabindex: "-1", href }, facts, body);
}

/**
 * @param {import("./index.js").Card} card of a page, or of a section of one
 * @param {string} href
 */
export function pageHit(card, href) {
  const body = element("span", { class: "pa-hit__body" });
  body.append(element("span", { class: "pa-hit__title" }, card.title));
  if (card.where && card.where !== card.title) {
    body.append(element("span", { class: "pa-hit__where" }, card.where));
  }
  body.append(element("span", { class: "pa-hit__excerpt" }));
  const classes = "pa-hit pa-hit--page";
  return element("a", { class: classes, role: "option", tabindex: "-1", href }, body);
}

/**
 * Puts what was found into an option, in the place of a report's summary.
 *
 * @param {HTMLElement} hit
 * @param {import("./index.js").Excerpt} excerpt
 */
export function putExcerpt(hit, excerpt) {
  if (!excerpt.length) return;
  const made = excerpt.map(({ text, marked }) => (marked ? element("mark", {}, text) : text));
  hit.querySelector(".pa-hit__excerpt").replaceChildren(...made);
}
