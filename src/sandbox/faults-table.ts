import { z } from "zod";
import { faultAction } from "./faults/fault.js";

/** The faults as a Markdown table: the one in docs/sandbox.md. */
export function faultsTable(): string {
  const rows = (z.toJSONSchema(faultAction, { io: "input" }).oneOf ?? []).map((one) => {
    const { kind, ...fields } = one.properties ?? {};
    const name = typeof kind === "object" ? String(kind.const) : "";
    const names = Object.keys(fields).map(
      (field) => `\`${field}${one.required?.includes(field) ? "" : "?"}\``,
    );
    return `| \`${name}\` | ${names.join(", ")} | ${one.description ?? ""} |`;
  });
  return ["| `kind` | fields | what happens |", "|---|---|---|", ...rows].join("\n");
}
