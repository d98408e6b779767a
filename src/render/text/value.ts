import type { Look } from "../look.js";
import { signsOf } from "../look.js";
import type { AmountChange } from "../view/money.js";
import { plainValue } from "../view/plain-value.js";
import type { Shown } from "../view/value.js";
import type { WordPart } from "../view/word-diff.js";
import { type Span, say } from "./row.js";
import type { Tone } from "./tone.js";

/** A value on one line. */
export function valueText(shown: Shown, look: Look): string {
  return plainValue(shown, signsOf(look).times);
}

/** How much an amount moved; a slipped decimal point is told as one. */
export function differenceSpan(difference: AmountChange, look: Look): Span {
  const { times, over } = signsOf(look);
  switch (difference.is) {
    case "percent":
      return say("strong", difference.text);
    case "factor":
      return say("danger", `${difference.up ? times : over}${difference.factor} (${difference.percent})`);
    case "from zero":
    case "to zero":
      return say("danger", difference.is);
  }
}

/** A long text with its changes marked in it: `[-gone-]{+new+}`, with or without colour. */
export function wordSpans(parts: readonly WordPart[], look: Look): readonly Span[] {
  const { cut } = signsOf(look);
  return [{ text: '"' }, ...parts.map(wordSpan), { text: '"' }];

  function wordSpan(part: WordPart): Span {
    switch (part.is) {
      case "kept":
        return { text: part.text };
      case "removed":
        return say("removed", `[-${part.text}-]`);
      case "added":
        return say("added", `{+${part.text}+}`);
      case "skipped":
        return say("muted", `${cut} (${part.text.length} characters as before) ${cut}`);
    }
  }
}

/** A value that is cleared is a loss, not a gain. */
export function toneOfAfter(shown: Shown): Tone {
  return shown.is === "unset" ? "removed" : "added";
}
