/**
 * What a test file opened: servers, directories. Several files share the modules of their helpers, so a hook that a
 * helper sets itself would run for the first file alone; test/setup/close-opened.ts sets one for each.
 */
const opened: (() => unknown)[] = [];

/** Has it closed, or removed, when all tests of the file are over: they run side by side. */
export function closeAfterFile(close: () => unknown): void {
  opened.push(close);
}

/** Closes all that the file opened. */
export async function closeOpened(): Promise<void> {
  await Promise.all(opened.splice(0).map((close) => close()));
}
