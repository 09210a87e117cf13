/** Forms of one English word: what they have in common, and where an index has them. */

import { stemmer } from "./stem.js";

/** A shorter beginning is that of too many other words. */
const LEAST = 2;
const KEPT = 1 << 15;
const stems = new Map();

/**
 * @param {string} term
 * @returns {string | null} null for what is no plain English word
 */
export function stemOf(term) {
  let stem = stems.get(term);
  if (stem === undefined) {
    if (stems.size >= KEPT) stems.clear();
    stem = /^[a-z]+$/.test(term) ? mended(stemmer(term)) : null;
    stems.set(term, stem);
  }
  return stem;
}

/**
 * Mends what Porter's rules leave of some words: deploi of deploy, which is no stem of deployment;
 * slowli of slowly; queue beside queu of queued.
 *
 * Of a word as short as early, without its end another would be left.
 */
function mended(stem) {
  return stem
    .replace(/(?<=[aeou])i$/, "y")
    .replace(/(?<=^.{4,})li$/, "")
    .replace(/ue$/, "u");
}

/**
 * Gives the letters that all words of a stem begin with, as far as they can be told from one.
 *
 * A stem may end in a letter that its words have not all: retri of retry, cach of caching.
 *
 * @param {string} term
 * @param {string} stem
 * @returns {string}
 */
export function beginningOf(term, stem) {
  let end = 0;
  while (end < stem.length && stem[end] === term[end]) end += 1;
  const certain = term.slice(0, end).replace(/[iey]$/, "");
  return certain.length >= LEAST ? certain : term.slice(0, LEAST);
}
