/** Which documents have what a query asks for, and which of them come first. */

import { nearest } from "./nearest.js";
import { isCommon } from "./query.js";
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
const MOST_SHARDS = 6;
/** Where fewer documents than this have every word, others follow that lack one. */
const FEW = 5;
/** The greatest weight: the index gives it to an id, in the report that it names. */
const HEAVIEST = 255;
/** More than words can score. */
const FIRST = 1e9;
/** More words than a query can have. */
const HIDDEN = 0xffff;

/**
 * What became of a word, or of words that belong together.
 *
 * @typedef {object} Match
 * @property {string} written
 * @property {"found" | "similar" | "unknown" | "common"} state
 * @property {Item} looked what was looked for: of a similar word, the other one
 * @property {Float32Array} scores of each document; above 0 where it has the word
 * @property {number[]} named the documents whose id it is
 */

/** @typedef {{lexicon: Lexicon, count: number, signal?: AbortSignal}} Index */

/**
 * @typedef {object} Result
 * @property {Int32Array} docs best first
 * @property {number} complete how many, from the first on, have every word or the id that is asked
 * @property {Match[]} matches in the order of the query
 */

/**
 * @param {Query} query
 * @param {Index} index
 * @returns {Promise<Result>}
 */
export async function match(query, index) {
  const [found, without] = await Promise.all([
    Promise.all(heeded(query.items, (item) => matchItem(item, index))),
    Promise.all(query.without.map((item) => matchExactly(item, index))),
  ]);
  const matches = found.flat();
  const wanted = matches.filter(({ state }) => state !== "common");
  return { ...ranked(wanted, without, index.count), matches };
}

/**
 * Looks for items, and passes over words that sentences are made of unless there are no others.
 *
 * @param {Item[]} items
 * @param {(item: Item) => Promise<Match[]>} look
 */
function heeded(items, look) {
  const skips = !items.every(isCommon);
  return items.map((item) =>
    skips && isCommon(item) ? [matched(item, new Float32Array(0), "common")] : look(item),
  );
}

/** @returns {Match} */
function matched(looked, scores, state, named = []) {
  return { written: looked.written, state, looked, scores, named };
}

/**
 * Looks for a word as it may be meant. Joined words that no document has are looked for one by one.
 *
 * @param {Item} item
 * @param {Index} index
 * @returns {Promise<Match[]>}
 */
async function matchItem(item, index) {
  if (item.quoted) return [await matchPhrase(item, index)];
  if (item.terms.length > 1) return matchJoined(item, index);
  const found = await matchWord(item, index);
  if (found.state === "found") return [found];
  const [parts] = item.parts;
  return parts.length ? matchEach(item, parts, [], index) : [await matchSimilar(item, index)];
}

/** @returns {Promise<Match>} */
async function matchWord(item, index, { longer = true } = {}) {
  const [term] = item.terms;
  const { lexicon, signal } = index;
  const stem = stemOf(term);
  const far = longer && (item.open || term.length >= ENOUGH_LETTERS);
  const [own, family, beginning] = await Promise.all([
    lexicon.term(term, signal),
    stem === null ? [] : lexicon.beginning(beginningOf(term, stem), MOST_SHARDS, signal),
    far ? lexicon.beginning(term, MOST_SHARDS, signal) : [],
  ]);
  const scores = new Float32Array(index.count);
  const named = own ? add(own, 1, scores) : [];
  for (const other of family) if (stemOf(other.text) === stem) add(other, SAME_STEM, scores);
  const rarity = rarityOf(scores);
  for (const other of beginning) add(other, (LONGER * term.length) / other.text.length, scores);
  return rated(item, scores, rarity, named);
}

/** Looks for words joined by signs: as they are, as the beginning of a name, or apart. */
async function matchJoined(item, index) {
  const { lexicon, signal } = index;
  const scores = new Float32Array(index.count);
  let named = [];
  if (item.whole !== null) {
    const [own, beginning] = await Promise.all([
      lexicon.term(item.whole, signal),
      lexicon.beginning(item.whole, MOST_SHARDS, signal, { joined: true }),
    ]);
    if (own) named = add(own, 1, scores);
    for (const other of beginning) {
      add(other, (LONGER * item.whole.length) / other.text.length, scores);
    }
  }
  const found = rated(item, scores, rarityOf(scores), named);
  // A name with a number is written in one way; of other words some leave out the joint.
  const fixed = item.terms.some((term) => /\p{N}/u.test(term));
  if (fixed && found.state === "found") return [found];
  const apart = await matchPhrase(item, index);
  apart.scores.forEach((score, doc) => {
    scores[doc] = Math.max(scores[doc], APART * score);
  });
  if (found.state === "found" || apart.state === "found") {
    return [matched(item, scores, "found", named)];
  }
  return matchEach(item, item.terms, item.parts, index);
}

/** Looks by themselves for words that are written as one. */
async function matchEach(item, terms, parts, index) {
  const items = terms.map((term, place) => ({
    ...item,
    written: term,
    terms: [term],
    parts: [parts[place] ?? []],
    whole: null,
    open: item.open && place === terms.length - 1,
  }));
  return (await Promise.all(heeded(items, (one) => matchItem(one, index)))).flat();
}

/** Looks for the word that is most like one that nothing begins with. */
async function matchSimilar(item, index) {
  const unknown = matched(item, new Float32Array(index.count), "unknown");
  const other = await nearest(item, index.lexicon, MOST_SHARDS, index.signal);
  if (other === null) return unknown;
  const looked = { ...item, terms: [other], open: false };
  const { scores } = await matchWord(looked, index, { longer: false });
  return { ...unknown, state: "similar", looked, scores: scores.map((score) => SIMILAR * score) };
}

/** Looks for words one after another; the last may go on. */
async function matchPhrase(item, index) {
  const { lexicon, signal, count } = index;
  const last = item.terms.length - 1;
  const slots = await Promise.all(
    item.terms.map(async (term, slot) => {
      if (item.open && slot === last) return lexicon.beginning(term, MOST_SHARDS, signal);
      const own = await lexicon.term(term, signal);
      return own ? [own] : [];
    }),
  );
  const weights = slots.map((terms) => {
    const heaviest = new Float32Array(count);
    for (const term of terms) add(term, 1, heaviest);
    return heaviest;
  });
  const has = new Uint8Array(count).map((_, doc) => (weights.every((of) => of[doc]) ? 1 : 0));
  if (last && has.includes(1)) await keepFollowing(slots, has, index);
  const scores = new Float32Array(count);
  for (const of of weights) {
    const rarity = rarityOf(of);
    has.forEach((yes, doc) => {
      if (yes) scores[doc] += (rarity * of[doc]) / HEAVIEST;
    });
  }
  return matched(item, scores, has.includes(1) ? "found" : "unknown");
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

/** Looks for what documents must not have: no longer words, nor similar ones. */
async function matchExactly(item, index) {
  if (item.quoted) return (await matchPhrase(item, index)).scores;
  if (item.terms.length === 1) return (await matchWord(item, index, { longer: false })).scores;
  const { scores } = await matchPhrase({ ...item, open: false }, index);
  return scores;
}

/**
 * Gives the documents of a term what it weighs in them, where they have no more already.
 *
 * @param {Term} term
 * @param {number} share of the weight that counts
 * @param {Float32Array} scores
 * @returns {number[]} the documents whose id the term is
 */
function add(term, share, scores) {
  const named = [];
  term.each((doc, weight) => {
    if (share * weight > scores[doc]) scores[doc] = share * weight;
    if (weight === HEAVIEST) named.push(doc);
  });
  return named;
}

/**
 * Tells how much a word says that some documents have: the inverse document frequency of BM25
 * (Robertson and Zaragoza 2009, 3.2), above 0 for every word.
 *
 * @param {Float32Array} scores
 * @returns {number | null} null where no document has it
 */
function rarityOf(scores) {
  const found = scores.reduce((sum, score) => sum + (score > 0 ? 1 : 0), 0);
  return found ? Math.log(1 + (scores.length - found + 0.5) / (found + 0.5)) : null;
}

/**
 * Turns weights into scores. A word that stands nowhere as it is counts by those that begin with it.
 */
function rated(item, scores, rarity, named) {
  const factor = rarity ?? rarityOf(scores);
  if (factor === null) return matched(item, scores, "unknown");
  scores.forEach((weight, doc) => {
    scores[doc] = (factor * weight) / HEAVIEST;
  });
  return matched(item, scores, "found", named);
}

/**
 * @param {Match[]} wanted
 * @param {Float32Array[]} without
 * @param {number} count
 */
function ranked(wanted, without, count) {
  const lacking = new Uint16Array(count);
  const totals = new Float32Array(count);
  for (const { scores } of wanted) {
    for (let doc = 0; doc < count; doc += 1) {
      if (scores[doc] > 0) totals[doc] += scores[doc];
      else lacking[doc] += 1;
    }
  }
  // An id that is asked for stands above all words.
  for (const { named } of wanted) {
    for (const doc of named) {
      lacking[doc] = 0;
      totals[doc] = FIRST;
    }
  }
  for (const scores of without) {
    scores.forEach((score, doc) => {
      if (score > 0) lacking[doc] = HIDDEN;
    });
  }
  const tiers = new Uint32Array(Math.max(1, wanted.length));
  for (const lack of lacking) if (lack < tiers.length) tiers[lack] += 1;
  let most = 0;
  let shown = tiers[0];
  while (shown < FEW && most + 1 < tiers.length) {
    most += 1;
    shown += tiers[most];
  }
  const docs = new Int32Array(shown);
  let end = 0;
  lacking.forEach((lack, doc) => {
    if (lack <= most) docs[end++] = doc;
  });
  docs.sort((a, b) => lacking[a] - lacking[b] || totals[b] - totals[a] || b - a);
  return { docs, complete: tiers[0] };
}
