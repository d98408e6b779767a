import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Fault, Knobs } from "../../src/sandbox/index.js";
import { configFile, lockfile, type Scene } from "./scene.js";
import { link, shop } from "./shop.js";

/** Something is wrong, and something would be to do: what is told, and with which exit code. */
export interface Case {
  readonly title: string;
  readonly prepare: (scene: Scene) => void | Promise<void>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly args?: readonly string[];
  readonly apply: number;
  /** Default: as apply. */
  readonly plan?: number;
  readonly code?: string;
}

const everyAnswer = (doWhat: Fault["do"]): Fault => ({ match: { times: 0 }, do: doWhat });
/** Every request on the path is answered so. */
export const fault = (path: string, doWhat: Fault["do"]) => (scene: Scene) =>
  scene.sandbox.addFault({ match: { path, times: 0 }, do: doWhat });
const editLock = (edit: (text: string) => string) => (scene: Scene) =>
  scene.write(lockfile, edit(scene.read(lockfile)));
const directoryAt = (name: string) => (scene: Scene) => {
  rmSync(join(scene.dir, name), { force: true });
  mkdirSync(join(scene.dir, name));
};
const nothingLeft = shop({ products: {}, paymentLinks: {} });

const wrongKey = (body: Knobs["authErrorBody"]) => (scene: Scene) =>
  scene.sandbox.setKnobs({ acceptedKeys: ["sk_live_another"], authErrorBody: body });

export const cases: readonly Case[] = [
  { title: "a wrong key, answered in JSON", prepare: wrongKey("json"), apply: 1, code: "GS2007" },
  { title: "a wrong key, answered in HTML", prepare: wrongKey("html"), apply: 1, code: "GS2007" },
  { title: "a wrong key, answered with nothing", prepare: wrongKey("empty"), apply: 1, code: "GS2007" },
  {
    title: "a missing key",
    prepare: () => {},
    env: { GSTABLE_API_KEY: undefined },
    apply: 1,
    code: "GS6001",
  },
  {
    title: "a restricted key on apply",
    prepare: () => {},
    env: { GSTABLE_API_KEY: "rk_live_0123456789abcdef0123456789" },
    apply: 1,
    plan: 0,
    code: "GS2007",
  },
  {
    title: "another merchant's key: none of the recorded accounts",
    prepare: editLock((text) => text.replaceAll("acc_sandbox_main", "acc_of_somebody")),
    apply: 1,
    code: "GS3008",
  },
  {
    title: "another merchant's key: hardly any recorded object",
    prepare: editLock((text) => text.replaceAll(/(prd|lnk)_(?=[A-Za-z0-9]{8})/g, "$1_gone")),
    apply: 1,
    code: "GS3008",
  },
  {
    title: "another project's lockfile",
    prepare: editLock((text) => text.replace('"acme-store"', '"other"')),
    apply: 1,
    code: "GS3007",
  },
  {
    title: "another environment's lockfile",
    prepare: editLock((text) => text.replace('"environment": null', '"environment": "eu"')),
    apply: 1,
    code: "GS3007",
  },
  {
    title: "another API's lockfile",
    prepare: editLock((text) => text.replace(/"origin": "[^"]+"/, '"origin": "https://api.gstable.io"')),
    apply: 1,
    code: "GS3007",
  },
  {
    title: "a link that is gone",
    prepare: (scene) =>
      scene.sandbox.dashboard.eraseLink({ linkId: scene.lock().entries["paymentLink.mug"]?.id ?? "" }),
    apply: 4,
    plan: 0,
  },
  {
    title: "an empty configuration",
    prepare: (scene) => scene.write(configFile, nothingLeft),
    apply: 4,
    plan: 0,
  },
  {
    title: "a lockfile cut in half",
    prepare: editLock((text) => text.slice(0, text.length / 2)),
    apply: 1,
    code: "GS3001",
  },
  { title: "an empty lockfile", prepare: editLock(() => ""), apply: 1, code: "GS3001" },
  {
    title: "conflict markers in the lockfile",
    prepare: editLock((text) =>
      text.replace('  "entries"', '<<<<<<< HEAD\n=======\n>>>>>>> other\n  "entries"'),
    ),
    apply: 1,
    code: "GS3002",
  },
  {
    title: "an id under two names",
    prepare: (scene) => {
      const { entries } = scene.lock();
      const [one, two] = [entries["paymentLink.beans"]?.id ?? "", entries["paymentLink.mug"]?.id ?? ""];
      editLock((text) => text.replace(`"id": "${two}"`, `"id": "${one}"`))(scene);
    },
    apply: 1,
    code: "GS3006",
  },
  {
    title: "a lockfile of a newer version",
    prepare: editLock((text) => text.replace('"lockfileVersion": 1', '"lockfileVersion": 2')),
    apply: 1,
    code: "GS3003",
  },
  { title: "an unreadable lockfile", prepare: directoryAt(lockfile), apply: 1, code: "GS3010" },
  { title: "an unreadable journal", prepare: directoryAt(`${lockfile}.journal`), apply: 1, code: "GS3010" },
  { title: "an unreadable configuration", prepare: directoryAt(configFile), apply: 1, code: "GS7001" },
  {
    title: "a missing configuration",
    prepare: (scene) => rmSync(join(scene.dir, configFile)),
    apply: 1,
    code: "GS7001",
  },
  {
    title: "an invalid configuration",
    prepare: (scene) => scene.write(configFile, shop({ producst: {} })),
    apply: 3,
  },
  {
    title: "a missing key and an invalid configuration, both told",
    prepare: (scene) => scene.write(configFile, shop({ producst: {} })),
    env: { GSTABLE_API_KEY: undefined },
    apply: 1,
    code: "GS6001",
  },
  {
    title: "a base URL in the clear, though the configuration is invalid as well",
    prepare: (scene) => scene.write(configFile, shop({ producst: {} })),
    env: { GSTABLE_BASE_URL: "http://api.example/api/v1" },
    apply: 1,
    code: "GS6002",
  },
  {
    title: "HTML from the API",
    prepare: (scene) => scene.sandbox.addFault(everyAnswer({ kind: "html200" })),
    apply: 1,
  },
  {
    title: "half a JSON from the API",
    prepare: (scene) => scene.sandbox.addFault(everyAnswer({ kind: "truncate" })),
    apply: 1,
  },
  {
    title: "code 0 with HTTP 500",
    prepare: (scene) =>
      scene.sandbox.addFault(everyAnswer({ kind: "failBefore", with: { code: 0, status: 500 } })),
    apply: 1,
  },
  {
    title: "an account list that cannot be read",
    prepare: fault("/account/list", { kind: "failBefore", with: { code: 900203 } }),
    apply: 1,
    code: "GS2001",
  },
  {
    title: "an incomplete list of links",
    prepare: fault("/payment/link/list", { kind: "wrongTotal", by: 1 }),
    apply: 1,
    code: "GS2002",
  },
  {
    title: "an account that is not in the list",
    prepare: (scene) => scene.write(configFile, shop({ accounts: { treasury: { id: "acc_unknown" } } })),
    apply: 1,
    code: "GS2003",
  },
  {
    title: "an account that pays elsewhere than its pin says",
    prepare: (scene) => {
      const address = "0x1111111111111111111111111111111111111111";
      scene.write(configFile, shop({ accounts: { treasury: { id: "acc_sandbox_main", address } } }));
    },
    apply: 1,
    code: "GS2005",
  },
  {
    title: "an account that is no longer normal",
    prepare: (scene) => {
      scene.sandbox.dashboard.setAccountStatus({ accountId: "acc_sandbox_main", status: "frozen" });
    },
    apply: 4,
    plan: 0,
  },
  {
    title: "a token that the account does not pay out",
    prepare: (scene) => {
      const mug = link("mug", "$12", { settlementToken: "arbitrum::usdc" });
      scene.write(configFile, shop({ paymentLinks: { beans: link("beans", "$24"), mug } }));
    },
    apply: 4,
    plan: 0,
    code: "GS4202",
  },
  {
    title: "an allowance that names no guard",
    prepare: () => {},
    args: ["--allow", "prise:config"],
    apply: 1,
  },
  { title: "an unknown flag", prepare: () => {}, args: ["--taget", "x"], apply: 1, code: "GS7002" },
  { title: "a time that is none", prepare: () => {}, args: ["--timeout", "soon"], apply: 1, code: "GS7002" },
  {
    title: "no parallelism at all",
    prepare: () => {},
    args: ["--parallelism", "0"],
    apply: 1,
    code: "GS6007",
  },
];
