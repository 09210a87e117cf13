/**
 * The two charts: reports a quarter by severity, and how long they took.
 *
 * The page has drawn them for all reports; here their columns get the heights of those that are
 * found. A chart does not heed its own range: what lies outside is drawn faint.
 */

import { counted, listed } from "./make.js";

const DAY = 86_400_000;

/**
 * @param {HTMLElement} place holds both charts
 * @param {object} hands
 * @param {(from: string | null, to: string | null) => void} hands.onDays
 * @param {() => {from: string | null, to: string | null}} hands.days the range that is set
 * @param {(band: string) => void} hands.onBand
 * @param {AbortSignal} hands.signal
 */
export function charts(place, { onDays, days, onBand, signal }) {
  const when = place.querySelector("[data-pa-chart=when]");
  const took = place.querySelector("[data-pa-chart=took]");
  const quarters = when ? columnsOf(when, "paFrom") : [];
  const bins = took ? columnsOf(took, "paLow") : [];
  const bands = took ? [...took.querySelectorAll("[data-pa-band]")] : [];

  /** Sets the range to a quarter, lets go of it, or stretches the range that is set to it. */
  function pick({ first, last }, stretch) {
    const { from, to } = days();
    if (stretch && (from || to)) {
      onDays(from && from < first ? from : first, to && to > last ? to : last);
    } else if (from === first && to === last) onDays(null, null);
    else onDays(first, last);
  }

  for (const quarter of quarters) {
    quarter.first = quarter.group.dataset.paFrom;
    quarter.last = quarter.group.dataset.paTo;
    quarter.low = Date.parse(quarter.first) / DAY;
    quarter.high = Date.parse(quarter.last) / DAY;
  }
  for (const bin of bins) {
    bin.low = Number(bin.group.dataset.paLow);
    bin.high = Number(bin.group.dataset.paHigh ?? Infinity);
  }
  asButtons(quarters.map(({ group }) => group), signal, (number, event) =>
    pick(quarters[number], event.shiftKey),
  );
  asButtons(bands, signal, (number) => onBand(bands[number].dataset.paBand));

  return {
    /**
     * @param {import("./index.js").Columns} columns
     * @param {Iterable<number>} inTime the reports that pass, whenever they were
     * @param {Iterable<number>} inLength the reports that pass, however long they took
     * @param {Map<string, string>} tones of severities
     */
    count(columns, inTime, inLength, tones) {
      if (when) countQuarters(when, quarters, columns, inTime, tones);
      if (took) countBins(took, bins, bands, columns, inLength);
    },

    /** Shows which range is set. */
    reflect({ from, to, longer, shorter, facets }) {
      for (const quarter of quarters) {
        const within = (!from || quarter.last >= from) && (!to || quarter.first <= to);
        quarter.group.classList.toggle("pa-out", !within);
        quarter.group.setAttribute("aria-pressed", String(from !== null && within));
      }
      const set = facets.took?.any ?? [];
      for (const band of bands) {
        band.setAttribute("aria-pressed", String(set.includes(band.dataset.paBand)));
      }
      for (const bin of bins) {
        const within = bin.high > (longer ?? 0) && bin.low <= (shorter ?? Infinity);
        const chosen = !set.length || set.includes(bin.group.dataset.paIn);
        bin.group.classList.toggle("pa-out", !within || !chosen);
      }
    },
  };
}

function columnsOf(chart, key) {
  const groups = [...chart.querySelectorAll("[data-pa-column]")];
  return groups
    .filter((group) => key in group.dataset)
    .map((group) => ({
      group,
      title: group.querySelector("title"),
      parts: [...group.querySelectorAll(".pa-part")],
    }));
}

/** Makes one stop on the keyboard's way of them all; arrows lead from one to the next. */
function asButtons(groups, signal, press) {
  groups.forEach((group, number) => {
    group.setAttribute("role", "button");
    group.setAttribute("aria-pressed", "false");
    group.setAttribute("aria-label", group.querySelector("title").textContent);
    group.setAttribute("tabindex", number === groups.length - 1 ? "0" : "-1");
    group.addEventListener("click", (event) => press(number, event), { signal });
    group.addEventListener(
      "keydown",
      (event) => {
        const places = {
          ArrowRight: number + 1, ArrowLeft: number - 1, Home: 0, End: groups.length - 1,
        };
        if (event.key === "Enter" || event.key === " ") press(number, event);
        else if (event.key in places) moved(groups, group, groups[places[event.key]]);
        else return;
        event.preventDefault();
      },
      { signal },
    );
  });
}

function moved(groups, from, to) {
  if (!to) return;
  for (const group of groups) group.setAttribute("tabindex", group === to ? "0" : "-1");
  from.blur();
  to.focus();
}

function countQuarters(chart, quarters, columns, docs, tones) {
  const keys = [...chart.querySelectorAll("[data-pa-series]")];
  const kinds = keys.map((key) => key.dataset.paSeries);
  const titles = keys.map((key) => key.textContent.trim());
  const severities = columns.facets.severity?.values ?? [];
  const rows = severities.map(({ name }) => kinds.indexOf(tones.get(name) ?? ""));
  const untold = kinds.indexOf("");
  const counts = quarters.map(() => kinds.map(() => 0));
  let undated = 0;
  for (const doc of docs) {
    const place = columnAt(quarters, columns.day[doc]);
    if (place < 0) undated += 1;
    else {
      const [value] = columns.values("severity", doc);
      const row = value === undefined ? untold : rows[value];
      if (row >= 0) counts[place][row] += 1;
    }
  }
  const totals = counts.map((parts) => parts.reduce((sum, part) => sum + part, 0));
  draw(chart, quarters, counts, totals);
  quarters.forEach((quarter, number) => {
    const parts = counts[number].map((count, row) => count && `${count} ${titles[row]}`);
    const name = quarter.group.dataset.paColumn;
    tell(quarter, `${name}: ${listed(parts.filter(Boolean)) || "none"}`);
  });
  const left = chart.querySelector("[data-pa-left]");
  if (!left) return;
  const told = `${counted(undated, "report")} not drawn: no date, or long before the others.`;
  left.textContent = undated ? told : "";
}

function countBins(chart, bins, bands, columns, docs) {
  const counts = bins.map(() => [0]);
  const inBand = new Map(bands.map((band) => [band.dataset.paBand, 0]));
  let told = 0;
  let all = 0;
  for (const doc of docs) {
    all += 1;
    const place = columnAt(bins, columns.minutes.ttr[doc]);
    if (place < 0) continue;
    told += 1;
    counts[place][0] += 1;
    const band = bins[place].group.dataset.paIn;
    inBand.set(band, inBand.get(band) + 1);
  }
  draw(chart, bins, counts, counts.map(([count]) => count));
  for (const band of bands) {
    const count = inBand.get(band.dataset.paBand);
    const text = `${band.dataset.paColumn}: ${count.toLocaleString("en")}`;
    band.setAttribute("aria-label", text);
    band.querySelector("title").textContent = text;
    band.querySelector("[data-pa-figure]").textContent = count.toLocaleString("en");
  }
  chart.querySelector("[data-pa-n]").textContent =
    `n\u00a0=\u00a0${told.toLocaleString("en")} of ${all.toLocaleString("en")}`;
}

/** The column that a value is in, from its low end up to the next column's; -1 for none. */
function columnAt(columns, value) {
  if (!(value >= columns[0].low && value <= columns.at(-1).high)) return -1;
  let low = 0;
  let high = columns.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (columns[middle].low <= value) low = middle;
    else high = middle;
  }
  return low;
}

function draw(chart, columns, counts, totals) {
  const most = Math.max(1, ...totals);
  columns.forEach(({ parts }, number) => {
    let top = 100;
    parts.forEach((part, row) => {
      const height = (100 * counts[number][row]) / most;
      top -= height;
      part.setAttribute("y", `${top.toFixed(2)}%`);
      part.setAttribute("height", `${height.toFixed(2)}%`);
    });
  });
  const highest = chart.querySelector("[data-pa-most]");
  if (highest) highest.textContent = most.toLocaleString("en");
}

function tell({ group, title }, text) {
  title.textContent = text;
  if (group.hasAttribute("aria-label")) group.setAttribute("aria-label", text);
}
