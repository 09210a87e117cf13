/** Which documents have enough of what was looked for, and in which order they come. */

/** @typedef {import("./scores.js").Scores} Scores */

/** Where fewer documents than this have every word, others follow that lack one. */
const FEW = 5;
/** More words than a query can have. */
const HIDDEN = 0xffff;

/**
 * Ranks documents: whose id was asked for; who has all words, and who has them in the title; who
 * lacks fewer; by score; newer ones first.
 *
 * @param {Scores[]} wanted the words that a document should have
 * @param {Scores[]} without those that it must not have
 * @param {number} count of documents
 * @returns {{docs: Int32Array, complete: number}} `complete`: how many, from the first on, have
 *   every word or the id that was asked for
 */
export function ranked(wanted, without, count) {
  const lacking = new Uint16Array(count);
  const inTitle = new Uint16Array(count);
  const totals = new Float32Array(count);
  for (const { of, titled } of wanted) {
    for (let doc = 0; doc < count; doc += 1) {
      lacking[doc] += of[doc] > 0 ? 0 : 1;
      totals[doc] += of[doc];
      inTitle[doc] += titled[doc];
    }
  }
  const rank = inTitle.map((titles, doc) => {
    if (lacking[doc]) return 0;
    return titles === wanted.length ? 2 : 1;
  });
  for (const doc of wanted.flatMap(({ named }) => named)) {
    lacking[doc] = 0;
    rank[doc] = 3;
  }
  for (const { of } of without) {
    for (let doc = 0; doc < count; doc += 1) if (of[doc] > 0) lacking[doc] = HIDDEN;
  }
  const { docs, complete } = fewLacking(lacking, wanted.length);
  docs.sort(
    (a, b) => rank[b] - rank[a] || lacking[a] - lacking[b] || totals[b] - totals[a] || b - a,
  );
  return { docs, complete };
}

/**
 * Chooses the documents that lack least: those that lack nothing, and where they are few those that
 * lack one word, and so on while one is left.
 */
function fewLacking(lacking, words) {
  const sizes = new Uint32Array(Math.max(1, words));
  for (const lack of lacking) if (lack < sizes.length) sizes[lack] += 1;
  let most = 0;
  let size = sizes[0];
  while (size < FEW && most + 1 < sizes.length) {
    most += 1;
    size += sizes[most];
  }
  const docs = new Int32Array(size);
  let end = 0;
  lacking.forEach((lack, doc) => {
    if (lack > most) return;
    docs[end] = doc;
    end += 1;
  });
  return { docs, complete: sizes[0] };
}
