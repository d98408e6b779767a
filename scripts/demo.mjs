// One merchant's afternoon in two minutes, on the embedded sandbox: no key, no network, nothing real.
// Works on a copy of gstable.config.yaml in a directory of its own, so that it can be repeated and leaves no trace.
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { styleText } from "node:util";

const root = resolve(import.meta.dirname, "..");
const cli = join(root, "dist/cli.js");
const config = "gstable.config.yaml";
const directory = mkdtempSync(join(tmpdir(), "gstable-demo-"));

const isColoured = process.env.NO_COLOR ? false : Boolean(process.env.FORCE_COLOR) || process.stdout.isTTY;
const paint = (style, text) => (isColoured ? styleText(style, text, { validateStream: false }) : text);

try {
  copyFileSync(join(root, config), join(directory, config));
  await walkThrough();
} catch (error) {
  console.error(paint("red", `\nThe demo stopped: ${error instanceof Error ? error.message : error}`));
  process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}

async function walkThrough() {
  chapter(1, "A catalogue in YAML", [
    "Harbour Coffee sells beans, a subscription and gift cards, and takes tips:",
    "5 products and 5 payment links in gstable.config.yaml. Is the file right?",
  ]);
  run("validate");

  chapter(2, "Plan: what would happen to the account?", [
    "Reads, never writes. Here for one page and the product that it sells:",
  ]);
  run("plan --sandbox --target paymentLink.house-blend");

  chapter(3, "Apply: all of it", [
    "Products before the links that sell them, and each exactly once, even if",
    "the connection breaks or the process dies half-way.",
  ]);
  run("apply --sandbox --auto-approve");

  chapter(4, "Plan again: nothing left to do", ["A second apply would write nothing."]);
  run("plan --sandbox --detailed-exitcode");

  chapter(5, "A new price", ["Beans got dearer. Somebody edits one line:"]);
  editPrice({ from: "unitPrice: $24 ", to: "unitPrice: $27 " });
  say("The pull request shows what that means. The URL on the posters stays:\n");
  run("plan --sandbox --quiet --detailed-exitcode", { exitCode: 2 });
  say("2: changes are pending. The merge applies them:\n");
  run("apply --sandbox --auto-approve --quiet");

  chapter(6, "Somebody else edits the page", [
    "In the dashboard, the House Blend page now sends those who paid to",
    "https://harbour-cofee.example/thanks (look twice). The nightly job notices:",
  ]);
  await editInDashboard("paymentLink.house-blend", { successUrl: "https://harbour-cofee.example/thanks" });
  run("drift --sandbox --quiet", { exitCode: 2 });

  chapter(7, "Repaired, on purpose", [
    "Another host for payers trips a guard, even on the way back. apply refuses as",
    "a whole, before the first write, until somebody lets exactly this through:",
  ]);
  run("apply --sandbox --auto-approve --quiet", { exitCode: 4 });
  run("apply --sandbox --auto-approve --quiet --allow exit:paymentLink.house-blend");

  chapter("Next", "Your own account", [
    '1. Install gstable-sync into your repository: README, "Start".',
    "2. Write gstable.config.yaml; put the id of your receiving account into it.",
    "3. export GSTABLE_API_KEY=rk_live_...     a restricted key is enough to plan",
    "   npx gstable-sync plan",
    "4. export GSTABLE_API_KEY=sk_live_...     a secret key to apply",
    "   npx gstable-sync apply",
    "5. Commit gstable.lock.json: it knows which live object is which.",
    "",
    "Nothing was changed in this repository. The README has the rest.",
  ]);
}

function chapter(number, title, lines) {
  const heading = typeof number === "number" ? `${number}. ${title}` : `${number}: ${title}`;
  console.log(`\n${paint("bold", `== ${heading} ${"=".repeat(Math.max(2, 76 - heading.length))}`)}\n`);
  for (const line of lines) say(line);
  console.log("");
}

function say(line) {
  console.log(line);
}

/** Runs a command as a person would and shows it; its exit code is part of what the demo promises. */
function run(line, { exitCode = 0 } = {}) {
  const shown = line.length > 60 ? line.replace(" --allow", " \\\n    --allow") : line;
  console.log(paint("cyan", `$ gstable-sync ${shown}`));
  // Progress goes to stderr; here it would say the same as the result below it.
  const { status, error, stderr } = spawnSync(process.execPath, [cli, ...line.split(" ")], {
    cwd: directory,
    env: environment(),
    stdio: ["ignore", "inherit", "pipe"],
    encoding: "utf8",
  });
  if (error) throw error;
  if (status !== 0) process.stderr.write(stderr);
  if (status !== exitCode) throw new Error(`\`gstable-sync ${line}\` ended with ${status}, not ${exitCode}.`);
  console.log(exitCode === 0 ? "" : `${paint("dim", `[exit ${exitCode}]`)}\n`);
}

/** Nothing of the visitor's own account can come into play. */
function environment() {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("GSTABLE_"));
  return { ...Object.fromEntries(own), ...(isColoured ? { FORCE_COLOR: "1" } : {}) };
}

function editPrice({ from, to }) {
  const path = join(directory, config);
  const text = readFileSync(path, "utf8");
  const line = text.split("\n").find((candidate) => candidate.includes(from));
  if (line === undefined) throw new Error(`${config} has no ${from}`);
  console.log(paint("red", `  - ${line.trim()}`));
  console.log(`${paint("green", `  + ${line.trim().replace(from, to)}`)}\n`);
  writeFileSync(path, text.replace(line, line.replace(from, to)));
}

/** Does what a person could do in the dashboard, through the side-door of the same sandbox, served. */
async function editInDashboard(address, fields) {
  const linkId = readId(address);
  const args = [cli, "sandbox", "--state", join(directory, ".gstable/sandbox.json")];
  const server = spawn(process.execPath, args, {
    cwd: directory,
    env: environment(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise((done) => server.once("exit", done));
  try {
    const url = await firstUrl(server);
    const response = await fetch(`${url}/_sandbox/dashboard/editLink`, {
      method: "POST",
      body: JSON.stringify({ linkId, ...fields }),
    });
    if (!response.ok)
      throw new Error(`The sandbox's dashboard says ${response.status}: ${await response.text()}`);
  } finally {
    server.kill("SIGTERM");
    await ended;
  }
}

function readId(address) {
  const { stdout } = spawnSync(process.execPath, [cli, "state", "show", address, "--sandbox", "--json"], {
    cwd: directory,
    env: environment(),
    encoding: "utf8",
  });
  return JSON.parse(stdout).entry.id;
}

function firstUrl(server) {
  return new Promise((found, failed) => {
    let said = "";
    server.once("exit", (code) => failed(new Error(`The sandbox ended with ${code}: ${said}`)));
    server.stderr.setEncoding("utf8").on("data", (text) => {
      said += text;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (url !== undefined) found(url);
    });
  });
}
