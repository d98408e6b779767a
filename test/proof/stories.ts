import { link, product, type ShopConfig, shop } from "../cli/shop.js";

/** A change of a catalogue, and what the account must hold in the end. */
export interface Story {
  readonly name: string;
  /** What was applied before; nothing where it is missing. */
  readonly before?: ShopConfig;
  readonly config: ShopConfig;
  /** Guards that whoever reviewed the change has let through. */
  readonly allow: readonly string[];
  /** Titles of all objects, also of those that left the YAML. */
  readonly products: readonly string[];
  readonly open: readonly string[];
  readonly closed: readonly string[];
}

export const born: Story = {
  name: "a new catalogue with a link that is born disabled",
  config: shop({
    paymentLinks: { beans: link("beans", "$24"), mug: link("mug", "$12", { enabled: false }) },
  }),
  allow: [],
  products: ["Beans", "Mug"],
  open: ["Page of beans"],
  closed: ["Page of mug"],
};

export const changed: Story = {
  name: "updates, a link to close and one that left the YAML",
  before: shop({
    paymentLinks: {
      beans: link("beans", "$24"),
      mug: link("mug", "$12"),
      old: link("mug", "$11", { linkName: "Old page" }),
    },
  }),
  config: shop({
    products: { beans: product("Beans", { description: "Roasted on Mondays" }), mug: product("Mug") },
    paymentLinks: {
      beans: link("beans", "$24", { linkName: "Beans of the week" }),
      mug: link("mug", "$12", { enabled: false }),
    },
  }),
  allow: ["retire:config"],
  products: ["Beans", "Mug"],
  open: ["Beans of the week"],
  closed: ["Old page", "Page of mug"],
};

export const stories: readonly Story[] = [born, changed];
