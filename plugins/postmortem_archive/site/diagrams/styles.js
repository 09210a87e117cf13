/* Mermaid writes style elements and style attributes into its picture, which a site's policy may
   forbid. What a script sets on an element or in a style sheet of its own making is allowed. So
   while Mermaid draws, its styles are led there; the theme then puts the picture in place, and
   calls `fn` with the root that it stands under. */
(() => {
  const HELD = "data-pa-style";
  const draw = mermaid.render;
  let last = Promise.resolve();

  /* Lead styles elsewhere until the function that this returns is called. */
  function lead(sheet) {
    const element = Element.prototype;
    const parser = DOMParser.prototype;
    const { createElement } = document;
    const { setAttribute } = element;
    const { parseFromString } = parser;
    document.createElement = (name, options) => {
      if (name !== "style") return createElement.call(document, name, options);
      const inert = document.createElementNS("http://www.w3.org/2000/svg", "desc");
      Object.defineProperty(inert, "innerHTML", { set: (rules) => sheet.replaceSync(rules) });
      return inert;
    };
    element.setAttribute = function (name, value) {
      if (name === "style") this.style.cssText = value;
      else setAttribute.call(this, name, value);
    };
    // The picture is read again to be made safe, attributes and all.
    parser.parseFromString = function (text, type) {
      const held = String(text).replaceAll(' style="', ` ${HELD}="`);
      return parseFromString.call(this, held, type);
    };
    // Letters are measured as they will stand.
    document.adoptedStyleSheets.push(sheet);
    return () => {
      delete document.createElement;
      element.setAttribute = setAttribute;
      parser.parseFromString = parseFromString;
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    };
  }

  function dress(root, sheet) {
    root.adoptedStyleSheets = [sheet];
    for (const part of root.querySelectorAll(`[${HELD}]`)) {
      part.style.cssText = part.getAttribute(HELD);
      part.removeAttribute(HELD);
    }
  }

  async function drawn(given) {
    const sheet = new CSSStyleSheet();
    const back = lead(sheet);
    try {
      return { ...(await draw(...given)), fn: (root) => dress(root, sheet) };
    } finally {
      back();
    }
  }

  // One after the other: each has its own sheet.
  mermaid.render = (...given) => {
    const next = last.then(() => drawn(given));
    last = next.catch(() => {});
    return next;
  };
})();
