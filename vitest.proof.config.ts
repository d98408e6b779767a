import { defineConfig } from "vitest/config";

/** Where .ci/run reads how many tests there were. */
const report = process.env.PROOF_REPORT;

/** `npm run proof`: what is too long for every run of the tests. See docs/testing.md. */
export default defineConfig({
  test: {
    include: ["test/proof/**/*.proof.ts"],
    testTimeout: 60_000,
    // Faults are mostly waited for. What starts processes takes two at a time by itself.
    maxConcurrency: 8,
    fileParallelism: false,
    setupFiles: ["test/setup/no-network.ts", "test/setup/close-opened.ts"],
    reporters: report ? ["dot", ["json", { outputFile: report }]] : ["dot"],
  },
});
