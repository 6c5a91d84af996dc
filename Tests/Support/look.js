// Looks at a page in frames of several widths, and writes what is wrong with it as JSON into the document.
"use strict";

const widths = [390, 1280, 1920];

function luminance(color) {
  const part = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const [r, g, b] = color.map((value) => part(value / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function parse(text) {
  const numbers = (text.match(/[\d.]+/g) || []).map(Number);
  return numbers.length === 3 ? [...numbers, 1] : numbers.length === 4 ? numbers : [0, 0, 0, 0];
}

function over(top, below) {
  return [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
}

function background(element, window) {
  const layers = [];
  for (let at = element; at; at = at.parentElement) layers.push(parse(window.getComputedStyle(at).backgroundColor));
  return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
}

// WCAG 2.2, 1.4.3: 4.5, and 3 for large text.
function contrasts(document, window, problems) {
  const walker = document.createTreeWalker(document.body, window.NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.textContent.trim() || element.closest("title, style")) continue;
    if (!element.checkVisibility() || element.classList.contains("skip")) continue;
    const style = window.getComputedStyle(element);
    const inSVG = element instanceof window.SVGElement;
    let below = background(element, window);
    // The frame of a flame graph lies between its text and the page.
    const frame = inSVG && element.parentElement.querySelector(":scope > rect");
    if (frame) {
      const { fill, fillOpacity } = window.getComputedStyle(frame);
      const [r, g, b, opacity] = parse(fill);
      below = over([r, g, b, opacity * parseFloat(fillOpacity)], below);
    }
    const ink = over(parse(inSVG ? style.fill : style.color), below);
    const [a, b] = [luminance(ink), luminance(below)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
    seen += 1;
    if (ratio < least) problems.push(`contrast ${ratio.toFixed(2)}: ${node.textContent.trim().slice(0, 40)}`);
  }
  return seen;
}

function keyboard(document, window, problems) {
  const all = [...document.querySelectorAll("a[href], summary, input, [tabindex]")];
  let reached = 0;
  for (const element of all) {
    if (!element.checkVisibility()) continue;
    element.focus();
    if (document.activeElement !== element) {
      problems.push(`not reached by keyboard: ${element.outerHTML.slice(0, 80)}`);
      continue;
    }
    reached += 1;
    if (window.getComputedStyle(element).outlineStyle === "none") {
      problems.push(`focus can't be seen: ${element.outerHTML.slice(0, 80)}`);
    }
  }
  return reached;
}

function links(document, problems) {
  for (const link of document.querySelectorAll("a[href]")) {
    const href = link.getAttribute("href");
    if (!href.startsWith("#") || !document.getElementById(href.slice(1))) problems.push(`leads nowhere: ${href}`);
  }
}

function boxes(document, problems) {
  let hidden = 0;
  for (const box of document.querySelectorAll("input[type=checkbox]")) {
    const named = [...document.getElementsByClassName(box.id)];
    box.checked = false;
    for (const element of named) if (element.checkVisibility()) problems.push(`${box.id} hides nothing`);
    hidden += named.length;
    box.checked = true;
    if (named.length && !named.some((element) => element.checkVisibility())) problems.push(`${box.id} shows nothing`);
  }
  return hidden;
}

async function look(frame, width) {
  const { contentDocument: document, contentWindow: window } = frame;
  const problems = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) problems.push(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}`);
  const facets = boxes(document, problems);
  for (const toggle of document.querySelectorAll("details")) toggle.open = true;
  if (root.scrollWidth > root.clientWidth) problems.push(`scrolls sideways when open: ${root.scrollWidth}`);
  const charts = [...document.querySelectorAll("svg")];
  for (const chart of charts) {
    const { width, height } = chart.getBoundingClientRect();
    if (width < 50 || height < 10) problems.push(`a chart of ${width} x ${height}`);
    if (!chart.querySelector("title")) problems.push("a chart without a title");
  }
  const resources = window.performance.getEntriesByType("resource").map((entry) => entry.name);
  for (const name of resources) problems.push(`fetched: ${name}`);
  links(document, problems);
  const texts = contrasts(document, window, problems);
  const keys = keyboard(document, window, problems);
  return { width, charts: charts.length, texts, keys, facets, dark: window.matchMedia("(prefers-color-scheme: dark)").matches, problems };
}

window.addEventListener("load", async () => {
  const results = [];
  for (const width of widths) {
    const frame = document.createElement("iframe");
    frame.style.cssText = `width: ${width}px; height: 800px; border: 0`;
    const loaded = new Promise((done) => frame.addEventListener("load", done));
    frame.srcdoc = page;
    document.body.append(frame);
    await loaded;
    try {
      results.push(await look(frame, width));
    } catch (error) {
      results.push({ width, problems: [String(error)] });
    }
    frame.remove();
  }
  const output = document.createElement("pre");
  output.id = "result";
  output.textContent = JSON.stringify(results);
  document.body.replaceChildren(output);
});
