/** Durations as people type and read them, in minutes. */

const UNITS = { m: 1, h: 60, d: 1440 };
const PART = /^(\d+(?:[.,]\d+)?)\s*(m|min|minutes?|h|hours?|d|days?)?(?![a-z])\s*/i;

/**
 * @param {string} text `90`, `90 min`, `1.5 h`, `2 d 4 h`
 * @returns {number | null} whole minutes; null for no duration
 */
export function minutes(text) {
  let rest = text.trim();
  let total = 0;
  do {
    const part = PART.exec(rest);
    if (!part) return null;
    total += Number(part[1].replace(",", ".")) * UNITS[(part[2] ?? "m")[0].toLowerCase()];
    rest = rest.slice(part[0].length);
  } while (rest);
  return Math.round(total);
}

/**
 * @param {number} total minutes
 * @returns {string} `45 min`, `1 h 30 min`, `2 d`
 */
export function duration(total) {
  const parts = [
    [Math.floor(total / 1440), "d"],
    [Math.floor(total / 60) % 24, "h"],
    [total % 60, "min"],
  ];
  const told = parts.filter(([amount]) => amount).map(([amount, unit]) => `${amount} ${unit}`);
  return told.join(" ") || "0 min";
}
