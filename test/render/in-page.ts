/** What tests ask a page: scripts as text, because the types of a browser are none of this program's. */
export const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

export const background = "getComputedStyle(document.body).backgroundColor";

export const headlineLevels = `[...document.querySelectorAll("h1, h2, h3")].map((one) => Number(one.tagName.slice(1)))`;

export const handlers = `[...document.querySelectorAll("*")]
  .flatMap((one) => one.getAttributeNames())
  .filter((name) => name.startsWith("on"))`;

/** Texts whose contrast with what is behind them is below 4.5 to 1. */
export const poorContrast = `(() => {
  const parse = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const linear = (part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([red, green, blue]) =>
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  const behind = (one) => {
    if (one === null) return [255, 255, 255];
    const color = parse(getComputedStyle(one).backgroundColor);
    return color.length === 3 || color[3] === 1 ? color : behind(one.parentElement);
  };
  return [...document.querySelectorAll("main *")].flatMap((one) => {
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
    if (!own) return [];
    const [a, b] = [luminance(parse(getComputedStyle(one).color)), luminance(behind(one))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return ratio >= 4.5 ? [] : [one.tagName + " " + one.className + ": " + ratio.toFixed(2)];
  });
})()`;
