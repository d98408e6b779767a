import "./start-counting.js";
import { describe, expect, it } from "vitest";
import { readEveryday } from "../../src/config/parse/everyday/read-everyday.js";
import { parseYaml } from "../../src/config/parse/parse-yaml.js";
import { createSourceFile } from "../../src/config/parse/source-file.js";
import { createCollector } from "../../src/config/report.js";
import { renderPlan } from "../../src/render/index.js";
import type { DesiredEntry } from "../../src/state/desired.js";
import { foldJournal, type JournalRecord } from "../../src/state/journal.js";
import { decodeJournal, encodeRecords } from "../../src/state/journal-text.js";
import { emptyLockfile } from "../../src/state/lockfile.js";
import { decodeLockfile, encodeLockfile } from "../../src/state/lockfile-text.js";
import { load } from "../config/memory-files.js";
import { Shop } from "../engine/apply/drive.js";
import { item, link, lockEntry, product, usd, wants } from "../engine/builders.js";
import { terminal } from "../render/builders.js";
import { countWork } from "./count-work.js";

const sizes = [10, 100, 1000] as const;
/** Ten times as much, and a little for the comparisons of a sort; twice the work for each would be twenty. */
const MOST_FOR_TENFOLD = 13;

/** So many products, each sold by a link. */
function catalogue(size: number, price = 10): readonly DesiredEntry[] {
  return Array.from({ length: size / 2 }, (_, index) => [
    product(`p${index}`, { name: `Product ${index}` }),
    link(`l${index}`, { linkName: `Link ${index}`, lineItems: [item(`p${index}`, 1, usd(price))] }),
  ]).flat();
}

function written(size: number): string {
  const numbers = Array.from({ length: size }, (_, index) => index);
  const lines = numbers.map((at) => `  p${at}:\n    name: Product ${at}\n    commonPrices: [$5, $${at + 1}]`);
  return `version: 1\nproject: acme\nproducts:\n${lines.join("\n")}\n`;
}

interface Stage {
  readonly name: string;
  readonly rooms: readonly string[];
  /** Makes ready what the work is done on; the work alone is counted. */
  readonly prepare: (size: number) => Promise<() => unknown> | (() => unknown);
}

const entryRecords = (size: number): readonly JournalRecord[] =>
  Array.from({ length: size }, (_, index) => ({
    type: "entry",
    address: `product.p${index}`,
    entry: lockEntry("product", `prd_${index}`),
  }));

const lockfileOf = (size: number) =>
  foldJournal(emptyLockfile({ project: "acme", environment: null, origin: "https://a" }), entryRecords(size));

async function applied(size: number): Promise<Shop> {
  const shop = new Shop();
  expect((await shop.apply(wants(catalogue(size)))).result?.failed).toEqual([]);
  return shop;
}

const stages: readonly Stage[] = [
  {
    name: "reading everyday YAML",
    rooms: ["config"],
    prepare: (size) => () => expect(readEveryday(createSourceFile("a.yaml", written(size)))).toBeDefined(),
  },
  {
    name: "reading any YAML",
    rooms: ["config"],
    prepare: (size) => () =>
      expect(parseYaml(createSourceFile("a.yaml", written(size)), createCollector())).toBeDefined(),
  },
  {
    name: "a whole configuration",
    rooms: ["config", "resources", "state", "diagnostics"],
    prepare: (size) => async () => expect((await load(written(size))).ok).toBe(true),
  },
  {
    name: "a whole configuration with a mistake in each entry",
    rooms: ["config", "resources", "state", "diagnostics"],
    prepare: (size) => async () =>
      expect((await load(written(size).replaceAll("name:", "nam:"))).diagnostics.length).toBeGreaterThan(
        size,
      ),
  },
  {
    name: "reading and writing the lockfile",
    rooms: ["state"],
    prepare: (size) => async () => {
      const found = await decodeLockfile(encodeLockfile(lockfileOf(size)), "gstable.lock.json");
      expect(found.ok && found.value.entries.size).toBe(size);
    },
  },
  {
    name: "reading a lockfile in another layout",
    rooms: ["state"],
    prepare: (size) => {
      const text = JSON.stringify(JSON.parse(encodeLockfile(lockfileOf(size))));
      return async () => expect((await decodeLockfile(text, "gstable.lock.json")).ok).toBe(true);
    },
  },
  {
    name: "writing, reading and folding the journal",
    rooms: ["state"],
    prepare: (size) => async () => {
      const owner = '{"journal":1,"project":"acme","environment":null,"origin":"https://a"}\n';
      const read = await decodeJournal(owner + encodeRecords(entryRecords(size)));
      const base = emptyLockfile({ project: "acme", environment: null, origin: "https://a" });
      expect(read.ok && foldJournal(base, read.records).entries.size).toBe(size);
    },
  },
  {
    name: "a first plan: pairing, order, guards, hash",
    rooms: ["engine", "state"],
    prepare: (size) => async () => {
      const { plan } = await new Shop().plan(wants(catalogue(size)));
      expect(plan.document.summary.create).toBe(size);
    },
  },
  {
    name: "a plan without changes",
    rooms: ["engine", "state"],
    prepare: async (size) => {
      const shop = await applied(size);
      return async () =>
        expect((await shop.plan(wants(catalogue(size)))).plan.document.summary.unchanged).toBe(size);
    },
  },
  {
    name: "a plan in which every link changes",
    rooms: ["engine", "state"],
    prepare: async (size) => {
      const shop = await applied(size);
      return async () =>
        expect((await shop.plan(wants(catalogue(size, 12)))).plan.document.summary.update).toBe(size / 2);
    },
  },
  {
    name: "the guards of creates beside as many lookalikes",
    rooms: ["engine/guards"],
    prepare: async (size) => {
      const shop = await applied(size);
      shop.lockText = undefined;
      return async () => {
        const { plan } = await shop.plan(wants(catalogue(size, 12)));
        expect(plan.document.guards.filter(({ id }) => id === "duplicate")).toHaveLength(size / 2);
      };
    },
  },
  {
    name: "a first apply: creates, journal, reading back",
    rooms: ["engine", "state"],
    prepare: (size) => async () => void (await applied(size)),
  },
  {
    name: "showing a plan",
    rooms: ["render"],
    prepare: async (size) => {
      const { plan } = await new Shop().plan(wants(catalogue(size)));
      return () => expect(renderPlan(plan.document, terminal, { flags: [] }).length).toBeGreaterThan(size);
    },
  },
];

describe("ten times as much takes no more than ten times the work:", () => {
  it.each(stages.map((stage) => [stage.name, stage] as const))("%s", async (_, { rooms, prepare }) => {
    const work: number[] = [];
    for (const size of sizes) {
      const run = await prepare(size);
      if (size === sizes[0]) await run(); // what is built once, such as schemas, is no part of it
      work.push(await countWork(rooms, run));
    }
    const [small = 0, middle = 0, large = 0] = work;
    expect(small).toBeGreaterThan(10);
    expect(middle / small, String(work)).toBeLessThan(MOST_FOR_TENFOLD);
    expect(large / middle, String(work)).toBeLessThan(MOST_FOR_TENFOLD);
  });
});

describe("the count", () => {
  it("tells work that grows with the square", async () => {
    const { squares } = await import("../../src/config/nearest.js").then(({ nearest }) => ({
      squares: (size: number) => () => {
        const names = Array.from({ length: size }, (_, index) => `name-${index}`);
        for (const name of names) nearest(`${name}x`, names);
      },
    }));
    const small = await countWork(["config"], squares(4));
    expect((await countWork(["config"], squares(40))) / small).toBeGreaterThan(MOST_FOR_TENFOLD);
  });
});
