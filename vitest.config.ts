import { defineConfig } from "vitest/config";

/** Where .ci/run reads how many tests there were. */
const report = process.env.TEST_REPORT;

/** They look at the process itself: at its global fetch, or at how often its code runs. */
const alone = ["test/api/way-out.test.ts", "test/performance/**/*.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    // One core waits while the other's tests wait for the programs that they start.
    maxWorkers: 2,
    // No test may reach a network: anything but loopback is refused.
    setupFiles: ["test/setup/no-network.ts", "test/setup/close-opened.ts"],
    // It imports JSON in a way that Node 20 refuses.
    server: { deps: { inline: [/@actions\/(workflow-parser|expressions)/] } },
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
    // `npm run coverage`. What runs in processes of their own is not counted.
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      reporter: ["text-summary", "json-summary", "json"],
    },
    projects: [
      {
        extends: true,
        // Loading the sources anew for each file would take as long as the tests.
        test: { name: "together", isolate: false, include: ["test/**/*.test.ts"], exclude: alone },
      },
      { extends: true, test: { name: "alone", include: alone } },
    ],
  },
});
