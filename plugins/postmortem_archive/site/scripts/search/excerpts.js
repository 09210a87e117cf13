/** Texts with marks at what was looked for, and the pieces of a report that show most of it. */

import { beginningOf, stemOf } from "./stems.js";
import { compounds, fold } from "./words.js";

/** @typedef {import("./index.js").Excerpt} Excerpt */
/** @typedef {import("./matching.js").Match} Match */

/** @typedef {{start: number, end: number, terms: string[]}} Token a word of a text, and its parts */
/**
 * @typedef {{terms: string[], open: boolean, beginnings: string[],
 *   takes: (term: string) => boolean}} Sought
 */
/** @typedef {{start: number, end: number, seen: number, worth: number}} Stretch */

const RUN = /[\p{L}\p{N}\p{M}]+/gu;
/** Most words: without parts, and folded by their case alone. */
const PLAIN = /^(?:[A-Z]?[a-z]+|[0-9]+)$/;
const LONGEST = 240;
/** A stretch of text from one mark to another; the rest of an excerpt is what stands around it. */
const WIDE = 180;
const NARROW = 80;
/** One is looked for by a bit of a number. */
const MOST = 31;
// A title and a summary are shown beside the excerpt, and a heading says little by itself.
const KINDS = { title: 0, summary: 0.5, heading: 0.7, fact: 0.9 };

/** What tells the words of a text that were looked for. */
export class Marker {
  /** @type {Sought[]} */
  #sought;

  /** @param {Match[]} matches */
  constructor(matches) {
    this.#sought = matches
      .filter(({ state }) => state === "found" || state === "similar")
      .slice(0, MOST)
      .map(sought);
  }

  /**
   * Tells whether a word by itself, or as one of several, was looked for.
   *
   * @param {string} word
   * @returns {boolean}
   */
  marks(word) {
    return tokensOf(word).some(({ terms }) =>
      this.#sought.some((one) =>
        one.terms.length > 1 ? terms.some((term) => one.terms.includes(term)) : terms.some(one.takes),
      ),
    );
  }

  /**
   * @param {string} text
   * @returns {Excerpt} the whole text
   */
  marked(text) {
    const tokens = tokensOf(text);
    return cut(text, tokens, this.#seen(tokens), 0, text.length);
  }

  /**
   * @param {[string, string][]} blocks the kind and the text of each
   * @returns {Excerpt}
   */
  excerpt(blocks) {
    const told = blocks.map(([kind, text]) => {
      const tokens = this.#mayHave(text) ? tokensOf(text) : [];
      return { text, tokens, seen: this.#seen(tokens), share: KINDS[kind] ?? 1 };
    });
    const whole = best(told, WIDE, 0);
    if (!whole) return [];
    const first = best(told, NARROW, 0);
    const second = best(told, NARROW, first.seen);
    const more = second && bits(first.seen | second.seen) > bits(whole.seen);
    if (!more) return around(whole, LONGEST);
    const half = LONGEST / 2 - 2;
    return apart(around(first, half), around(second, half));
  }

  /**
   * Tells whether a text may have what was looked for. Few blocks of a report do, and to cut all of
   * them into words takes far longer than this.
   */
  #mayHave(text) {
    const folded = fold(text);
    const there = (beginning) => folded.includes(beginning);
    return this.#sought.some(({ beginnings }) => beginnings.every(there));
  }

  /** Tells for each word, by bits, which of those that were looked for it is. */
  #seen(tokens) {
    const seen = new Uint32Array(tokens.length);
    this.#sought.forEach(({ terms, takes }, number) => {
      const last = terms.length - 1;
      tokens.forEach((token, place) => {
        for (let slot = 0; slot < last; slot += 1) {
          if (!tokens[place + slot]?.terms.includes(terms[slot])) return;
        }
        if (!tokens[place + last]?.terms.some(takes)) return;
        for (let slot = 0; slot <= last; slot += 1) seen[place + slot] |= 1 << number;
      });
    });
    return seen;
  }
}

/**
 * @returns {Sought} `takes` tells the last of its terms; `beginnings` has what the words of each begin
 *   with at least
 */
function sought({ state, looked }) {
  const { terms, open, quoted } = looked;
  const last = terms.at(-1);
  const single = terms.length === 1;
  const longer = state === "found" && (open || (single && !quoted && last.length > 2));
  const stem = single && !quoted ? stemOf(last) : null;
  return {
    terms,
    open,
    beginnings: [...terms.slice(0, -1), stem === null ? last : beginningOf(last, stem)],
    takes: (term) =>
      term === last ||
      (longer && term.startsWith(last)) ||
      (stem !== null && stemOf(term) === stem),
  };
}

/** @returns {Token[]} */
function tokensOf(text) {
  const tokens = [];
  for (const { 0: run, index: start } of text.matchAll(RUN)) {
    if (PLAIN.test(run)) {
      tokens.push({ start, end: start + run.length, terms: [run.toLowerCase()] });
      continue;
    }
    for (const { words } of compounds(run)) {
      for (const { term, parts } of words) {
        tokens.push({ start, end: start + run.length, terms: [term, ...parts] });
      }
    }
  }
  return tokens;
}

/**
 * Looks for the stretch, from a mark to a mark, that shows most.
 *
 * @param {number} width characters, at most, from the first mark to the end of the last
 * @param {number} known bits of what is shown already
 */
function best(blocks, width, known) {
  let found = null;
  for (const block of blocks) {
    const { tokens, seen, share } = block;
    for (let from = 0; from < tokens.length; from += 1) {
      if (!(seen[from] & ~known)) continue;
      let [shown, marks, to] = [0, 0, from];
      for (let at = from; at < tokens.length; at += 1) {
        if (at > from && tokens[at].end - tokens[from].start > width) break;
        if (!seen[at]) continue;
        shown |= seen[at];
        marks += 1;
        to = at;
      }
      // What is new counts first; how often it is told decides between equals.
      const worth = share * (bits(shown & ~known) + Math.min(marks, 5) / 100);
      if (worth > (found?.worth ?? 0)) {
        found = { block, start: tokens[from].start, end: tokens[to].end, seen: shown, worth };
      }
    }
  }
  return found;
}

/** Counts the ones of a number. */
function bits(number) {
  let count = 0;
  for (let left = number >>> 0; left; left = (left & (left - 1)) >>> 0) count += 1;
  return count;
}

/** Cuts a piece out of a block: a stretch with the words before and after it. */
function around({ block, start, end }, length) {
  const { text, tokens, seen } = block;
  const room = length - 2;
  if (text.length <= length) return cut(text, tokens, seen, 0, text.length);
  const spare = Math.max(0, room - (end - start));
  const before = Math.min(start, Math.max(Math.floor(spare / 3), spare - (text.length - end)));
  let [from, to] = [start - before, Math.min(text.length, start - before + room)];
  // Whole words: what is cut in two is left out, unless it is all that there is.
  const firstWhole = tokens.find((token) => token.start >= from);
  if (from > 0) from = Math.min(start, firstWhole.start);
  const lastWhole = tokens.findLast((token) => token.end <= to);
  if (to < text.length) to = lastWhole && lastWhole.end >= end ? lastWhole.end : to;
  return joined([
    { text: from > 0 ? "…" : "", marked: false },
    ...cut(text, tokens, seen, from, to),
    { text: to < text.length ? "…" : "", marked: false },
  ]);
}

/** Puts two pieces one after the other. */
function apart(first, second) {
  const cutOff = first.at(-1).text.endsWith("…") || second[0].text.startsWith("…");
  return joined([...first, { text: cutOff ? " " : " … ", marked: false }, ...second]);
}

/** Cuts a text into what is marked and what is not. */
function cut(text, tokens, seen, from, to) {
  const pieces = [];
  let at = from;
  tokens.forEach(({ start, end }, place) => {
    if (!seen[place] || start < at || end > to) return;
    pieces.push({ text: text.slice(at, start), marked: false });
    pieces.push({ text: text.slice(start, end), marked: true });
    at = end;
  });
  pieces.push({ text: text.slice(at, to), marked: false });
  return joined(pieces.map((piece) => ({ ...piece, text: piece.text.replace(/\s+/g, " ") })));
}

/** Joins pieces of the same kind, and marks over a joint between two of them. */
function joined(pieces) {
  const found = [];
  pieces.forEach((piece, place) => {
    const joint = /^(?:::|[_\-./:@])$/.test(piece.text);
    const between = found.at(-1)?.marked && pieces[place + 1]?.marked;
    const marked = piece.marked || (joint && between);
    if (!piece.text) return;
    if (found.length && found.at(-1).marked === marked) found.at(-1).text += piece.text;
    else found.push({ text: piece.text, marked });
  });
  return found;
}
