/** The files of the search: fetched once, inflated, decoded, and the least recently used dropped. */

/** What is kept of decoded files, by their weight in memory, roughly. */
const KEPT_BYTES = 32 * 2 ** 20;

/** A file that could not be had; its message names it. */
export class FetchError extends Error {
  /**
   * @param {URL} url
   * @param {string} reason
   * @param {{status?: number, cause?: unknown}} [told] status: the server's answer, 0 for none
   */
  constructor(url, reason, { status = 0, cause } = {}) {
    super(`${url.href}: ${reason}`, { cause });
    this.name = "FetchError";
    this.url = url.href;
    this.status = status;
  }
}

/**
 * What a file decodes to, and about how many bytes that takes in memory.
 *
 * @template T
 * @typedef {{value: T, bytes: number}} Decoded
 */

export class Store {
  #folder;
  #limit;
  #gone;
  #bytes = 0;
  /** @type {Map<string, Decoded<unknown>>} the least recently used first */
  #kept = new Map();
  /** @type {Map<string, Promise<unknown>>} */
  #coming = new Map();

  /**
   * @param {URL} folder
   * @param {{limit?: number, gone?: () => void}} [options] gone: is told when the server has a file
   *   no more, as the index has been made anew
   */
  constructor(folder, { limit = KEPT_BYTES, gone = () => {} } = {}) {
    this.#folder = folder;
    this.#limit = limit;
    this.#gone = gone;
  }

  /**
   * Reads a file of the index by the hash that names it.
   *
   * One who stops waiting leaves the file to those who still wait, and to the store.
   *
   * @template T
   * @param {string} hash
   * @param {(content: Uint8Array) => Decoded<T>} decode the same for a hash each time
   * @param {AbortSignal} [signal]
   * @returns {Promise<T>}
   */
  async read(hash, decode, signal) {
    signal?.throwIfAborted();
    const kept = this.#kept.get(hash);
    if (kept) {
      this.#kept.delete(hash);
      this.#kept.set(hash, kept);
      return /** @type {T} */ (kept.value);
    }
    let coming = this.#coming.get(hash);
    if (!coming) {
      coming = this.#bring(hash, decode).finally(() => this.#coming.delete(hash));
      // Nobody may be waiting any more when it fails.
      coming.catch(() => {});
      this.#coming.set(hash, coming);
    }
    return /** @type {Promise<T>} */ (until(coming, signal));
  }

  async #bring(hash, decode) {
    const url = new URL(`${hash}.bin`, this.#folder);
    let content;
    try {
      content = await fetched(url);
    } catch (error) {
      if (error.status === 404) this.#gone();
      throw error;
    }
    let decoded;
    try {
      decoded = decode(content);
    } catch (cause) {
      throw new FetchError(url, "it is no file of this search", { status: 200, cause });
    }
    this.#keep(hash, decoded);
    return decoded.value;
  }

  #keep(hash, decoded) {
    this.#kept.set(hash, decoded);
    this.#bytes += decoded.bytes;
    for (const [oldest, { bytes }] of this.#kept) {
      if (this.#bytes <= this.#limit || oldest === hash) break;
      this.#kept.delete(oldest);
      this.#bytes -= bytes;
    }
  }
}

/**
 * Fetches a file, and inflates it unless the server has.
 *
 * @param {URL} url
 * @param {RequestInit} [options]
 * @returns {Promise<Uint8Array>}
 */
export async function fetched(url, options = {}) {
  let response;
  try {
    response = await fetch(url, options);
  } catch (cause) {
    throw new FetchError(url, "it could not be fetched", { cause });
  }
  const { status } = response;
  if (!response.ok) throw new FetchError(url, `the server answers ${status}`, { status });
  try {
    const content = new Uint8Array(await response.arrayBuffer());
    const zipped = content[0] === 0x1f && content[1] === 0x8b;
    return zipped ? await inflated(content) : content;
  } catch (cause) {
    throw new FetchError(url, "it did not arrive whole", { status, cause });
  }
}

async function inflated(content) {
  const stream = new Blob([content]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Waits for a promise, or until a signal is given.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
export async function until(promise, signal) {
  if (!signal) return promise;
  signal.throwIfAborted();
  let stop;
  const stopped = new Promise((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([promise, stopped]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Decodes a file of JSON; an object of it takes about four times its text. */
export function json(content) {
  return { value: JSON.parse(new TextDecoder().decode(content)), bytes: 4 * content.byteLength };
}
