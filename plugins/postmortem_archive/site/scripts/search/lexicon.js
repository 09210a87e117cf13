/** The terms of an index and the documents that have them, in shards that are read as needed. */

/** @typedef {import("./store.js").Store} Store */

const JOINTS = "_-./:@";
const UTF8 = new TextDecoder();

/**
 * The terms of a shard, in order, and the bytes of each one's postings.
 *
 * @typedef {object} Terms
 * @property {string[]} terms
 * @property {Uint32Array} counts how many documents have each
 * @property {Uint32Array} starts where the bytes of each begin; the last is their end
 * @property {Uint8Array} bytes
 */

/** A term: its place in a shard, and the place of that among the shards. */
export class Term {
  constructor(shard, number, place) {
    this.shard = shard;
    this.number = number;
    this.place = place;
  }

  /** @returns {string} */
  get text() {
    return this.shard.terms[this.place];
  }

  /** @returns {number} how many documents have it */
  get count() {
    return this.shard.counts[this.place];
  }

  /**
   * Gives every document that has the term, in order, with the term's weight in it.
   *
   * @param {(doc: number, weight: number) => void} give weight: 1 to 255
   */
  each(give) {
    const { bytes, starts } = this.shard;
    const weights = starts[this.place + 1] - this.count;
    let at = starts[this.place];
    let doc = 0;
    for (let posting = 0; posting < this.count; posting += 1) {
      let shift = 0;
      let byte;
      let gap = 0;
      do {
        byte = bytes[at];
        gap |= (byte & 0x7f) << shift;
        shift += 7;
        at += 1;
      } while (byte & 0x80);
      doc += gap;
      give(doc, bytes[weights + posting]);
    }
  }
}

export class Lexicon {
  #store;
  #terms;
  #places;

  /**
   * @param {Store} store
   * @param {[string, string][]} terms the first term of each shard, and the shard's hash
   * @param {string[]} places the hashes of the shards of places
   */
  constructor(store, terms, places) {
    this.#store = store;
    this.#terms = terms;
    this.#places = places;
  }

  /**
   * Reads the terms that begin with some letters, in their order.
   *
   * Those that go on with a joint (inc: inc-2025-014) are left out unless `joined`: who has such a
   * term has the word that it begins with.
   *
   * @param {string} beginning
   * @param {number} most how many shards are read: later terms are left out
   * @param {AbortSignal} [signal]
   * @param {{joined?: boolean}} [options]
   * @returns {Promise<Term[]>}
   */
  async beginning(beginning, most, signal, { joined = false } = {}) {
    const left = (term) => !joined && JOINTS.includes(term[beginning.length] ?? " ");
    const numbers = this.#shardsOf(beginning, left).slice(0, most);
    const shards = await Promise.all(numbers.map((number) => this.#shard(number, signal)));
    const found = [];
    shards.forEach((shard, index) => {
      const { terms } = shard;
      for (let at = lowerBound(terms, beginning); terms[at]?.startsWith(beginning); at += 1) {
        if (!left(terms[at])) found.push(new Term(shard, numbers[index], at));
      }
    });
    return found;
  }

  /** Gives the numbers of the shards that may hold what `beginning` reads. */
  #shardsOf(beginning, left) {
    const found = [];
    const start = Math.max(0, this.#shardOf(beginning));
    const firstOf = (number) => this.#terms[number]?.[0] ?? "";
    for (let number = start; number < this.#terms.length; number += 1) {
      const [first, next] = [firstOf(number), firstOf(number + 1)];
      if (number > start && !first.startsWith(beginning)) break;
      // Between two terms that go on with the same joint are no others.
      const within = first.startsWith(beginning) && next.startsWith(beginning);
      const same = first[beginning.length] === next[beginning.length];
      if (!(within && same && left(first))) found.push(number);
    }
    return found;
  }

  /**
   * @param {string} text
   * @param {AbortSignal} [signal]
   * @returns {Promise<Term | null>}
   */
  async term(text, signal) {
    const number = this.#shardOf(text);
    if (number < 0) return null;
    const shard = await this.#shard(number, signal);
    const place = lowerBound(shard.terms, text);
    return shard.terms[place] === text ? new Term(shard, number, place) : null;
  }

  /**
   * Reads where a term stands in some documents.
   *
   * @param {Term} term
   * @param {Uint8Array} wanted 1 for each document in question
   * @param {AbortSignal} [signal]
   * @returns {Promise<Map<number, number[]>>} places by document, in order
   */
  async places(term, wanted, signal) {
    const hash = this.#places[term.number];
    const { starts, bytes } = await this.#store.read(hash, decodePlaces, signal);
    const found = new Map();
    let at = starts[term.place];
    const next = () => {
      let value = 0;
      let shift = 0;
      let byte;
      do {
        byte = bytes[at];
        value |= (byte & 0x7f) << shift;
        shift += 7;
        at += 1;
      } while (byte & 0x80);
      return value;
    };
    term.each((doc) => {
      const places = wanted[doc] ? [] : null;
      let place = 0;
      for (let left = next(); left > 0; left -= 1) {
        place += next();
        places?.push(place);
      }
      if (places) found.set(doc, places);
    });
    return found;
  }

  /** Gives the number of the only shard that may hold a text, -1 for none. */
  #shardOf(text) {
    let [low, high] = [0, this.#terms.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#terms[middle][0] <= text) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #shard(number, signal) {
    return this.#store.read(this.#terms[number][1], decodeTerms, signal);
  }
}

/** @param {Uint8Array} content */
function decodeTerms(content) {
  const { header, body } = split(content);
  const { terms, counts, bytes } = header;
  const shard = { terms, counts: Uint32Array.from(counts), starts: sums(bytes), bytes: body };
  return { value: shard, bytes: 2 * content.byteLength + 24 * terms.length };
}

/** @param {Uint8Array} content */
function decodePlaces(content) {
  const { header, body } = split(content);
  return { value: { starts: sums(header.bytes), bytes: body }, bytes: content.byteLength };
}

/** Takes a shard apart: the length of its header (four bytes, the lowest first), that, the rest. */
function split(content) {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const end = 4 + view.getUint32(0, true);
  return {
    header: JSON.parse(UTF8.decode(content.subarray(4, end))),
    body: content.subarray(end),
  };
}

/** @param {number[]} lengths */
function sums(lengths) {
  const starts = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, place) => {
    starts[place + 1] = starts[place] + length;
  });
  return starts;
}

/** @param {string[]} sorted */
function lowerBound(sorted, text) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
