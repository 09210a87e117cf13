/** Lines that are pasted into a field of one line: a browser would join their words. */

/** @param {HTMLInputElement} field */
export function keepWordsApart(field) {
  field.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!/[\r\n]/.test(text)) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = field;
    field.setRangeText(text.trim().replace(/\s+/g, " "), selectionStart, selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
