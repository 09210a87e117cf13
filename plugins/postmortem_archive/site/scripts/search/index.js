/**
 * The search of an archive: what the explorer and the header's box ask for.
 *
 * Nothing here knows of a page. Whatever is awaited fails with a `FetchError` that names the file
 * that could not be had, or with the reason of the signal that stopped it.
 */

import { Columns } from "./columns.js";
import { Marker } from "./excerpts.js";
import { Lexicon } from "./lexicon.js";
import { match } from "./matching.js";
import { parse } from "./query.js";
import { FetchError, Store, fetched, json, until } from "./store.js";

export { FetchError };

/**
 * @typedef {object} Named
 * @property {string} name as the URL has it
 * @property {string} title as people read it
 */

/**
 * A report, as results show it. A page's card has only `title`, `url`, `where` and `text`.
 *
 * @typedef {object} Card
 * @property {string} id
 * @property {string} title
 * @property {string} url relative to the site's root; a page's may end with an anchor
 * @property {string} [where] the title of the page that a piece of a page is on
 * @property {string} summary
 * @property {string | null} date
 * @property {string} day
 * @property {{name: string, label: string, tone: number} | null} severity
 * @property {string} kind
 * @property {string} status
 * @property {{title: string, url: string}[]} services
 * @property {string | null} cause
 * @property {string | null} trigger
 * @property {string | null} detection
 * @property {string | null} took
 * @property {string | null} ended
 * @property {number} open_actions
 * @property {boolean} recurring
 * @property {string} text the name of the file with its words
 */

/**
 * What became of a word (or a phrase) of the query.
 *
 * found: there are documents with it. similar: there is none; documents with `instead` are shown.
 * unknown: there is none, nor one with a word like it. common: it is a function word, which no
 * document needs to have.
 *
 * @typedef {object} Word
 * @property {string} written
 * @property {"found" | "similar" | "unknown" | "common"} state
 * @property {string} [instead]
 */

/**
 * @typedef {object} Found
 * @property {Int32Array} docs numbers of documents, best first
 * @property {number} complete how many of them, from the first on, have every word (or the id that
 *   is asked for)
 * @property {Word[]} words of the query, in its order
 * @property {string[]} without what was excluded
 * @property {string[]} ignored what was not looked for, as the query is too long
 * @property {(doc: number) => string[]} lacks the words, as written, that a document has not
 * @property {(word: string) => boolean} marks whether a word of a text is one that was looked for
 * @property {(text: string) => Excerpt} marked the whole of a text, such as a title, with marks
 */

/** @typedef {{text: string, marked: boolean}[]} Excerpt */

/**
 * @typedef {object} Filters
 * @property {Record<string, {any?: string[], not?: string[]}>} [facets] by a facet's name
 * @property {string | null} [from] the first day, as 2025-01-31
 * @property {string | null} [to] the last day
 * @property {number | null} [longer] at least so many minutes to resolve
 * @property {number | null} [shorter] at most so many minutes to resolve
 */

const VERSION = 1;

/** Documents that are searched together. */
class Collection {
  #store;
  #lexicon;
  #told;
  /** @type {WeakMap<Found, Marker>} */
  #markers = new WeakMap();

  constructor(told, store) {
    this.#told = told;
    this.#store = store;
    this.#lexicon = new Lexicon(store, told.terms, told.places);
  }

  /** @type {number} how many documents there are */
  get count() {
    return this.#told.count;
  }

  /**
   * Finds documents; null for a query without a word.
   *
   * @param {string} text as typed
   * @param {{typing?: boolean, signal?: AbortSignal}} [options] typing: the last word may go on
   * @returns {Promise<Found | null>}
   */
  async find(text, { typing = false, signal } = {}) {
    const query = parse(text, typing);
    if (!query.items.length && !query.without.length) return null;
    const index = { lexicon: this.#lexicon, count: this.count, signal };
    const { docs, complete, matches } = await match(query, index);
    signal?.throwIfAborted();
    const marker = new Marker(matches);
    const found = {
      docs,
      complete,
      words: matches.map(wordOf),
      without: query.without.map(({ written }) => written),
      ignored: query.ignored,
      lacks: (doc) => matches.filter((word) => lacks(word, doc)).map(({ written }) => written),
      marks: (word) => marker.marks(word),
      marked: (title) => marker.marked(title),
    };
    this.#markers.set(found, marker);
    return found;
  }

  /**
   * @param {Iterable<number>} docs
   * @param {{signal?: AbortSignal}} [options]
   * @returns {Promise<Card[]>} in the order of `docs`
   */
  async cards(docs, { signal } = {}) {
    const { cards, cards_at_once: size } = this.#told;
    return Promise.all(
      Array.from(docs, async (doc) => {
        const pack = await this.#store.read(cards[Math.floor(doc / size)], json, signal);
        return pack[doc % size];
      }),
    );
  }

  /**
   * Cuts the pieces of a document, of at most 240 characters together, that show most of what was
   * found.
   *
   * @param {Card} card
   * @param {Found} found
   * @param {{signal?: AbortSignal}} [options]
   * @returns {Promise<Excerpt>} empty where its text has none of the words
   */
  async excerpt(card, found, { signal } = {}) {
    const { blocks } = await this.#store.read(card.text, json, signal);
    return this.#markers.get(found).excerpt(blocks);
  }
}

/** @returns {Word} */
function wordOf({ written, state, looked }) {
  return state === "similar" ? { written, state, instead: looked.terms[0] } : { written, state };
}

function lacks({ state, scores }, doc) {
  return state !== "common" && !(scores.of[doc] > 0);
}

/** An opened search. */
class Search {
  #store;
  #told;

  constructor(told, store) {
    this.#told = told.reports;
    this.#store = store;
    /** @type {Collection} the reports, numbered from the oldest on */
    this.reports = new Collection(told.reports, store);
    /** @type {Collection} all other pages */
    this.pages = new Collection(told.pages, store);
  }

  /**
   * @param {{signal?: AbortSignal}} [options]
   * @returns {Promise<Columns>} what reports have in common
   */
  async columns({ signal } = {}) {
    const { columns, orders } = this.#told;
    const ranks = (stop) => this.#store.read(orders, json, stop);
    return this.#store.read(columns, (content) => decodeColumns(content, ranks), signal);
  }
}

function decodeColumns(content, ranks) {
  const { value, bytes } = json(content);
  return { value: new Columns(value, ranks), bytes };
}

/** The site's root, from which the addresses on cards lead. */
export const root = new URL("../../../", import.meta.url);

/** @type {Map<string, Promise<Search>>} */
const opened = new Map();

/**
 * Opens the search whose files are in a folder, once for all who ask; anew after a file of it was
 * gone.
 *
 * @param {URL} folder
 * @param {{signal?: AbortSignal}} [options]
 * @returns {Promise<Search>}
 */
export function open(folder, { signal } = {}) {
  let search = opened.get(folder.href);
  if (!search) {
    search = read(folder);
    opened.set(folder.href, search);
    search.catch(() => opened.delete(folder.href));
  }
  return until(search, signal);
}

async function read(folder) {
  const url = new URL("index.json", folder);
  // It names all other files: an old one may name what is gone.
  const content = await fetched(url, { cache: "no-cache" });
  let told;
  try {
    told = json(content).value;
  } catch (cause) {
    throw new FetchError(url, "it is no index of a search", { status: 200, cause });
  }
  if (told.version !== VERSION) {
    throw new FetchError(url, `it is of version ${told.version}, not ${VERSION}`, { status: 200 });
  }
  return new Search(told, new Store(folder, { gone: () => opened.delete(folder.href) }));
}
