"use strict";
(() => {
  const config = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false };
  const charts = () => Array.from(document.querySelectorAll(".chart"));

  // A chart inside a closed <details> may have no width: it is drawn when it is opened.
  const drawVisible = () => {
    for (const chart of charts()) {
      if (chart.dataset.drawn || chart.closest("details:not([open])")) continue;
      chart.dataset.drawn = "yes";
      const source = document.querySelector(`script[data-chart="${chart.id}"]`);
      const figure = JSON.parse(source.textContent);
      Plotly.newPlot(chart, figure.data, figure.layout, config);
    }
  };

  for (const details of document.querySelectorAll("details")) {
    details.addEventListener("toggle", drawVisible);
  }
  drawVisible();

  // Paper has nothing to click on: what a reader could open is opened.
  const opened = [];
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details[data-print]:not([open])")) {
      details.open = true;
      opened.push(details);
    }
    drawVisible();
    for (const chart of charts()) if (chart.dataset.drawn) Plotly.relayout(chart, { width: 680 });
  });
  window.addEventListener("afterprint", () => {
    while (opened.length) opened.pop().open = false;
    for (const chart of charts()) {
      if (chart.dataset.drawn) Plotly.relayout(chart, { width: null, autosize: true });
    }
  });
})();
