// Takes the picture of README.md: the HTML report of a real plan, on a copy of the demo in which a price slipped.
// Needs a Chromium; GSTABLE_TEST_CHROMIUM names another one than Debian's.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = resolve(import.meta.dirname, "..");
const directory = mkdtempSync(join(tmpdir(), "gstable-picture-"));

try {
  const config = readFileSync(join(root, "gstable.config.yaml"), "utf8");
  const slipped = config.replace("unitPrice: $24 }", "unitPrice: $240 }");
  if (slipped === config) throw new Error("the demo has no price of $24 any more");
  writeFileSync(join(directory, "gstable.config.yaml"), config);
  sync("apply", "--sandbox", "--auto-approve", "--quiet");
  writeFileSync(join(directory, "gstable.config.yaml"), slipped);
  sync("plan", "--sandbox", "--quiet", "--report", "html=plan.html");
  await shoot(join(directory, "plan.html"), join(root, "docs/images/plan.png"));
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function sync(...args) {
  const { status, stderr } = spawnSync(process.execPath, [join(root, "dist/cli.js"), ...args], {
    cwd: directory,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`gstable-sync ${args.join(" ")} ended with ${status}:\n${stderr}`);
}

async function shoot(page, picture) {
  const browser = await chromium.launch({
    executablePath: process.env.GSTABLE_TEST_CHROMIUM ?? "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    const tab = await browser.newPage({ viewport: { width: 1000, height: 1240 } });
    await tab.goto(pathToFileURL(page).href);
    mkdirSync(join(root, "docs/images"), { recursive: true });
    await tab.screenshot({ path: picture });
  } finally {
    await browser.close();
  }
}
