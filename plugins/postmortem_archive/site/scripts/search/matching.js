/** What the words of a query find: themselves, their forms, longer ones, others like them. */

import { nearest } from "./nearest.js";
import { isCommon } from "./query.js";
import { ranked } from "./ranking.js";
import { Scores, rarity } from "./scores.js";
import { beginningOf, stemOf } from "./stems.js";

/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {import("./lexicon.js").Term} Term */
/** @typedef {import("./query.js").Item} Item */
/** @typedef {import("./query.js").Query} Query */

// What a document is worth that has not the word itself but …
const SAME_STEM = 0.9;
const LONGER = 0.6; // … one that begins with it, by the share of it that the word makes up
const APART = 0.8; // … the words of joined ones, one after another
const SIMILAR = 0.4;

/** The least letters of a finished word that longer ones are looked for by. */
const ENOUGH_LETTERS = 3;
/** So many shards are read, at most, for the terms that begin with some letters. */
const MOST_SHARDS = 8;

/**
 * What became of a word, or of words that belong together.
 *
 * @typedef {object} Match
 * @property {string} written
 * @property {"found" | "similar" | "unknown" | "common"} state
 * @property {Item} looked what was looked for: of a similar word, the other one
 * @property {Scores} scores
 */

/** @typedef {{lexicon: Lexicon, count: number, signal?: AbortSignal}} Index */

/**
 * @param {Query} query
 * @param {Index} index
 * @returns {Promise<{docs: Int32Array, complete: number, matches: Match[]}>} documents as `ranked`
 *   gives them; matches in the order of the query
 */
export async function match(query, index) {
  const [found, without] = await Promise.all([
    matchAll(query.items, index),
    Promise.all(query.without.map((item) => matchExactly(item, index))),
  ]);
  const wanted = found.filter(({ state }) => state !== "common").map(({ scores }) => scores);
  return { ...ranked(wanted, without, index.count), matches: found };
}

/**
 * Looks for items, and passes over words that sentences are made of unless there are no others.
 *
 * @param {Item[]} items
 * @param {Index} index
 * @returns {Promise<Match[]>}
 */
async function matchAll(items, index) {
  const skips = !items.every(isCommon);
  const found = items.map((item) =>
    skips && isCommon(item) ? [matched(item, "common", new Scores(0))] : matchItem(item, index),
  );
  return (await Promise.all(found)).flat();
}

/** @returns {Match} */
function matched(looked, state, scores) {
  return { written: looked.written, state, looked, scores };
}

/**
 * Looks for words as they may be meant: those that no document has as they are written, one by one.
 *
 * @param {Item} item
 * @param {Index} index
 * @returns {Promise<Match[]>}
 */
async function matchItem(item, index) {
  const single = item.terms.length === 1;
  const look = item.quoted ? phrase : single ? word : joined;
  const scores = await look(item, index);
  if (scores.size) return [matched(item, "found", scores)];
  if (item.quoted) return [matched(item, "unknown", scores)];
  if (!single) return matchAll(apart(item, item.terms, item.parts), index);
  if (item.parts[0].length) return matchAll(apart(item, item.parts[0], []), index);
  return [await matchSimilar(item, index)];
}

/** Takes apart words that are written as one. */
function apart(item, terms, parts) {
  return terms.map((term, place) => ({
    ...item,
    written: term,
    terms: [term],
    parts: [parts[place] ?? []],
    whole: null,
    open: item.open && place === terms.length - 1,
  }));
}

/** Looks for the word that is most like one that nothing begins with. */
async function matchSimilar(item, index) {
  const other = await nearest(item, index.lexicon, MOST_SHARDS, index.signal);
  if (other === null) return matched(item, "unknown", new Scores(index.count));
  const looked = { ...item, terms: [other], open: false };
  const scores = await word(looked, index, { longer: false });
  scores.scale(SIMILAR);
  return matched(looked, "similar", scores);
}

/**
 * Looks for a word, its forms and, unless told otherwise, longer words that begin with it.
 *
 * @returns {Promise<Scores>}
 */
async function word({ terms: [term], open }, { lexicon, count, signal }, { longer = true } = {}) {
  const stem = stemOf(term);
  const far = longer && (open || term.length >= ENOUGH_LETTERS);
  const [own, family, beginning] = await Promise.all([
    lexicon.term(term, signal),
    stem === null ? [] : lexicon.beginning(beginningOf(term, stem), MOST_SHARDS, signal),
    far ? lexicon.beginning(term, MOST_SHARDS, signal) : [],
  ]);
  const scores = new Scores(count);
  if (own) scores.add(own, 1);
  for (const other of family) {
    if (other.text !== term && stemOf(other.text) === stem) scores.add(other, SAME_STEM);
  }
  return withLonger(scores, term, beginning, open);
}

/** Looks for words joined by signs: as they are, as the beginning of a name, one after another. */
async function joined(item, index) {
  const { lexicon, count, signal } = index;
  const { whole, open } = item;
  const [own, beginning] = await Promise.all([
    whole && lexicon.term(whole, signal),
    whole ? lexicon.beginning(whole, MOST_SHARDS, signal, { joined: true }) : [],
  ]);
  const scores = new Scores(count);
  if (own) scores.add(own, 1);
  withLonger(scores, whole, beginning, open);
  // A name with a number is written in one way; of other words some leave out the joint.
  if (scores.size && item.terms.some((term) => /\p{N}/u.test(term))) return scores;
  scores.merge(await phrase(item, index), APART);
  return scores;
}

/**
 * Adds longer words to what a word has found, and counts its rarity. That is the rarity of the word
 * and its forms: one that stands nowhere as it is has that of all words that begin with it.
 */
function withLonger(scores, term, beginning, open) {
  const { length } = scores.of;
  const own = scores.size;
  for (const other of beginning) {
    if (other.text !== term) scores.add(other, (LONGER * term.length) / other.text.length, open);
  }
  scores.scale(rarity(own || scores.size, length));
  return scores;
}

/**
 * Looks for words one after another; the last may go on.
 *
 * @returns {Promise<Scores>}
 */
async function phrase({ terms, open }, index) {
  const { lexicon, signal, count } = index;
  const last = terms.length - 1;
  const slots = await Promise.all(
    terms.map(async (term, slot) => {
      if (open && slot === last) return lexicon.beginning(term, MOST_SHARDS, signal);
      const own = await lexicon.term(term, signal);
      return own ? [own] : [];
    }),
  );
  const every = slots.map((found) => {
    const scores = new Scores(count);
    for (const term of found) scores.add(term, 1);
    scores.scale(rarity(scores.size, count));
    return scores;
  });
  const has = new Uint8Array(count).map((_, doc) => (every.every(({ of }) => of[doc]) ? 1 : 0));
  if (last && has.includes(1)) await keepFollowing(slots, has, index);
  const sum = new Scores(count);
  has.forEach((yes, doc) => {
    if (!yes) return;
    sum.of[doc] = every.reduce((total, { of }) => total + of[doc], 0);
    sum.titled[doc] = every.every(({ titled }) => titled[doc]) ? 1 : 0;
  });
  return sum;
}

/**
 * Keeps, of documents that have terms, those where one of each slot follows one of the slot before.
 *
 * @param {Term[][]} slots
 * @param {Uint8Array} has 1 for the documents in question
 * @param {Index} index
 */
async function keepFollowing(slots, has, { lexicon, signal }) {
  const every = await Promise.all(
    slots.map((terms) => Promise.all(terms.map((term) => lexicon.places(term, has, signal)))),
  );
  has.forEach((yes, doc) => {
    if (!yes) return;
    const [first, ...others] = every.map((terms) => terms.flatMap((of) => of.get(doc) ?? []));
    const sets = others.map((places) => new Set(places));
    const starts = first.some((place) => sets.every((set, slot) => set.has(place + slot + 1)));
    has[doc] = starts ? 1 : 0;
  });
}

/** Looks for what documents must not have: no longer words, and no others like them. */
async function matchExactly(item, index) {
  const single = item.terms.length === 1 && !item.quoted;
  return single
    ? word({ ...item, open: false }, index, { longer: false })
    : phrase({ ...item, open: false }, index);
}
