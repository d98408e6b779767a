/** What the reference says of a code; a message in a run adds the user's own names. */
export interface CodeEntry {
  readonly title: string;
  readonly meaning: string;
  readonly remedy: string;
}
