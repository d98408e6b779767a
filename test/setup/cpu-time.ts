/** What this process has worked so far, in milliseconds: other programs on the machine do not move it, as they move a clock. */
export function cpuTimeMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
