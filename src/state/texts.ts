/** All texts in a value, however deep; with `names` those of its maps as well. */
export function textsOf(value: unknown, { names }: { readonly names: boolean }): readonly string[] {
  const found: string[] = [];
  const visit = (part: unknown): void => {
    if (typeof part === "string") found.push(part);
    if (typeof part !== "object" || part === null) return;
    if (names && !Array.isArray(part)) found.push(...Object.keys(part));
    Object.values(part).forEach(visit);
  };
  visit(value);
  return found;
}
