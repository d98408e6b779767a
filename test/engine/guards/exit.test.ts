import { describe, expect, test } from "vitest";
import { isAllowedHost, readOrigin } from "../../../src/engine/guards/origin.js";
import { live, premium, type Story, tripped, trips, webhookValues } from "./builders.js";

const from = "https://acme.example/thanks";
const thanks = (live: string | null, want: string | null, story: Story = {}) =>
  premium({ live: { successUrl: live }, want: { successUrl: want }, story });
const address = "paymentLink.premium";

describe("the guard `exit`", () => {
  test.each([
    ["another path", "https://acme.example/bye?x=1#y"],
    ["the same port, written out", "https://acme.example:443/thanks"],
    ["other letters", "HTTPS://ACME.example/thanks"],
    ["none", null],
  ])("%s leads to the same place", (_, want) => {
    expect(tripped("exit", thanks(from, want))).toEqual({});
  });

  test.each([
    ["another host", "https://evil.example/thanks", "https://evil.example"],
    ["a host below", "https://pay.acme.example/thanks", "https://pay.acme.example"],
    ["another scheme", "http://acme.example/thanks", "http://acme.example"],
    ["another port", "https://acme.example:8443/thanks", "https://acme.example:8443"],
    ["a user name that looks like the host", "https://acme.example@evil.example/", "https://evil.example"],
    ["a backslash", "https://evil.example\\@acme.example/", "https://evil.example"],
    ["a trailing dot", "https://acme.example./thanks", "https://acme.example."],
    ["another script", "https://аcme.example/thanks", "https://xn--cme-5cd.example"],
    ["no URL", "acme example", "acme%20example"],
    ["a scheme without origin", "javascript:alert(1)", "javascript:alert%281%29"],
  ])("%s trips", (_, want, value) => {
    expect(tripped("exit", thanks(from, want))).toEqual({ [address]: value });
  });

  test("the message names both places", () => {
    expect(trips("exit", thanks(from, "https://evil.example/x"))[0]?.message).toBe(
      "`Premium`: `successUrl` would lead to `https://evil.example` instead of `https://acme.example`.",
    );
  });

  test("putting back a host that was changed outside trips as well", () => {
    const story = premium({ live: { successUrl: "https://evil.example/" }, base: { successUrl: from } });
    expect(tripped("exit", story)).toEqual({ [address]: "https://acme.example" });
  });

  test("a live URL that is none cannot be compared", () => {
    expect(tripped("exit", thanks("acme", from))).toEqual({ [address]: "https://acme.example" });
  });

  test("a URL where none is live trips, unless a list vouches for its host", () => {
    expect(tripped("exit", thanks(null, from))).toEqual({ [address]: "https://acme.example" });
    expect(tripped("exit", thanks(null, from, { policy: { allowedHosts: ["acme.example"] } }))).toEqual({});
    expect(tripped("exit", thanks(null, from, { policy: { allowedHosts: [] } }))).not.toEqual({});
  });

  test("a listed host does not excuse leaving the live one", () => {
    const story = { policy: { allowedHosts: ["acme.example", "other.example"] } };
    expect(tripped("exit", thanks(from, "https://other.example/", story))).not.toEqual({});
  });

  test("an unlisted URL that is sent back unchanged trips; one that is not sent doesn't", () => {
    const policy = { allowedHosts: ["other.example"] };
    expect(tripped("exit", premium({ want: { linkName: "Gold" }, story: { policy } }))).not.toEqual({});
    expect(tripped("exit", premium({ story: { policy } }))).toEqual({});
    const closed = premium({ wantParts: { open: false }, story: { policy } });
    expect(tripped("exit", closed)).toEqual({});
  });

  test("a URL that the dashboard owns is sent back as well", () => {
    const story = premium({
      live: { successUrl: "https://evil.example/" },
      base: { successUrl: from },
      want: { linkName: "Gold" },
      wantParts: { lifecycle: { ignoreChanges: ["successUrl"] } },
      story: { policy: { allowedHosts: ["acme.example"] } },
    });
    expect(tripped("exit", story)).toEqual({ [address]: "https://evil.example" });
  });

  test("a new object may lead anywhere, but for the list", () => {
    const want = { "webhook.ledger": { values: webhookValues() } };
    expect(tripped("exit", { want })).toEqual({});
    expect(tripped("exit", { want, policy: { allowedHosts: ["acme.example"] } })).toEqual({
      "webhook.ledger": "https://api.acme.example",
    });
    expect(tripped("exit", { want, policy: { allowedHosts: ["*.acme.example"] } })).toEqual({});
  });

  test("a webhook that would report elsewhere trips", () => {
    const story: Story = {
      want: { "webhook.ledger": { values: webhookValues({ webhookUrl: "https://evil.example/h" }) } },
      lock: { "webhook.ledger": { id: "wkid_1" } },
      live: [live("webhook.ledger", { id: "wkid_1" })],
    };
    expect(tripped("exit", story)).toEqual({ "webhook.ledger": "https://evil.example" });
  });

  test("what was not read in this run trips", () => {
    const { successUrl: _, ...values } = live("paymentLink.premium", { id: "lnk_1" }).values;
    const story = premium({ want: { linkName: "Gold" }, liveParts: { values, whole: false } });
    expect(trips("exit", story)[0]?.message).toContain("could not be read");
  });
});

describe("`allowedHosts`", () => {
  test.each([
    ["acme.example", "acme.example", true],
    ["www.acme.example", "acme.example", false],
    ["acme.example", "*.acme.example", false],
    ["a.acme.example", "*.acme.example", true],
    ["a.b.acme.example", "*.acme.example", true],
    ["evilacme.example", "*.acme.example", false],
    ["acme.example.evil.example", "*.acme.example", false],
    ["acme.example", "ACME.example", true],
    ["xn--mnchen-3ya.example", "münchen.example", true],
    ["acme.example", "https://acme.example", false],
    ["acme.example", "*", false],
    ["acme.example", "", false],
    ["acme.example", "*.", false],
  ])("%s is listed by %s: %s", (host, pattern, expected) => {
    expect(isAllowedHost(host, [pattern])).toBe(expected);
  });

  test("only web addresses have an origin", () => {
    expect(readOrigin("ftp://acme.example/")).toBeUndefined();
    expect(readOrigin("data:text/html,x")).toBeUndefined();
    expect(readOrigin(null)).toBeUndefined();
  });
});
