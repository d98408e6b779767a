/** Documented limits, in characters. Fact F34. */
export const webhookTextLimits = { webhookName: 100, webhookUrl: 1000, webhookDescription: 1000 } as const;
