import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderHtml } from "../../src/render/forms.js";
import type { Subject } from "../../src/render/index.js";
import { fullPlan, partialApply } from "./builders.js";
import { background, handlers, headlineLevels, overflow, poorContrast } from "./in-page.js";
import { markup, poison } from "./strangers.js";

const candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const executablePath = process.env.GSTABLE_TEST_CHROMIUM ?? candidates.find((path) => existsSync(path));
/** The pipeline installs a browser: there a missing one is a failure and no reason to skip. */
const isRequired = process.env.GSTABLE_TEST_BROWSER === "required";

interface Screen {
  readonly width: number;
  readonly scheme: "light" | "dark";
}

const long = "a".repeat(400);
const pages: Readonly<Record<string, Subject>> = {
  plan: { is: "plan", document: fullPlan },
  apply: { is: "apply", document: partialApply },
  drift: { is: "drift", document: fullPlan, unmanagedCounts: true },
  "hostile plan": { is: "plan", document: poison(fullPlan, markup) },
  "hostile apply": { is: "apply", document: poison(partialApply, markup) },
  "plan of long words": { is: "plan", document: poison(fullPlan, [long, `https://x.example/${long}`]) },
};

it.runIf(isRequired)("a browser is there where it is required", () => {
  expect(executablePath, "install chromium, or name it in GSTABLE_TEST_CHROMIUM").toBeDefined();
});

describe.skipIf(executablePath === undefined)("the HTML report in Chromium", { timeout: 60_000 }, () => {
  let browser: Browser;
  const directory = mkdtempSync(join(tmpdir(), "gstable-report-"));

  beforeAll(async () => {
    const isRoot = process.getuid?.() === 0;
    browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: isRoot ? ["--no-sandbox"] : [],
    });
    for (const [name, subject] of Object.entries(pages)) writeFileSync(fileOf(name), renderHtml(subject));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  function fileOf(name: string): string {
    return join(directory, `${name.replaceAll(" ", "-")}.html`);
  }

  /** Each report is opened once: tests turn the screen that they need before they look. */
  const opened = new Map<string, ReturnType<typeof openAnew>>();

  async function open(name: string, { width = 1280, scheme = "light" }: Partial<Screen> = {}) {
    const already = opened.get(name) ?? openAnew(name);
    opened.set(name, already);
    const { page } = await already;
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ media: null, colorScheme: scheme });
    return already;
  }

  /** Opens a report and hears everything that it does: messages, errors, requests. */
  async function openAnew(name: string) {
    const page = await browser.newPage();
    const heard: string[] = [];
    page.on("console", (message) => heard.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => {
      heard.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) heard.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(fileOf(name)).href);
    return { page, heard };
  }

  it.each(Object.keys(pages))(
    "runs nothing, asks for nothing and has nothing to complain about: %s",
    async (name) => {
      const { page, heard } = await open(name);
      expect(heard).toEqual([]);
      const foreign =
        "script, img, iframe, object, embed, link, form, input, base, svg *:not(rect), a:not([href^='#change-'])";
      expect(await page.locator(foreign).count()).toBe(0);
      expect(await page.evaluate(handlers)).toEqual([]);
      expect(await page.locator("main").count()).toBe(1);
    },
  );

  it("would not run a script even if one slipped in", async () => {
    const file = fileOf("planted");
    const planted = renderHtml({ is: "plan", document: fullPlan }).replace(
      "<main>",
      "<main><script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\"><p style=\"color:red\">x</p>",
    );
    writeFileSync(file, planted);
    const { page, heard } = await open("planted");
    expect(await page.title()).toContain("Plan for acme-store");
    expect(heard.filter((line) => line.includes("Content Security Policy")).length).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.keys(pages))("fits a phone and a desk without scrolling sideways: %s", async (name) => {
    for (const width of [390, 1280]) {
      const { page } = await open(name, { width });
      expect(await page.evaluate(overflow), `${name} at ${width}`).toBeLessThanOrEqual(0);
    }
  });

  it("is dark on a dark screen, and light on paper", async () => {
    const { page } = await open("plan", { scheme: "dark" });
    const paper = () => page.evaluate(background);
    const [dark] = [await paper()];
    await page.emulateMedia({ colorScheme: "light" });
    const light = await paper();
    await page.emulateMedia({ media: "print", colorScheme: "light" });
    expect(dark).not.toBe(light);
    expect(await paper()).toBe("rgb(255, 255, 255)");
  });

  it.each(["light", "dark"] as const)(
    "can be read: text stands out from what is behind it, %s",
    async (colorScheme) => {
      const { page } = await open("plan", { scheme: colorScheme });
      expect(await page.evaluate(poorContrast)).toEqual([]);
    },
  );

  it("prints to a few pages", async () => {
    const { page } = await open("plan");
    const pdf = await page.pdf({ format: "A4" });
    const count = pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(7);
  });

  it("has one headline and none that is skipped, so that it can be heard", async () => {
    const { page } = await open("plan");
    const levels = (await page.evaluate(headlineLevels)) as number[]; // the script makes numbers
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels[0]).toBe(1);
    for (const [index, level] of levels.entries())
      expect(level - (levels[index - 1] ?? level)).toBeLessThanOrEqual(1);
  });
});
