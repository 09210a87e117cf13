/* The theme starts Mermaid with settings of its own; where a diagram has a mistake, its text shall
   stay as it stands, and no picture of a bomb be added to the foot of the page. */
(() => {
  const start = mermaid.initialize;
  mermaid.initialize = (settings) => start({ ...settings, suppressErrorRendering: true });
})();
