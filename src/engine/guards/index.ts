import { conflict } from "./conflict.js";
import { duplicate } from "./duplicate.js";
import { exit } from "./exit.js";
import type { Guards } from "./guard.js";
import { missing } from "./missing.js";
import { price } from "./price.js";
import { protect } from "./protect.js";
import { reopen } from "./reopen.js";
import { retire } from "./retire.js";
import { routing } from "./routing.js";
import { shrink } from "./shrink.js";

/** All guards by id (docs/guards.md). */
export const guards: Guards = {
  price,
  routing,
  exit,
  retire,
  shrink,
  protect,
  conflict,
  reopen,
  duplicate,
  missing,
};
