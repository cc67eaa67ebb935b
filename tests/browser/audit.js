// Accessibility checks by hand: names, labels, ids, contrast (WCAG 2.1 AA). Returns a list of sentences.
() => {
  const faults = [];
  const visible = (node) => node.checkVisibility({ visibilityProperty: true }) && node.getBoundingClientRect().width > 2;
  const told = (node) => `${node.tagName.toLowerCase()}#${node.id}.${node.className}`;
  const name = (node) =>
    node.getAttribute("aria-label") ||
    (node.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim() ||
    node.textContent.trim();
  for (const node of document.querySelectorAll("button, a, [role=button]"))
    if (visible(node) && !name(node)) faults.push(`no name: ${told(node)}`);
  for (const node of document.querySelectorAll("input, textarea, select"))
    if (visible(node) && !node.labels?.[0]?.textContent.trim() && !node.getAttribute("aria-label")) faults.push(`no label: ${told(node)}`);
  for (const node of document.querySelectorAll("dialog, section, nav, [role=region]"))
    if (visible(node) && !node.getAttribute("aria-label") && !node.getAttribute("aria-labelledby")) faults.push(`unnamed region: ${told(node)}`);
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of new Set(ids.filter((id, index) => id && ids.indexOf(id) !== index))) faults.push(`duplicate id: ${id}`);

  const parse = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const over = ([r, g, b, a = 1], under) => [r, g, b].map((channel, index) => channel * a + under[index] * (1 - a));
  const background = (node) => {
    const layers = [];
    for (let each = node; each; each = each.parentElement) layers.unshift(parse(getComputedStyle(each).backgroundColor));
    return layers.reduce((under, layer) => (layer.length ? over(layer, under) : under), [255, 255, 255]);
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.map((channel) => ((channel /= 255) <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const walker = document.createTreeWalker(document.querySelector(".gradio-container"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !visible(node) || node.closest(":disabled, script, style")) continue;
    const style = getComputedStyle(node);
    const under = background(node);
    const [light, dark] = [luminance(over(parse(style.color), under)), luminance(under)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const needed = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
    if (ratio < needed) faults.push(`contrast ${ratio.toFixed(2)}: ${told(node)} « ${walker.currentNode.textContent.trim().slice(0, 30)} »`);
  }
  return faults;
}
