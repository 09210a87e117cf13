/** Elements out of names, attributes and texts; whatever is told stays text. */

/**
 * @param {string} tag
 * @param {Record<string, string | number | boolean | null | undefined>} [attributes] null, undefined
 *   and false leave one out, true has no value
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child || child === ""));
  return element;
}

/**
 * @param {number} number
 * @param {string} noun
 * @returns {string} `1 report`, `1,204 reports`
 */
export function counted(number, noun) {
  return `${number.toLocaleString("en")}\u00a0${noun}${number === 1 ? "" : "s"}`;
}

/**
 * @param {string[]} words
 * @returns {string} `a, b and c`
 */
export function listed(words) {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
