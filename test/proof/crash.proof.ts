import { describe, expect, it } from "vitest";
import { boundariesOf, dieAndResume } from "./crash.js";
import { stories } from "./stories.js";

for (const story of stories) {
  const boundaries = await boundariesOf(story);
  let deaths = 0;

  describe.concurrent(`${story.name}, killed`, () => {
    it.each(boundaries.map((name, index) => [index + 1, name] as const))(
      "at boundary %i (%s)",
      async (at) => {
        const { deaths: died } = await dieAndResume(story, at);
        deaths += died;
      },
    );
  });

  describe(`${story.name}:`, () => {
    // How many records share a sync differs a little from run to run, and with it where the last boundary is.
    it("each boundary was one, and beyond the last one a run survives", async () => {
      expect(boundaries.length).toBeGreaterThan(50);
      expect(deaths).toBeGreaterThan(boundaries.length * 0.95);
      expect(await dieAndResume(story, boundaries.length * 2)).toEqual({ deaths: 0 });
    });
  });

  describe.concurrent(`${story.name}, killed, and killed again while it resumes`, () => {
    const pairs = boundaries.flatMap((_, index) =>
      index % 9 === 4 ? [[index + 1, 1 + ((index * 7) % 40)] as const] : [],
    );
    it.each(pairs)("at boundary %i, then at %i", async (first, second) => {
      expect((await dieAndResume(story, first, second)).deaths).toBeGreaterThan(0);
    });
  });
}
