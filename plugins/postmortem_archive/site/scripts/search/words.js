/**
 * What a word is: site/search/words.py has the same rules, and tells them. What is changed there
 * changes here, and tests/site/search/words.json holds both.
 */

const MARKS = /\p{M}+/gu;
const COMPOUND = /[\p{L}\p{N}]+(?:(?:::|[_\-./:@])[\p{L}\p{N}]+)*/gu;
const WORD = /[\p{L}\p{N}]+/gu;
// Code is written in ASCII: OutOfMemoryError, HTTPServer, s3Bucket.
const TURN = /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;

/** Characters: a longer compound is found by its words alone, a longer word by its beginning. */
const LONGEST = 64;

/**
 * Takes off what two spellings of a word may differ in: marks, width, case.
 *
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  return lower(bare(text));
}

/** @param {string} text */
function bare(text) {
  return text.normalize("NFKD").replace(MARKS, "");
}

/** @param {string} text */
function lower(text) {
  // Which of the two small sigmas is right depends on what follows.
  return text.toLowerCase().replaceAll("ς", "σ");
}

/**
 * A word, and those of more than one letter that it is written of in camel case.
 *
 * @typedef {{term: string, parts: string[]}} Word
 */

/**
 * Words joined as in max_connections, or one alone; `whole` is the term for all, if there is one.
 *
 * @typedef {{written: string, words: Word[], whole: string | null}} Compound
 */

/**
 * @param {string} text
 * @returns {Compound[]}
 */
export function compounds(text) {
  return (bare(text).match(COMPOUND) ?? []).map((compound) => {
    const words = compound.match(WORD).map(word);
    const whole = words.length > 1 && characters(compound) <= LONGEST;
    return { written: compound, words, whole: whole ? lower(compound) : null };
  });
}

/** @param {string} written */
function word(written) {
  const short = characters(written) <= LONGEST;
  const parts = short ? written.split(TURN) : [];
  const long = parts.length > 1 ? parts.filter((part) => part.length > 1) : [];
  return {
    term: short ? lower(written) : [...lower(written)].slice(0, LONGEST).join(""),
    parts: [...new Set(long.map(lower))],
  };
}

/** @param {string} text */
function characters(text) {
  return text.length <= LONGEST ? text.length : [...text].length;
}

/**
 * A text's words with their places, which count from 0: a compound comes before its words, a word
 * before its parts.
 *
 * @param {string} text
 * @returns {[string, number][]}
 */
export function words(text) {
  const found = [];
  let place = 0;
  for (const { words: inside, whole } of compounds(text)) {
    if (whole !== null) found.push([whole, place]);
    for (const { term, parts } of inside) {
      found.push([term, place]);
      for (const part of parts) found.push([part, place]);
      place += 1;
    }
  }
  return found;
}
