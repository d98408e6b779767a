import type { OutputCatalogue } from "../../state/output-document.js";
import { renderJson } from "../json.js";

/** The catalogue as JSON, and no more than it: what a document on stdout has beside it would change from run to run. */
export function renderOutputJson(catalogue: OutputCatalogue): string {
  const { formatVersion, project, environment, sandbox } = catalogue;
  const { accounts, products, paymentLinks, webhooks } = catalogue;
  return renderJson({
    ...{ formatVersion, project, environment, sandbox },
    ...{ accounts, products, paymentLinks, webhooks },
  });
}
