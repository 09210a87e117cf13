/** The facets: how many reports have each value, and which values are asked for or left out. */

import { changed, day, standing, withValue } from "./state.js";
import { duration, minutes } from "./durations.js";

/** So many values of a facet are shown until all are asked for. */
const FEW = 8;

/**
 * @param {HTMLElement} place the panel, as the page has it
 * @param {object} hands
 * @param {() => import("./state.js").State} hands.now
 * @param {(next: import("./state.js").State) => void} hands.step takes a deliberate step
 * @param {(change: object, control: string) => void} hands.adjust sets a range, by a control's name
 * @param {AbortSignal} hands.signal
 */
export function panel(place, { now, step, adjust, signal }) {
  const facets = [...place.querySelectorAll("[data-pa-facet]")].map(facetOf);
  const inputs = new Map(
    [...place.querySelectorAll("[data-pa-range]")].map((input) => [input.dataset.paRange, input]),
  );

  function choose(item, how) {
    const { facet, name } = item;
    step(withValue(now(), facet, name, standing(now(), facet, name) === how ? null : how));
  }

  for (const { box, values, all } of facets) {
    for (const item of values) {
      item.check.addEventListener("change", () => choose(item, "any"), { signal });
      item.not.addEventListener("click", () => choose(item, "not"), { signal });
      item.element.addEventListener("keydown", (event) => onKey(event, item, values), { signal });
    }
    all?.addEventListener(
      "click",
      () => {
        const open = all.getAttribute("aria-expanded") !== "true";
        all.setAttribute("aria-expanded", String(open));
        box.toggleAttribute("data-pa-all", open);
      },
      { signal },
    );
  }

  function onKey(event, item, values) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      const shown = values.filter(({ element }) => element.offsetParent !== null);
      const next = shown[shown.indexOf(item) + steps[event.key]];
      const part = event.target === item.not ? "not" : "check";
      next?.[part].focus();
      event.preventDefault();
    } else if (event.key === "-") {
      choose(item, "not");
      event.preventDefault();
    }
  }

  function valueIn(input) {
    const read = input.type === "date" ? day : minutes;
    return read(input.value.trim());
  }

  for (const [name, input] of inputs) {
    input.addEventListener(
      "change",
      () => {
        const value = valueIn(input);
        const wrong = value === null && (input.value.trim() !== "" || input.validity.badInput);
        if (wrong) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
        if (!wrong) adjust({ [name]: value }, name);
      },
      { signal },
    );
  }

  /** The value of a facet by its name or title, in upper or lower case. */
  function valueOf(facet, written) {
    const folded = written.toLowerCase();
    const values = facets.find(({ name }) => name === facet)?.values ?? [];
    return (
      values.find(({ name }) => name === written) ??
      values.find(({ name, title }) => [name, title].some((of) => of.toLowerCase() === folded))
    );
  }

  return {
    /** A state with its values as the archive names them: a person may have written them. */
    named(state) {
      const named = Object.entries(state.facets).map(([facet, { any, not }]) => {
        const names = (of) => [...new Set(of.map((value) => valueOf(facet, value)?.name ?? value))];
        const wanted = names(any);
        return [facet, { any: wanted, not: names(not).filter((name) => !wanted.includes(name)) }];
      });
      return { ...state, facets: Object.fromEntries(named) };
    },

    /** A state with what was ticked or filled in before this was there to hear of it. */
    early(state) {
      const ticked = facets.flatMap(({ values }) => values.filter(({ check }) => check.checked));
      const filled = [...inputs].map(([name, input]) => [name, valueIn(input)]);
      const told = Object.fromEntries(filled.filter(([, value]) => value !== null));
      const ranged = Object.keys(told).length ? changed(state, told) : state;
      return ticked.reduce((so, { facet, name }) => withValue(so, facet, name, "any"), ranged);
    },

    /** The values that no report has, each with its facet's title. */
    strange(state) {
      return Object.entries(state.facets).flatMap(([facet, { any }]) =>
        any.filter((value) => !valueOf(facet, value)).map((value) => this.titles(facet, value)),
      );
    },

    /** The title of a facet and of one of its values, by their names. */
    titles(name, value) {
      const facet = facets.find((other) => other.name === name);
      const item = facet?.values.find((other) => other.name === value);
      return [facet?.title ?? name, item?.title ?? value];
    },

    /** The tone of each severity, by its name. */
    get tones() {
      const severities = facets.find(({ name }) => name === "severity")?.values ?? [];
      return new Map(severities.map((item) => [item.name, item.element.dataset.paTone]));
    },

    /** Shows what is set. */
    reflect(state) {
      for (const facet of facets) {
        for (const item of facet.values) {
          const how = standing(state, facet.name, item.name);
          item.check.checked = how === "any";
          item.not.setAttribute("aria-pressed", String(how === "not"));
          item.element.classList.toggle("pa-value--not", how === "not");
          item.set = how !== null;
          if (how) facet.frame.open = true;
        }
        fold(facet);
      }
      for (const [name, input] of inputs) {
        const value = state[name];
        const text = value === null ? "" : input.type === "date" ? value : duration(value);
        // A day that is half typed would be lost to an equal one.
        if (input.value !== text) input.value = text;
        input.toggleAttribute("data-pa-unset", value === null);
        input.removeAttribute("aria-invalid");
      }
    },

    /** Shows how many reports each value has; `counts` and `known` as columns tell them. */
    count(counts, known) {
      for (const facet of facets) {
        const found = known[facet.name]?.values ?? [];
        const places = new Map(found.map((value, place) => [value.name, place]));
        for (const item of facet.values) {
          const number = counts[facet.name]?.[places.get(item.name)] ?? 0;
          if (number === item.count) continue;
          item.count = number;
          item.figure.textContent = number.toLocaleString("en");
          item.element.classList.toggle("pa-value--none", number === 0);
        }
        fold(facet);
      }
    },
  };
}

function facetOf(box) {
  const name = box.dataset.paFacet;
  const values = [...box.querySelectorAll("[data-pa-value]")].map((element) => ({
    element,
    facet: name,
    name: element.dataset.paValue,
    title: element.querySelector(".pa-value__title").textContent,
    check: element.querySelector("input"),
    not: element.querySelector("button"),
    figure: element.querySelector(".pa-value__count"),
    count: Number(element.querySelector(".pa-value__count").textContent.replaceAll(",", "")),
    set: false,
  }));
  const title = box.dataset.paTitle;
  const frame = box.closest("details");
  return { box, frame, name, title, values, all: box.querySelector(".pa-facet__all") };
}

/** Folds away all values but those that are set and the commonest; their order stays. */
function fold({ values }) {
  if (values.length <= FEW) return;
  const common = new Set([...values].sort((a, b) => b.count - a.count).slice(0, FEW));
  for (const item of values) {
    item.element.classList.toggle("pa-value--folded", !item.set && !common.has(item));
  }
}
