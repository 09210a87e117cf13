/**
 * Marks, on the page that a result led to, the words that it was found by.
 *
 * They are painted over the text by the browser, and no element is put into the page. A browser
 * that cannot do that shows the page without marks.
 */

import { Marker } from "./excerpts.js";
import { parse } from "./query.js";

/** The part of an address that holds the words. */
export const PARAMETER = "h";
const NAME = "pa-found";
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
// More marks than these are no help, and each costs the browser time.
const MOST = 2000;

/**
 * @param {import("./index.js").Found} found
 * @returns {string} the words that were found, for the page that a result leads to
 */
export function sought(found) {
  const words = found.words.filter(({ state }) => state === "found" || state === "similar");
  return words.map(({ written, instead }) => instead ?? written).join(" ");
}

/**
 * @param {Element} area
 * @param {string} text the words, as in a query
 */
export function highlight(area, text) {
  if (!globalThis.Highlight) return;
  const { items } = parse(text, false);
  const marker = new Marker(items.map((looked) => ({ state: "found", looked })));
  const found = new Highlight();
  const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && found.size < MOST; node = walker.nextNode()) {
    for (const { 0: word, index } of node.data.matchAll(WORD)) {
      if (!marker.marks(word)) continue;
      const range = new StaticRange({
        startContainer: node,
        startOffset: index,
        endContainer: node,
        endOffset: index + word.length,
      });
      found.add(range);
    }
  }
  CSS.highlights.set(NAME, found);
}
