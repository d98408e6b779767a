import { defineConfig } from "vitest/config";

/** Where .ci/run reads how many tests there were. */
const report = process.env.TEST_REPORT;

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    // No test may reach a network: anything but loopback is refused.
    setupFiles: ["test/setup/no-network.ts"],
    // It imports JSON in a way that Node 20 refuses.
    server: { deps: { inline: [/@actions\/(workflow-parser|expressions)/] } },
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
  },
});
