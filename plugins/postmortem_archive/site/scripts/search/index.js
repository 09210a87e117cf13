/**
 * The search of an archive: what the explorer and the header's box ask for.
 *
 * Nothing here knows of a page. Whatever is awaited fails with a `FetchError` (store.js) that
 * names the file that could not be had, or with the reason of the signal that stopped it.
 */

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
 * @property {number} complete how many of them, from the first on, have every word
 * @property {Word[]} words of the query, in its order; excluded ones are not among them
 * @property {(doc: number) => string[]} lacks the words, as written, that a document has not
 * @property {(word: string) => boolean} marks whether a word of a text is one that was looked for
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

/** Documents that are searched together. */
class Collection {
  /** @type {number} how many documents there are */
  count;

  /**
   * Finds documents; null for a query without a word.
   *
   * @param {string} text as typed
   * @param {{typing?: boolean, signal?: AbortSignal}} [options] typing: the last word may go on
   * @returns {Promise<Found | null>}
   */
  async find(text, { typing = false, signal } = {}) {}

  /**
   * @param {Iterable<number>} docs
   * @param {{signal?: AbortSignal}} [options]
   * @returns {Promise<Card[]>} in the order of `docs`
   */
  async cards(docs, { signal } = {}) {}

  /**
   * Cuts the piece of a document, of at most 240 characters, that has most of what was found.
   *
   * @param {Card} card
   * @param {Found} found
   * @param {{signal?: AbortSignal}} [options]
   * @returns {Promise<Excerpt>} empty where its text has none of the words
   */
  async excerpt(card, found, { signal } = {}) {}
}

/** What reports have in common, by which they are filtered, counted and sorted (columns.js). */
class Columns {
  /** @type {Record<string, {title: string, values: Named[]}>} by name, in the order of display */
  facets;
  /** @type {Float64Array} days since 1970-01-01 of each report; NaN where none is told */
  day;
  /** @type {Record<string, Float64Array>} a clock's minutes of each report, by its name; or NaN */
  minutes;

  /**
   * @param {string} facet
   * @param {number} doc
   * @returns {number[]} places in the facet's `values`
   */
  values(facet, doc) {}

  /**
   * @param {Filters} filters
   * @returns {Uint8Array} 1 for every report that passes
   */
  filter(filters) {}

  /**
   * Counts reports by each facet's values; a facet does not heed its own filter.
   *
   * @param {Found | null} found null without a query: every report
   * @param {Filters} filters
   * @returns {Record<string, Int32Array>} by facet, in the order of its `values`
   */
  counts(found, filters) {}

  /**
   * Sorts reports; those of which the key tells nothing come last, equal ones newest first.
   *
   * @param {Iterable<number>} docs
   * @param {"date" | "severity" | "took" | "title" | "service"} key
   * @param {boolean} descending newest, worst or longest first
   * @param {{signal?: AbortSignal}} [options]
   * @returns {Promise<Int32Array>}
   */
  async sorted(docs, key, descending, { signal } = {}) {}
}

/** An opened search. */
class Search {
  /** @type {Collection} the reports */
  reports;
  /** @type {Collection} all other pages */
  pages;

  /**
   * @param {{signal?: AbortSignal}} [options]
   * @returns {Promise<Columns>} the same object each time
   */
  async columns({ signal } = {}) {}
}

/** The site's root, from which the addresses on cards lead. */
export const root = new URL("../../../", import.meta.url);

/**
 * Opens the search whose files are in a folder.
 *
 * @param {URL} folder
 * @param {{signal?: AbortSignal}} [options]
 * @returns {Promise<Search>}
 */
export async function open(folder, { signal } = {}) {}
