/** Documented limits, in characters and items. Fact F19. */
export const productTextLimits = { name: 100, description: 1000, imageUrl: 500 } as const;
export const productListLimits = { commonPrices: 5, attributes: 10 } as const;
