import { type Look, signsOf } from "../look.js";
import { type Span, say } from "./row.js";
import type { Tone } from "./tone.js";

/** A rule after the title: without colour the eye finds the parts by it. */
export function heading(title: string, tone: Tone, look: Look): readonly Span[] {
  const length = Math.max(Math.min(look.width, 80), 40) - title.length - 1;
  return [say(tone, title), { text: " " }, say("muted", signsOf(look).rule.repeat(length))];
}
