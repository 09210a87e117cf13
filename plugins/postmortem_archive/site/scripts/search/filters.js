/**
 * On a small screen facets and charts have a dialog; elsewhere they stand by the results.
 *
 * Opening it is a step of the browser's history, so that "back" closes it and stays on the page.
 */

/**
 * @param {HTMLElement} place the explorer
 * @param {AbortSignal} signal
 */
export function filtersDialog(place, signal) {
  const part = (name) => place.querySelector(`[data-pa-part=${name}]`);
  const dialog = part("dialog");
  const opener = part("open");
  const facets = part("facets");
  const charts = part("charts");
  const home = facets.parentElement;
  /** The address that it was opened at; null while it is closed, and once "back" has closed it. */
  let openedAt = null;

  function open() {
    part("dialog-body").append(charts, facets);
    openedAt = location.href;
    history.pushState(null, "", openedAt);
    dialog.showModal();
  }

  function onClose() {
    home.append(facets);
    part("tools").before(charts);
    opener.focus();
    // Nothing was set: then opening it was no step.
    if (openedAt === location.href) history.back();
    openedAt = null;
  }

  function close() {
    if (dialog.open) dialog.close();
  }

  const listen = (target, type, handler) => target.addEventListener(type, handler, { signal });
  listen(opener, "click", open);
  listen(dialog, "close", onClose);
  listen(dialog, "click", (event) => event.target.closest("[data-pa-close]") && close());
  listen(matchMedia("(min-width: 60em)"), "change", close);
  signal.addEventListener("abort", close);

  return {
    get isOpen() {
      return dialog.open;
    },

    /**
     * Closes it after the browser went back to where it was not open.
     *
     * @returns {boolean} whether it was open
     */
    leave() {
      if (!dialog.open) return false;
      openedAt = null;
      close();
      return true;
    },

    /** @param {string} found how many reports it would show */
    tell(found) {
      part("found").textContent = found;
    },
  };
}
