import { ApiError } from "./codes.js";
import { digest, randomText } from "./ids.js";
import type { World } from "./world.js";

/** Where the sandbox pretends to keep pictures; `.example` is nobody's. */
const hostedImages = "https://files.gstable.example/";

interface StoredImage {
  readonly imageUrl: string | undefined;
  /** 900301 is answered although the write is carried out. */
  readonly failsAfterwards: boolean;
}

/** What becomes of an imageUrl: GStable downloads the picture and hosts it under a URL of its own. */
export function storeImage(
  world: World,
  sourceUrl: string | undefined,
  before: string | undefined,
): StoredImage {
  const isOurs = sourceUrl?.startsWith(hostedImages) === true;
  if (sourceUrl === undefined || (isOurs && world.knobs.hostedImageResubmitted === "kept")) {
    return { imageUrl: sourceUrl, failsAfterwards: false };
  }
  switch (world.knobs.image) {
    case "rewritten":
      return { imageUrl: `${hostedImages}${randomText(world.random, 24)}.png`, failsAfterwards: false };
    case "sameHash":
      return { imageUrl: `${hostedImages}${digest(sourceUrl, 24)}.png`, failsAfterwards: false };
    case "asSent":
      return { imageUrl: sourceUrl, failsAfterwards: false };
    case "dropped":
      return { imageUrl: undefined, failsAfterwards: false };
    case "oldKept":
      return { imageUrl: before, failsAfterwards: false };
    case "failBefore":
      throw new ApiError(900301);
    case "failAfter":
      return { imageUrl: undefined, failsAfterwards: true };
  }
}
