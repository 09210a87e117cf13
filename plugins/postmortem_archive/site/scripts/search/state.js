/**
 * What the explorer shows, as a record and as the query of an address.
 *
 * site/search/links.py writes the same grammar. Repeated parameters are alternatives; `not-…`
 * leaves out. What nobody knows (a service of another day) is kept, so that it can be seen and taken off.
 */

/**
 * @typedef {object} Choice
 * @property {string[]} any values of which a report has one
 * @property {string[]} not values of which it has none
 */

/**
 * @typedef {object} State
 * @property {string} query
 * @property {Record<string, Choice>} facets those that are set, by name
 * @property {string | null} from the first day, as 2025-01-31
 * @property {string | null} to the last day
 * @property {number | null} longer at least so many minutes to resolve
 * @property {number | null} shorter at most so many
 * @property {string} sort empty: best match with a query, newest without
 * @property {"cards" | "table"} view
 * @property {string[]} columns of the table
 * @property {number} show how many results
 */

/** The facets, by the names that the address uses, in its order. */
export const FACETS = [
  "severity", "service", "trigger", "cause", "detection", "year", "took", "kind", "status", "tag",
  "actions", "recurring",
];

export const SORTS = [
  "-date", "date", "severity", "-severity", "-took", "took", "title", "-title", "service",
  "-service",
];

/** The table's columns, in their order. A title is always there. */
export const COLUMNS = [
  "date", "severity", "title", "id", "services", "took", "kind", "status", "trigger", "cause",
  "detection", "ended", "actions", "recurring",
];

export const USUAL_COLUMNS = ["date", "severity", "title", "services", "took"];

/** How many results are shown at first as cards, and as rows of a table. */
export const PAGES = { cards: 20, table: 50 };

const DAY = /^\d{4}-\d\d-\d\d$/;
const COUNT = /^\d{1,7}$/;

/** @returns {State} nothing asked for */
export function plain() {
  return {
    query: "", facets: {}, from: null, to: null, longer: null, shorter: null, sort: "",
    view: "cards", columns: [...USUAL_COLUMNS], show: PAGES.cards,
  };
}

/**
 * @param {string} search the query of an address, with or without its question mark
 * @returns {State}
 */
export function read(search) {
  const told = new URLSearchParams(search);
  const state = plain();
  state.query = told.get("q") ?? "";
  for (const name of FACETS) {
    const any = unique(told.getAll(name));
    const not = unique(told.getAll(`not-${name}`)).filter((value) => !any.includes(value));
    if (any.length || not.length) state.facets[name] = { any, not };
  }
  state.from = day(told.get("from"));
  state.to = day(told.get("to"));
  state.longer = count(told.get("longer"));
  state.shorter = count(told.get("shorter"));
  const sort = told.get("sort") ?? "";
  state.sort = SORTS.includes(sort) ? sort : "";
  state.view = told.get("view") === "table" ? "table" : "cards";
  const columns = (told.get("columns") ?? "").split(",");
  const known = COLUMNS.filter((name) => name === "title" || columns.includes(name));
  if (known.length > 1) state.columns = known;
  state.show = Math.max(count(told.get("show")) ?? 0, PAGES[state.view]);
  return state;
}

/**
 * @param {State} state
 * @returns {string} the query of its address, with its question mark; empty for the plain state
 */
export function written(state) {
  const told = new URLSearchParams();
  if (state.query.trim()) told.append("q", state.query.trim());
  for (const name of FACETS) {
    for (const value of state.facets[name]?.any ?? []) told.append(name, value);
    for (const value of state.facets[name]?.not ?? []) told.append(`not-${name}`, value);
  }
  for (const name of ["from", "to", "longer", "shorter"]) {
    if (state[name] !== null) told.append(name, String(state[name]));
  }
  if (state.sort) told.append("sort", state.sort);
  if (state.view !== "cards") told.append("view", state.view);
  // Names alone, which need no sign for their commas.
  const columns = state.columns.join();
  const text = [
    told.toString(),
    columns === USUAL_COLUMNS.join() ? "" : `columns=${columns}`,
    state.show > PAGES[state.view] ? `show=${state.show}` : "",
  ];
  const parts = text.filter(Boolean).join("&");
  return parts && `?${parts}`;
}

/**
 * @param {State} state
 * @param {string} facet
 * @param {string} value
 * @returns {"any" | "not" | null} how a value is set
 */
export function standing(state, facet, value) {
  const choice = state.facets[facet];
  if (choice?.any.includes(value)) return "any";
  return choice?.not.includes(value) ? "not" : null;
}

/**
 * @param {State} state
 * @param {string} facet
 * @param {string} value
 * @param {"any" | "not" | null} how
 * @returns {State} the state with one value of a facet set otherwise, and no further page shown
 */
export function withValue(state, facet, value, how) {
  const { any = [], not = [] } = state.facets[facet] ?? {};
  const choice = {
    any: any.filter((other) => other !== value),
    not: not.filter((other) => other !== value),
  };
  if (how) choice[how].push(value);
  const facets = { ...state.facets, [facet]: choice };
  if (!choice.any.length && !choice.not.length) delete facets[facet];
  return changed(state, { facets });
}

/**
 * @param {State} state
 * @param {Partial<State>} change
 * @returns {State} the state with a change of what is found, from the first page on
 */
export function changed(state, change) {
  const next = { ...state, ...change };
  return { ...next, show: change.show ?? PAGES[next.view] };
}

/**
 * @param {State} state
 * @returns {State} the same view of everything
 */
export function cleared(state) {
  const { sort, view, columns } = state;
  return changed(plain(), { sort, view, columns });
}

/**
 * @param {State} state
 * @returns {boolean} whether some reports are left out
 */
export function isNarrowed(state) {
  const { query, facets, from, to, longer, shorter } = state;
  const ranges = [from, to, longer, shorter];
  return Boolean(query.trim() || Object.keys(facets).length) || ranges.some((end) => end !== null);
}

/**
 * @param {State} state
 * @returns {import("./index.js").Filters}
 */
export function filters({ facets, from, to, longer, shorter }) {
  return { facets, from, to, longer, shorter };
}

function unique(values) {
  return [...new Set(values.filter(Boolean))];
}

/** @returns {string | null} a day that there is, or null */
export function day(text) {
  const at = text && DAY.test(text) ? new Date(`${text}T00:00Z`) : null;
  return at && !Number.isNaN(at.valueOf()) && at.toISOString().startsWith(text) ? text : null;
}

function count(text) {
  return text && COUNT.test(text) ? Number(text) : null;
}
