/** Reports as a file, made in the page. */

/** Spreadsheets run a cell that begins so. */
const FORMULA = /^[=+\-@\t\r]/;

const FIELDS = {
  id: (card) => card.id,
  title: (card) => card.title,
  date: (card) => card.date,
  severity: (card) => card.severity?.label ?? null,
  kind: (card) => card.kind,
  status: (card) => card.status,
  services: (card) => card.services.map(({ title }) => title),
  trigger: (card) => card.trigger,
  root_cause: (card) => card.cause,
  detection: (card) => card.detection,
  ttr_minutes: (card, minutes) => minutes,
  ended_by: (card) => card.ended,
  open_actions: (card) => card.open_actions,
  came_back: (card) => card.recurring,
  summary: (card) => card.summary,
};

/**
 * @typedef {object} Line
 * @property {import("./index.js").Card} card
 * @property {number} minutes to resolve, or NaN
 */

/**
 * @param {Line[]} lines
 * @param {URL} root of the site
 * @returns {string} a table for spreadsheets, of which none runs a cell
 */
export function csv(lines, root) {
  const rows = records(lines, root).map((record) => Object.values(record).map(cell).join(","));
  return [[...Object.keys(FIELDS), "url"].join(","), ...rows, ""].join("\r\n");
}

/**
 * @param {Line[]} lines
 * @param {URL} root of the site
 * @param {string} query the address of what was asked for
 * @returns {string}
 */
export function json(lines, root, query) {
  const told = { query, count: lines.length, reports: records(lines, root) };
  return `${JSON.stringify(told, null, 2)}\n`;
}

/**
 * @param {string} name of the file
 * @param {string} type
 * @param {string} text
 */
export function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of it once this turn is over.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function records(lines, root) {
  return lines.map(({ card, minutes }) => {
    const told = Number.isNaN(minutes) ? null : minutes;
    const record = Object.fromEntries(
      Object.entries(FIELDS).map(([name, of]) => [name, of(card, told)]),
    );
    return { ...record, url: new URL(card.url, root).href };
  });
}

function cell(value) {
  if (value === null) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = [value].flat().join("; ").replace(FORMULA, "'$&");
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
