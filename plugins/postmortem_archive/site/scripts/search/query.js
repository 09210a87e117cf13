/** What a reader asks for, from what is typed. */

import { compounds } from "./words.js";

/** So many words and phrases of a query are looked for: pasted logs have more. */
const MOST = 32;

const PIECE = /(?<minus>(?<!\S)-(?=["\p{L}]))?(?:"(?<phrase>[^"]*)(?<closed>"?)|(?<plain>[^\s"]+))/gu;

// Words that sentences are made of, and what an apostrophe leaves: in no language a name of code.
const COMMON = new Set(
  `a about after all also am an and any are as at be because been but by can could d did do does
  doing don for from had has have having he her here his how i if in into is isn it its just ll m me
  my of on or our re s she should so some such t than that the their them then there these they this
  those to too until ve was we were what when where which while who why will with would you your
  au aux avec ce ces cette dans de des du elle en est et il la le les leur nous ou par pas pour que qui
  se sur un une vous
  auf aus bei das dem den der ein eine einem einen einer es für fuer im ist mit nach nicht sich sie
  und vom von wir wird zu zum zur`.match(/\S+/g),
);

/**
 * A word, words joined by signs, or words in quotes.
 *
 * @typedef {object} Item
 * @property {string} written
 * @property {string[]} terms one for each place that it takes
 * @property {string | null} whole the term of joined words
 * @property {string[][]} parts of each term: what it is written of in camel case
 * @property {boolean} quoted
 * @property {boolean} open whether its last word may go on
 */

/**
 * @typedef {object} Query
 * @property {Item[]} items
 * @property {Item[]} without what documents must not have
 * @property {string[]} ignored as written: what is too much
 */

/**
 * @param {string} text
 * @param {boolean} typing whether the text's last word may go on
 * @returns {Query}
 */
export function parse(text, typing) {
  const [items, without] = [new Map(), new Map()];
  const whole = text.replace(/[“”„«»]/g, '"');
  for (const { groups, index, 0: piece } of whole.matchAll(PIECE)) {
    const last = typing && index + piece.length === whole.length && !groups.closed;
    const into = groups.minus ? without : items;
    for (const item of itemsOf(groups, last)) {
      const key = JSON.stringify([item.quoted, item.terms, item.whole]);
      if (!into.has(key) || item.open) into.set(key, item);
    }
  }
  const every = [...items.values()];
  return {
    items: every.slice(0, MOST),
    without: [...without.values()].slice(0, MOST),
    ignored: every.slice(MOST).map(({ written }) => written),
  };
}

/** Whether a word is one that sentences are made of, and that tells nothing of a report. */
export function isCommon(item) {
  return !item.quoted && item.whole === null && item.terms.every((term) => COMMON.has(term));
}

/**
 * @param {Record<string, string | undefined>} groups of a piece of the text
 * @param {boolean} last whether its last word may go on
 * @returns {Item[]}
 */
function itemsOf({ phrase, plain }, last) {
  const found = compounds(phrase ?? plain);
  const end = /[\p{L}\p{N}\p{M}]$/u.test(phrase ?? plain);
  if (phrase !== undefined) {
    const words = found.flatMap((compound) => compound.words);
    if (!words.length) return [];
    const terms = words.map(({ term }) => term);
    const written = phrase.trim();
    return [{ written, terms, parts: [], whole: null, quoted: true, open: last && end }];
  }
  return found.map(({ words, whole, written }, place) => ({
    written,
    terms: words.map(({ term }) => term),
    parts: words.map(({ parts }) => parts),
    whole,
    quoted: false,
    open: last && end && place === found.length - 1,
  }));
}
