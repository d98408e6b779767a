import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Catalogue, catalogues, type Deed, deeds, writeCatalogue } from "./accept-catalogue.js";
import { type AcceptScene, openAcceptScene } from "./accept-scene.js";

const runs = Number(process.env.ACCEPT_RUNS ?? 40);

/** Does in the dashboard what the deed says. */
function act(scene: AcceptScene, { products, links }: Catalogue, deed: Deed): unknown {
  const { dashboard } = scene.sandbox;
  const productId = scene.id(`product.p${deed.on % products.length}`);
  const linkId = scene.id(`paymentLink.l${deed.on % links.length}`);
  const product = (index: number) => scene.id(`product.p${index % products.length}`);
  switch (deed.is) {
    case "text":
      return dashboard.editProduct({ productId, description: deed.text ?? undefined });
    case "title":
      return dashboard.editProduct({ productId, name: deed.text });
    case "prices":
      return dashboard.editProduct({ productId, commonPrices: deed.cents.map((one) => one * 10_000) });
    case "attributes":
      return dashboard.editProduct({ productId, attributes: [...deed.list] });
    case "items":
      return dashboard.editLink({
        linkId,
        lineItems: deed.list.map(({ product: index, cents }) => ({
          productId: product(index),
          quantity: deed.quantity,
          unitPrice: cents * 10_000,
        })),
      });
    case "reorder": {
      const link = scene.sandbox.snapshot().paymentLinks.find((one) => one.linkId === linkId);
      return dashboard.editLink({ linkId, lineItems: link?.lineItems.toReversed() ?? [] });
    }
    case "thanks":
      return dashboard.editLink({ linkId, customSuccessText: deed.text ?? undefined });
    case "close":
      return dashboard.disableLink({ linkId });
    case "fee":
      return dashboard.editLink({ linkId, feeModel: 1 });
    case "email":
      return dashboard.editLink({ linkId, payerEmailRequired: 1 });
    default:
      return deed satisfies never;
  }
}

const commentsOf = (texts: readonly string[]): readonly string[] =>
  texts.flatMap((text) => text.match(/# keep \d+/g) ?? []).sort();

/** What was said, but for what is odd about a catalogue (GS151x) or a price list (GS1405): a random one may well be. */
function sayings({ diagnostics = [] }: { readonly diagnostics?: readonly { code: string }[] }): string[] {
  return diagnostics.map(({ code }) => code).filter((code) => !/^GS(?:151\d|1405)$/.test(code));
}

describe("whatever happened outside", () => {
  it("is accepted whole: the plan is empty, nothing was written to the account, comments are still there", {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(catalogues, deeds, async (catalogue, happened) => {
        const files = writeCatalogue(catalogue);
        const scene = openAcceptScene(files, catalogue.environment ? { env: "eu" } : {});
        try {
          await scene.apply();
          for (const deed of happened) act(scene, catalogue, deed);
          const accepted = await scene.accept();
          const after = Object.keys(files).map((name) => scene.read(name));
          expect(accepted).toMatchObject({ exitCode: 0, left: [] });
          expect(sayings(accepted)).toEqual([]);
          const planned = await scene.plan();
          expect(planned).toMatchObject({ changes: [], drift: [] });
          expect(sayings(planned)).toEqual([]);
          expect(await scene.drift()).toMatchObject({ exitCode: 0 });
          expect(commentsOf(after)).toEqual(commentsOf(Object.values(files)));
          expect(scene.writes()).toBe(0);
          const again = await scene.accept();
          expect(again).toMatchObject({ exitCode: 0, accepted: [], files: [] });
        } finally {
          await scene.close();
        }
      }),
      { numRuns: runs },
    );
  });
});
