import { expect } from "vitest";
import { apply } from "../../src/index.js";
import type { Fault } from "../../src/sandbox/index.js";
import type { Scene } from "../cli/scene.js";
import { born, changed, type Story } from "./stories.js";
import { expectWhole, isWhole, openStory } from "./whole.js";

interface FaultyCall {
  readonly name: string;
  readonly match: NonNullable<Fault["match"]>;
  readonly story: Story;
  readonly writes?: boolean;
  readonly creates?: boolean;
  readonly lists?: boolean;
  /** The create whose answer is lost, so that this call has to find its object. */
  readonly after?: string;
}

interface FaultKind {
  readonly name: string;
  readonly do: Fault["do"];
  /** Which calls it can strike; all where it is missing. */
  readonly on?: (call: FaultyCall) => boolean;
  /** It does no harm: nothing has to fail because of it. */
  readonly harmless?: boolean;
}

export interface FaultCase {
  readonly call: FaultyCall;
  readonly fault: FaultKind;
  readonly nth: number;
}

/** Every call that an apply makes. */
const calls: readonly FaultyCall[] = [
  { name: "account list", match: { path: "/account/list" }, story: changed },
  { name: "product list", match: { path: "/product/list/1/" }, story: changed, lists: true },
  { name: "link list", match: { path: "/payment/link/list/1/" }, story: changed, lists: true },
  { name: "products by ids", match: { path: "/product/list/by/ids" }, story: changed },
  { name: "link detail", match: { path: "/payment/link/lnk_" }, story: changed },
  { name: "product create", match: { path: "/product/create" }, story: born, writes: true, creates: true },
  { name: "link create", match: { path: "/payment/link/create" }, story: born, writes: true, creates: true },
  { name: "link disable", match: { path: "/payment/link/disable" }, story: changed, writes: true },
  { name: "link disable at birth", match: { path: "/payment/link/disable" }, story: born, writes: true },
  { name: "link update", match: { path: "/payment/link/update" }, story: changed, writes: true },
  { name: "product update", match: { path: "/product/update" }, story: changed, writes: true },
  {
    name: "product list that looks for a lost create",
    match: { path: "/product/list/1/" },
    story: born,
    lists: true,
    after: "/product/create",
  },
  {
    name: "link list that looks for a lost create",
    match: { path: "/payment/link/list/1/" },
    story: born,
    lists: true,
    after: "/payment/link/create",
  },
];

export const STRANGER = "Somebody else's";
const page = { status: 502, html: true } as const;

/** Every kind of fault in docs/sandbox.md. `pageShift` and `doubled` at a create make objects of their own: cases apart. */
const faults: readonly FaultKind[] = [
  { name: "delay", do: { kind: "delay", ms: 30 }, harmless: true },
  { name: "refuse", do: { kind: "refuse" } },
  { name: "refuse by reset", do: { kind: "refuse", cause: "ECONNRESET" } },
  { name: "loseAnswer", do: { kind: "loseAnswer" } },
  { name: "tooMany", do: { kind: "tooMany" } },
  { name: "tooMany as 429", do: { kind: "tooMany", status: 429, retryAfter: 0 } },
  { name: "failBefore with 999999", do: { kind: "failBefore", with: { code: 999_999 } } },
  { name: "failBefore with 900201", do: { kind: "failBefore", with: { code: 900_201 } } },
  { name: "failBefore with a 502 page", do: { kind: "failBefore", with: page } },
  { name: "failBefore with a refusal", do: { kind: "failBefore", with: { code: 400_101 } } },
  { name: "failAfter with 900301", do: { kind: "failAfter", with: { code: 900_301 } } },
  { name: "failAfter with a 502 page", do: { kind: "failAfter", with: page } },
  { name: "truncate", do: { kind: "truncate" } },
  { name: "html200", do: { kind: "html200" } },
  { name: "stringCode", do: { kind: "stringCode" } },
  { name: "successFalse", do: { kind: "successFalse" } },
  { name: "successFalse, carried out", do: { kind: "successFalse", carriedOut: true } },
  { name: "noData", do: { kind: "noData" } },
  { name: "stale", do: { kind: "stale" }, on: ({ writes }) => !writes },
  { name: "wrongTotal", do: { kind: "wrongTotal" }, on: ({ lists }) => lists === true },
  { name: "hang", do: { kind: "hang" } },
  { name: "hang, carried out", do: { kind: "hang", carriedOut: true } },
  { name: "late", do: { kind: "late", ms: 250 }, harmless: true },
  {
    name: "doubled",
    do: { kind: "doubled" },
    on: ({ creates }) => !creates,
    harmless: true,
  },
  {
    name: "dashboard",
    do: { kind: "dashboard", action: "createProduct", args: { name: STRANGER } },
    harmless: true,
  },
];

export const faultCases: readonly FaultCase[] = calls.flatMap((call) =>
  faults
    .filter(({ on }) => on === undefined || on(call))
    .flatMap((fault) => {
      // A list that looks for a lost create comes after the one that planned; the second look after the settle time.
      const places = call.after === undefined ? [1] : [2, 3];
      return places.map((nth) => ({ call, fault, nth }));
    }),
);

/** Applies under the fault, then without it until it is done. */
export async function meetFault(
  { call, fault, nth }: FaultCase,
  { times }: { readonly times: number },
): Promise<void> {
  const { story } = call;
  const scene = await openStory(story);
  const strangers = { strangers: [STRANGER] };
  const options = story.allow.length > 0 ? { allow: story.allow } : {};
  const applyOnce = () =>
    apply(
      { autoApprove: true, settleMs: 300, timeoutMs: 150, deadlineMs: 2000, ...options },
      { cwd: scene.dir, env: scene.env },
    );
  scene.sandbox.addFault({ match: { ...call.match, nth, times }, do: fault.do });
  if (call.after !== undefined) {
    scene.sandbox.addFault({ match: { path: call.after }, do: { kind: "loseAnswer" } });
  }
  const first = await applyOnce();
  expectHonest(scene, story, { exitCode: first.exitCode, text: first.text() });
  if (times === 1 && fault.harmless) expect(first.exitCode, first.text()).toBe(0);

  scene.sandbox.clearFaults();
  let last = first;
  for (let runs = 0; last.exitCode !== 0 && runs < 4; runs += 1) {
    last = await applyOnce();
    expectHonest(scene, story, { exitCode: last.exitCode, text: last.text() });
  }
  expect(last.exitCode, last.text()).toBe(0);
  await expectWhole(scene, story, strangers);
}

/** Never 0 while something is missing, and never another code without a word of why. */
function expectHonest(
  scene: Scene,
  story: Story,
  { exitCode, text }: { readonly exitCode: number; readonly text: string },
): void {
  if (exitCode === 0) expect(isWhole(scene, story, { strangers: [STRANGER] }), text).toBe(true);
  else expect([1, 4, 5], text).toContain(exitCode);
  if (exitCode !== 0) expect(text).toMatch(/GS\d{4}|[Ff]ailed/);
}
