import { describe, expect, it } from "vitest";
import type { Answered, WireAnswer } from "../../src/api/answer.js";
import { judge } from "../../src/api/judge.js";
import type { Question } from "../../src/api/judgement.js";
import { envelope } from "./doubles.js";

const aCreate: Question = { expects: { id: "productId" }, isRead: false, redact: (text) => text };
const anOperation: Question = { ...aCreate, expects: "success" };
const aRead: Question = { ...aCreate, expects: "data", isRead: true };

function answered(text: string, status = 200, rest: Partial<Answered> = {}): WireAnswer {
  return { kind: "answered", status, text, ...rest };
}

describe("a create", () => {
  const cases: readonly [title: string, answer: WireAnswer, expected: string, code?: number][] = [
    ["code 0 with an id is done", answered(envelope({ productId: "prd_1" })), "done"],
    ["HTTP 201 is as good as 200", answered(envelope({ productId: "prd_1" }), 201), "done"],
    ["code 0 without an id is unknown", answered(envelope({ name: "Premium" })), "unknown", 0],
    ["code 0 with an empty id is unknown", answered(envelope({ productId: "" })), "unknown", 0],
    ["code 0 with a number for an id is unknown", answered(envelope({ productId: 7 })), "unknown", 0],
    ["code 0 with null is unknown", answered(envelope(null)), "unknown", 0],
    ["code 0 without data is unknown", answered('{"code":0,"message":"success"}'), "unknown", 0],
    ["success: false is unknown", answered(envelope({ productId: "prd_1", success: false })), "unknown", 0],
    ["100101 is refused", answered(envelope(null, 100101)), "rejected", 100101],
    ["100201 is refused", answered(envelope(null, 100201)), "rejected", 100201],
    ["100304 is refused", answered(envelope(null, 100304)), "rejected", 100304],
    ["400101 is refused", answered(envelope(null, 400101)), "rejected", 400101],
    ["499999 is refused", answered(envelope(null, 499999)), "rejected", 499999],
    ["a refusal with HTTP 400 is refused", answered(envelope(null, 400101), 400), "rejected", 400101],
    ["a refusal with HTTP 404 is refused", answered(envelope(null, 100301), 404), "rejected", 100301],
    ["a refusal with HTTP 500 is unknown", answered(envelope(null, 100301), 500), "unknown", 100301],
    ["100401, which is not documented, is unknown", answered(envelope(null, 100401)), "unknown", 100401],
    ["299001, of an unseen family, is unknown", answered(envelope(null, 299001)), "unknown", 299001],
    ["399999 is unknown", answered(envelope(null, 399999)), "unknown", 399999],
    ["500000 is unknown", answered(envelope(null, 500000)), "unknown", 500000],
    ["a negative code is unknown", answered(envelope(null, -5)), "unknown", -5],
    ["code 401 with HTTP 200 is unknown", answered(envelope(null, 401)), "unknown", 401],
    ["900201 is unknown", answered(envelope(null, 900201)), "unknown", 900201],
    ["900301 is unknown", answered(envelope(null, 900301)), "unknown", 900301],
    ["999999 is unknown", answered(envelope(null, 999999)), "unknown", 999999],
    ["900101 is busy", answered(envelope(null, 900101)), "busy", 900101],
    ["HTTP 429 with HTML is busy", answered("<html>slow down</html>", 429), "busy", 429],
    ["HTTP 429 with an unknown code is busy", answered(envelope(null, 299001), 429), "busy", 299001],
    ["HTTP 429 with code 0 is unknown", answered(envelope({ productId: "p" }), 429), "unknown", 429],
    ["HTTP 500 with code 0 is unknown", answered(envelope({ productId: "p" }), 500), "unknown", 500],
    ["HTTP 400 with code 0 is unknown", answered(envelope({ productId: "p" }), 400), "unknown", 400],
    ["HTTP 302 with code 0 is unknown", answered(envelope({ productId: "p" }), 302), "unknown", 302],
    ["a redirect with a refusal is unknown", answered(envelope(null, 100101), 302), "unknown", 302],
    ["a code as a string is unknown", answered('{"code":"0","data":{"productId":"p"}}'), "unknown", 200],
    ["JSON without a code is unknown", answered('{"productId":"p"}'), "unknown", 200],
    ["a bare array is unknown", answered("[]"), "unknown", 200],
    ["half JSON is unknown", answered('{"code":0,"data":{"productId":"prd'), "unknown", 200],
    ["an empty body is unknown", answered(""), "unknown", 200],
    ["an HTML page is unknown", answered("<html></html>"), "unknown", 200],
    ["an HTML 502 is unknown", answered("<html></html>", 502), "unknown", 502],
    ["an HTML 404 is unknown", answered("<html></html>", 404), "unknown", 404],
    ["a redirect is unknown", answered("", 307, { location: "https://b.example/" }), "unknown", 307],
    ["HTTP 401 with nothing is a refused key", answered("", 401), "auth", 401],
    ["HTTP 403 with HTML is a refused key", answered("<html>WAF</html>", 403), "auth", 403],
    ["HTTP 401 with an envelope is a refused key", answered(envelope(null, 299401), 401), "auth", 299401],
    ["HTTP 403 with code 0 is a refused key", answered(envelope({ productId: "p" }), 403), "auth", 403],
    ["a refused connection is not sent", { kind: "silent", mayHaveArrived: false, why: "no" }, "notSent", -1],
    ["a reset is unknown", { kind: "silent", mayHaveArrived: true, why: "reset" }, "unknown", -1],
  ];
  it.each(cases)("%s", (_, answer, expected, code) => {
    const { outcome } = judge(answer, aCreate);
    expect(outcome.kind === "refused" ? outcome.reason : outcome.kind).toBe(expected);
    if (outcome.kind !== "done") expect(outcome.code).toBe(code);
  });

  it("that breaks off is unknown even when what came is a whole answer", () => {
    const cut = { why: "reset", transient: true };
    const { outcome } = judge(answered(envelope({ productId: "prd_1" }), 200, { cut }), aCreate);
    expect(outcome.kind).toBe("unknown");
  });

  it("that breaks off after HTTP 401 is still a refused key", () => {
    const cut = { why: "reset", transient: true };
    expect(judge(answered("", 401, { cut }), aCreate).outcome).toMatchObject({ reason: "auth" });
  });
});

describe("an operation", () => {
  it.each([
    ["{success: true} is done", { success: true }, "done"],
    ["null is done: the read-back verifies", null, "done"],
    ["no data is done: the read-back verifies", undefined, "done"],
    ["a new signing key is done", { key: "wkk_1" }, "done"],
    ["{success: false} is unknown", { success: false }, "unknown"],
    ['{success: "true"} is unknown', { success: "true" }, "unknown"],
    ["{success: null} is unknown", { success: null }, "unknown"],
  ])("with %s", (_, data, kind) => {
    expect(judge(answered(envelope(data)), anOperation).outcome.kind).toBe(kind);
  });
});

it("quotes nothing of a `success` that is no answer: it may echo the key, or never end", () => {
  for (const success of ['"sk_live_0123456789abcdefghij"', "[".repeat(50_000) + "]".repeat(50_000)]) {
    const { outcome } = judge(answered(`{"code":0,"data":{"success":${success}}}`), anOperation);
    expect(outcome).toEqual({
      kind: "unknown",
      code: 0,
      message: "code 0, but success is neither true nor false",
    });
  }
});

describe("a read", () => {
  it("hands the data on as it came", () => {
    expect(judge(answered(envelope([1, 2])), aRead).outcome).toEqual({ kind: "done", data: [1, 2] });
  });

  it("without data is unknown", () => {
    expect(judge(answered(envelope(null)), aRead).outcome.kind).toBe("unknown");
  });

  it("answered by a page asks whether the base URL is right, and is not repeated", () => {
    const { outcome, transient } = judge(answered("<!doctype html><title>Shop</title>"), aRead);
    expect(outcome).toMatchObject({ kind: "unknown", message: expect.stringContaining("base URL") });
    expect(transient).toBe(false);
  });

  it("answered like the payers' host is refused with the reason", () => {
    const view = { linkId: "lnk_1", aiView: { pricingModel: { type: "fixed" } } };
    const { outcome } = judge(answered(envelope(view)), aRead);
    expect(outcome).toMatchObject({ kind: "refused", message: expect.stringContaining("payers") });
  });

  it("with a status is a merchant's object, whatever else it holds", () => {
    const link = { linkId: "lnk_1", status: "active", aiView: {} };
    expect(judge(answered(envelope(link)), aRead).outcome.kind).toBe("done");
  });

  it("answered by a write's payer view leaves a write unknown, never refused", () => {
    expect(judge(answered(envelope({ aiView: {} })), aCreate).outcome.kind).toBe("unknown");
  });

  it.each([
    ["a reset", { kind: "silent", mayHaveArrived: true, why: "reset" } as const, true],
    ["a refused connection", { kind: "silent", mayHaveArrived: false, why: "refused" } as const, true],
    ["an HTML 502", answered("<html>", 502), true],
    ["an envelope with HTTP 500", answered(envelope(null, 999999), 500), true],
    ["half JSON", answered('{"code":0,"da'), true],
    ["900101", answered(envelope(null, 900101)), true],
    ["900203", answered(envelope(null, 900203)), true],
    ["HTTP 429", answered("", 429), true],
    ["100101", answered(envelope(null, 100101)), false],
    ["999999", answered(envelope(null, 999999)), false],
    ["HTTP 401", answered("", 401), false],
    ["an HTML 404", answered("<html>", 404), false],
    ["a string code", answered('{"code":"0"}'), false],
    ["a redirect", answered("", 302), false],
  ])("after %s may be repeated: %s", (_, answer, transient) => {
    expect(judge(answer, aRead).transient).toBe(transient);
  });

  it.each([
    [answered(envelope(null, 900101)), true],
    [answered(envelope(null, 900101), 503), true],
    [answered("", 429), true],
    [answered("", 503), false],
  ])("slows everybody down when the server complains", (answer, throttled) => {
    expect(judge(answer, aRead).throttled).toBe(throttled);
  });
});

describe("a message", () => {
  it("quotes two hundred characters of a page at most, and keeps control characters for the renderers", () => {
    const { outcome } = judge(answered(`<b>\u001b[31m${"x".repeat(5000)}`, 502), aRead);
    if (outcome.kind !== "unknown") throw new Error("expected unknown");
    expect(outcome.message).toContain("\u001b[31m");
    expect(outcome.message.length).toBeLessThan(240);
  });

  it("loses the key before it is cut, so that no half of it stays", () => {
    const key = "sk_live_secret_secret_secret";
    const redact = (text: string) => text.replaceAll(key, "[secret]");
    const { outcome } = judge(answered(`<b>${"x".repeat(185)}${key}`, 502), { ...aRead, redact });
    expect(JSON.stringify(outcome)).not.toContain("sk_live");
  });

  it("quotes neither a payer's e-mail nor a client's code, whole or cut off", () => {
    const session = '"session":{"clientCode":"c0de","payerEmail" : "buyer@acme.example","status":"paid"}';
    for (const text of [
      `{"code":"0",${session}}`,
      `{${session.slice(0, session.indexOf("0de"))}`,
      `{${session.slice(0, session.indexOf("@"))}`,
      JSON.stringify(`{${session}}`),
    ]) {
      const { outcome } = judge(answered(text), aRead);
      expect(outcome).toMatchObject({ kind: "unknown", message: expect.stringContaining("clientCode") });
      expect(JSON.stringify(outcome)).not.toMatch(/c0|buyer/);
    }
  });

  it("never ends in half a character", () => {
    const { outcome } = judge(answered("😀".repeat(300), 502), aRead);
    if (outcome.kind !== "unknown") throw new Error("expected unknown");
    expect(/\p{Surrogate}/u.test(outcome.message)).toBe(false);
  });
});
