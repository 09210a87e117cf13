/** What a word is worth in each document that has it. */

/** @typedef {import("./lexicon.js").Term} Term */

// A weight of the index: how much a word says of a document, and whether its title or id has it …
const AMOUNT = 0x7f;
const TITLED = 7;
/** … or, at the most of both, that it is the document's own id. */
const OWN_ID = 0xff;
/** A form of the word stands for it in a title; a longer word does not. */
const AS_GOOD = 0.9;

export class Scores {
  /** @param {number} count of documents */
  constructor(count) {
    /** @type {Float32Array} of each document; above 0 where it has the word */
    this.of = new Float32Array(count);
    /** @type {Uint8Array} 1 where the title or the id has it */
    this.titled = new Uint8Array(count);
    /** @type {number[]} the documents whose id it is */
    this.named = [];
  }

  /**
   * Adds the documents of a term; of several terms the best counts in each.
   *
   * @param {Term} term
   * @param {number} share of its weight that counts, up to 1 for the word itself
   * @param {boolean} [open] whether a longer word may be the one that is meant
   */
  add(term, share, open = false) {
    const { of, titled, named } = this;
    const good = share >= AS_GOOD || open ? 1 : 0;
    term.each((doc, weight) => {
      const score = (share * (weight & AMOUNT)) / AMOUNT;
      if (score > of[doc]) of[doc] = score;
      titled[doc] |= good & (weight >> TITLED);
      if (weight === OWN_ID && share === 1) named.push(doc);
    });
  }

  /** @returns {number} how many documents have the word */
  get size() {
    return this.of.reduce((sum, score) => sum + (score > 0 ? 1 : 0), 0);
  }

  /** Multiplies all scores. */
  scale(factor) {
    const { of } = this;
    for (let doc = 0; doc < of.length; doc += 1) of[doc] *= factor;
  }

  /**
   * Adds what else was found; in a document that has the word already, in full.
   *
   * @param {Scores} other
   * @param {number} share of its scores that counts elsewhere
   */
  merge(other, share) {
    const { of, titled } = this;
    other.of.forEach((score, doc) => {
      of[doc] = Math.max(of[doc], (of[doc] > 0 ? 1 : share) * score);
      titled[doc] |= other.titled[doc];
    });
  }
}

/**
 * Tells how much a word says that `size` of `count` documents have: the inverse document frequency
 * of BM25 (Robertson and Zaragoza 2009, 3.2), above 0 for every word.
 *
 * @param {number} size
 * @param {number} count
 * @returns {number}
 */
export function rarity(size, count) {
  return Math.log(1 + (count - size + 0.5) / (size + 0.5));
}
