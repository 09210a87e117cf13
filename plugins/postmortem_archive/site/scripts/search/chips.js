/** What is set, each piece with a button that takes it off. */

import { duration } from "./durations.js";
import { make } from "./make.js";
import { FACETS, changed, cleared, isNarrowed, withValue } from "./state.js";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

const RANGES = {
  from: (day) => ["from", dayTold(day)],
  to: (day) => ["until", dayTold(day)],
  longer: (total) => ["at least", duration(total)],
  shorter: (total) => ["at most", duration(total)],
};

/**
 * @param {HTMLElement} place
 * @param {object} hands
 * @param {() => import("./state.js").State} hands.now
 * @param {(next: import("./state.js").State) => void} hands.step
 * @param {(facet: string, value: string) => [string, string]} hands.titles
 * @param {HTMLElement} hands.field gets the focus when the last chip is gone
 * @param {AbortSignal} hands.signal
 */
export function chips(place, { now, step, titles, field, signal }) {
  place.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const number = [...place.querySelectorAll("button")].indexOf(button);
      const { paFacet, paName, paRange } = button.dataset;
      if (paFacet) step(withValue(now(), paFacet, paName, null));
      else if (paRange) step(changed(now(), { [paRange]: null }));
      else {
        field.value = "";
        step(cleared(now()));
      }
      const left = place.querySelectorAll("button");
      (left[Math.min(number, left.length - 1)] ?? field).focus();
    },
    { signal },
  );

  return {
    reflect(state) {
      const items = [];
      for (const facet of FACETS) {
        for (const how of ["any", "not"]) {
          for (const value of state.facets[facet]?.[how] ?? []) {
            const [title, name] = titles(facet, value);
            const told = how === "not" ? [`${title}: not`, name] : [`${title}:`, name];
            items.push(chip(told, { "data-pa-facet": facet, "data-pa-name": value }, how));
          }
        }
      }
      for (const [name, tell] of Object.entries(RANGES)) {
        if (state[name] !== null) items.push(chip(tell(state[name]), { "data-pa-range": name }));
      }
      if (isNarrowed(state)) {
        const clear = make("button", { type: "button", class: "pa-clear" }, "Clear all");
        items.push(make("li", {}, clear));
      }
      place.replaceChildren(...items);
      place.hidden = !items.length;
    },
  };
}

function chip([label, text], data, how = "any") {
  const button = make(
    "button",
    { type: "button", class: `pa-chip pa-chip--${how}`, ...data },
    make("span", { class: "pa-visually-hidden" }, "Take off "),
    make("span", { class: "pa-chip__label" }, label),
    " ",
    text,
    make("span", { class: "pa-chip__off", "aria-hidden": "true" }),
  );
  return make("li", {}, button);
}

/** A day as the pages of the archive have it: `30 Sep 2025`. */
function dayTold(day) {
  const [year, month, number] = day.split("-");
  return `${Number(number)} ${MONTHS[Number(month) - 1]} ${year}`;
}
