/** The word of an index that is most like one that it has not. */

/** @typedef {import("./lexicon.js").Lexicon} Lexicon */
/** @typedef {import("./query.js").Item} Item */

const LEAST_LETTERS = 4;
/** From so many letters on a word may have two slips. */
const LONG = 8;

/**
 * Looks among the words with the same first letters: three of them, else two, else one.
 *
 * What holds a number is another code or id, and none that is like it will do.
 *
 * @param {Item} item a single word
 * @param {Lexicon} lexicon
 * @param {number} most shards to read for the same first letters
 * @param {AbortSignal} [signal]
 * @returns {Promise<string | null>} of words as near, the one that most documents have
 */
export async function nearest(item, lexicon, most, signal) {
  const [term] = item.terms;
  if (term.length < LEAST_LETTERS || !/^\p{L}+$/u.test(term)) return null;
  const slips = term.length >= LONG ? 2 : 1;
  for (let letters = 3; letters > 0; letters -= 1) {
    const others = await lexicon.beginning(term.slice(0, letters), most, signal);
    let [best, least] = [null, slips + 1];
    for (const other of others) {
      if (!/^\p{L}+$/u.test(other.text)) continue;
      const apart = distance(term, other.text, item.open, least);
      if (apart < least || (apart === least && best && other.count > best.count)) {
        [best, least] = [other, apart];
      }
    }
    if (best) return best.text;
  }
  return null;
}

/** Tells how many slips lead from one word to another, or to its beginning where it may go on. */
function distance(term, other, open, most) {
  if (!open) return slipsBetween(term, other, most);
  const lengths = [term.length - 1, term.length, term.length + 1];
  return Math.min(...lengths.map((length) => slipsBetween(term, other.slice(0, length), most)));
}

/**
 * Counts letters put in, left out, exchanged, or swapped with their neighbour (the distance of
 * optimal string alignment).
 *
 * @param {string} one
 * @param {string} other
 * @param {number} most more than this is all the same
 * @returns {number}
 */
function slipsBetween(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      let slips = Math.min(above[column] + 1, line[column - 1] + 1, above[column - 1] + !same);
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && swapped) slips = Math.min(slips, before[column - 2] + 1);
      line.push(slips);
    }
    if (Math.min(...line) > most) return most + 1;
    [before, above] = [above, line];
  }
  return above[other.length];
}
