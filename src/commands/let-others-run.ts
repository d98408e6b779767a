/** Ends after whatever has arrived meanwhile was handled: a rest in long work beside requests that are under way. */
export function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
