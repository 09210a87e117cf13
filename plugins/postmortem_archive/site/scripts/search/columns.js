/** What reports have in common, in columns: filtering, counting and sorting without a search. */

/** @typedef {import("./index.js").Filters} Filters */
/** @typedef {import("./index.js").Named} Named */

const DAY = 86_400_000;
/** The scale of severities begins with the worst; the other orders are the plain ones. */
const KEYS = ["date", "severity", "took", "title", "service"];

/** A facet: which of its values each report has, one after another. */
class Facet {
  /** @param {{title: string, values: Named[], of: (number | number[] | null)[]}} told */
  constructor({ title, values, of }) {
    this.title = title;
    this.values = values;
    this.places = new Map(values.map(({ name }, place) => [name, place]));
    this.starts = new Uint32Array(of.length + 1);
    const flat = [];
    of.forEach((value, doc) => {
      if (value !== null) flat.push(...[value].flat());
      this.starts[doc + 1] = flat.length;
    });
    this.flat = Uint16Array.from(flat);
  }

  /**
   * Marks the reports that a filter on this facet does not let pass.
   *
   * @param {{any?: string[], not?: string[]}} filter
   * @returns {Uint8Array | null} null where all pass
   */
  failing({ any = [], not = [] }) {
    if (!any.length && !not.length) return null;
    const wanted = this.#chosen(any);
    const unwanted = this.#chosen(not);
    const failing = new Uint8Array(this.starts.length - 1);
    for (let doc = 0; doc < failing.length; doc += 1) {
      let has = !any.length;
      let hasNot = false;
      for (let at = this.starts[doc]; at < this.starts[doc + 1]; at += 1) {
        has ||= wanted[this.flat[at]] === 1;
        hasNot ||= unwanted[this.flat[at]] === 1;
      }
      failing[doc] = has && !hasNot ? 0 : 1;
    }
    return failing;
  }

  /** @param {string[]} names */
  #chosen(names) {
    const chosen = new Uint8Array(this.values.length);
    for (const name of names) {
      const place = this.places.get(name);
      if (place !== undefined) chosen[place] = 1;
    }
    return chosen;
  }
}

export class Columns {
  /** @type {Map<string, Facet>} */
  #facets;
  #count;
  #orders;

  /**
   * @param {{facets: object, day: (number | null)[], minutes: Record<string, (number | null)[]>}}
   *   told as the file has it
   * @param {(signal?: AbortSignal) => Promise<Record<string, number[]>>} orders
   *   brings the file of ranks
   */
  constructor(told, orders) {
    this.#facets = new Map(
      Object.entries(told.facets).map(([name, facet]) => [name, new Facet(facet)]),
    );
    this.#count = told.day.length;
    this.#orders = orders;
    /** @type {Record<string, {title: string, values: Named[]}>} by name, in order of display */
    this.facets = Object.fromEntries(
      [...this.#facets].map(([name, { title, values }]) => [name, { title, values }]),
    );
    /** @type {Float64Array} days since 1970-01-01 of each report; NaN where none is told */
    this.day = numbers(told.day);
    /** @type {Record<string, Float64Array>} a clock's minutes of each report, or NaN; by clock */
    this.minutes = Object.fromEntries(
      Object.entries(told.minutes).map(([clock, column]) => [clock, numbers(column)]),
    );
  }

  /**
   * @param {string} facet
   * @param {number} doc
   * @returns {number[]} places in the facet's `values`
   */
  values(facet, doc) {
    const { starts, flat } = this.#facet(facet);
    return [...flat.subarray(starts[doc], starts[doc + 1])];
  }

  /** @param {string} name */
  #facet(name) {
    const facet = this.#facets.get(name);
    if (!facet) throw new RangeError(`there is no facet ${name}`);
    return facet;
  }

  /**
   * @param {Filters} filters a facet that the archive has not lets nothing through
   * @returns {Uint8Array} 1 for every report that passes
   */
  filter(filters) {
    const { fails } = this.#judged(filters);
    return fails.map((count) => (count ? 0 : 1));
  }

  /**
   * Counts reports by each facet's values; a facet does not heed its own filter.
   *
   * @param {{docs: Int32Array} | null} found null without a query: every report
   * @param {Filters} filters
   * @returns {Record<string, Int32Array>} by facet, in the order of its `values`
   */
  counts(found, filters) {
    const { fails, failing } = this.#judged(filters);
    const asked = found ? asMask(found.docs, this.#count) : null;
    return Object.fromEntries(
      [...this.#facets].map(([name, facet]) => [name, count(facet, fails, failing.get(name), asked)]),
    );
  }

  /**
   * No report has a value of a facet that the archive has not.
   *
   * @param {{any?: string[]}} filter
   */
  #without({ any = [] }) {
    return any.length ? new Uint8Array(this.#count).fill(1) : null;
  }

  /**
   * Tells for each report how many filters it does not pass, and for each facet which do not pass
   * its own.
   *
   * @param {Filters} filters
   */
  #judged({ facets = {}, from = null, to = null, longer = null, shorter = null }) {
    const fails = new Uint8Array(this.#count);
    const failing = new Map();
    for (const [name, filter] of Object.entries(facets)) {
      const facet = this.#facets.get(name);
      const own = facet ? facet.failing(filter) : this.#without(filter);
      if (!own) continue;
      failing.set(name, own);
      own.forEach((fail, doc) => {
        fails[doc] += fail;
      });
    }
    failOutside(this.day, dayOf(from), dayOf(to), fails);
    failOutside(this.minutes.ttr, longer, shorter, fails);
    return { fails, failing };
  }

  /**
   * Sorts reports. Those of which the key tells nothing come last; equal ones newest first.
   *
   * @param {Iterable<number>} docs
   * @param {"date" | "severity" | "took" | "title" | "service"} key
   * @param {boolean} descending else oldest, worst, shortest or first in the alphabet come first
   * @param {{signal?: AbortSignal}} [options]
   * @returns {Promise<Int32Array>}
   */
  async sorted(docs, key, descending, { signal } = {}) {
    if (!KEYS.includes(key)) throw new RangeError(`reports are not sorted by ${key}`);
    const value = await this.#ranks(key, signal);
    const sign = descending ? -1 : 1;
    return Int32Array.from(docs).sort((a, b) => {
      const [one, other] = [value[a], value[b]];
      if (Number.isNaN(one) || Number.isNaN(other)) {
        return Number.isNaN(one) - Number.isNaN(other) || b - a;
      }
      return sign * (one - other) || b - a;
    });
  }

  /**
   * @param {string} key
   * @param {AbortSignal} [signal]
   * @returns {Promise<Float64Array>}
   */
  async #ranks(key, signal) {
    if (key === "date") return this.day;
    if (key === "took") return this.minutes.ttr;
    if (key === "severity") {
      const { starts, flat } = this.#facet("severity");
      return Float64Array.from({ length: this.#count }, (_, doc) =>
        starts[doc] < starts[doc + 1] ? flat[starts[doc]] : NaN,
      );
    }
    return numbers((await this.#orders(signal))[key]);
  }
}

/** @param {(number | null)[]} column */
function numbers(column) {
  return Float64Array.from(column, (value) => value ?? NaN);
}

/**
 * @param {string | null} day as 2025-01-31
 * @returns {number | null} days since 1970-01-01; null where it is no day
 */
function dayOf(day) {
  const time = Date.parse(`${day}T00:00Z`);
  return Number.isNaN(time) ? null : time / DAY;
}

/** Adds one to `fails` where a number is not in a range, or is not told. */
function failOutside(column, least, most, fails) {
  if (least === null && most === null) return;
  const [low, high] = [least ?? -Infinity, most ?? Infinity];
  column.forEach((value, doc) => {
    if (!(value >= low && value <= high)) fails[doc] += 1;
  });
}

/** @param {Int32Array} docs */
function asMask(docs, count) {
  const mask = new Uint8Array(count);
  for (const doc of docs) mask[doc] = 1;
  return mask;
}

/**
 * @param {Facet} facet
 * @param {Uint8Array} fails how many filters each report does not pass
 * @param {Uint8Array | undefined} own 1 where one of them is the facet's own
 * @param {Uint8Array | null} asked 1 for the reports in question; null for all
 */
function count({ values, starts, flat }, fails, own, asked) {
  const counts = new Int32Array(values.length);
  for (let doc = 0; doc < fails.length; doc += 1) {
    if ((asked && !asked[doc]) || fails[doc] !== (own ? own[doc] : 0)) continue;
    for (let at = starts[doc]; at < starts[doc + 1]; at += 1) counts[flat[at]] += 1;
  }
  return counts;
}
