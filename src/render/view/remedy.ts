/**
 * The lines of a remedy: the first says what to do, the others are to be copied. A newline between backticks is a
 * stranger's, and ends none.
 */
export function remedyLines(remedy: string | undefined): readonly string[] {
  return remedy?.match(/(?:`[^`]*`|[^\n`]|`)+/g) ?? [];
}
