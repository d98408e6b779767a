import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    // No test may reach a network: anything but loopback is refused.
    setupFiles: ["test/setup/no-network.ts"],
  },
});
