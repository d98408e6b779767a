/** One place outside a kind's own folder that a new kind touches: what stands there, and what is put after it. */
export interface Edit {
  readonly file: string;
  readonly after: string;
  readonly put: string;
}

/** A step of adding a kind, and the files in which the compiler then still sees something missing. */
export interface AddingStep {
  readonly what: string;
  readonly edits: readonly Edit[];
  readonly thenMissing: readonly string[];
}

const methods = ["create", "update", "enable", "disable"] as const;
const doctor = "src/commands/doctor/built-entries.ts";

/** The files of the kind's own folder; registering it brings them. */
export const ownFiles = ["definition", "wire", "schema", "rules"] as const;

/** docs/adding-a-kind.md in code. */
export const steps: readonly AddingStep[] = [
  {
    what: "name it",
    edits: [{ file: "src/state/address.ts", after: '"paymentLink", "webhook"', put: ', "coupon"' }],
    thenMissing: [doctor, "src/resources/registry.ts"],
  },
  {
    what: "describe it in a folder of its own, and register it",
    edits: [
      {
        file: "src/resources/registry.ts",
        after: 'import type { ResourceKind } from "./resource-kind.js";\n',
        put: ["definition", "rules"]
          .map(
            (part) =>
              `import { coupon${part[0]?.toUpperCase()}${part.slice(1)} } from "./coupon/${part}.js";\n`,
          )
          .join(""),
      },
      {
        file: "src/resources/registry.ts",
        after: "rules: webhookRules,\n  },\n",
        put: `  coupon: {
    definition: couponDefinition,
    schema: async () => (await import("./coupon/schema.js")).couponSchema,
    rules: couponRules,
  },
`,
      },
    ],
    thenMissing: [doctor, "src/resources/coupon/definition.ts"],
  },
  {
    what: "name its calls",
    edits: [
      {
        file: "src/state/call.ts",
        after: '"webhook.detail",\n',
        put: '  "coupon.list",\n  "coupon.detail",\n',
      },
      {
        file: "src/state/call.ts",
        after: '"webhook.remove",\n',
        put: methods.map((method) => `  "coupon.${method}",\n`).join(""),
      },
    ],
    thenMissing: ["src/api/create-api.ts", "src/api/routes.ts", "src/api/sdk.ts", doctor],
  },
  {
    what: "say how they are sent, and how the SDK's client runs them",
    edits: [
      {
        file: "src/api/routes.ts",
        after: 'path: "/webhook/remove", field: "webhookId", expects: "success" },\n',
        put: `
  "coupon.create": { verb: "POST", path: "/coupon/create", expects: { id: "couponId" } },
  "coupon.update": { verb: "POST", path: "/coupon/update", expects: "success" },
  "coupon.list": { verb: "GET", path: "/coupon/list", expects: "data" },
  "coupon.detail": { verb: "GET", path: "/coupon/:couponId", expects: "data" },
  "coupon.disable": { verb: "POST", path: "/coupon/disable", field: "couponId", expects: "success" },
  "coupon.enable": { verb: "POST", path: "/coupon/enable", field: "couponId", expects: "success" },
`,
      },
      {
        file: "src/api/client-like.ts",
        after: "readonly capability: { all(): Promise<unknown> };\n",
        put: `  readonly coupon: {
    create(body: object): Promise<unknown>;
    update(body: object): Promise<unknown>;
    list(): Promise<unknown>;
    detail(couponId: string): Promise<unknown>;
    disable(couponId: string): Promise<unknown>;
    enable(couponId: string): Promise<unknown>;
  };
`,
      },
    ],
    thenMissing: [doctor],
  },
  {
    what: "let the sandbox have it, and the doctor trip its guards there",
    edits: [
      { file: doctor, after: "  product: 2,\n", put: "  coupon: 3,\n" },
      {
        file: doctor,
        after: 'if (kind === "paymentLink") dashboard.disableLink({ linkId: id });\n',
        put: '  else if (kind === "coupon") throw new Error("the sandbox has no coupons");\n',
      },
      {
        file: doctor,
        after: 'if (kind === "paymentLink") dashboard.eraseLink({ linkId: id });\n',
        put: '  else if (kind === "coupon") throw new Error("the sandbox has no coupons");\n',
      },
    ],
    thenMissing: [],
  },
];
