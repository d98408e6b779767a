import { type Look, signsOf } from "../look.js";
import type { BuyerView } from "../view/buyers.js";
import type { Phrase } from "../view/phrase.js";
import type { PlanView } from "../view/plan.js";
import { count } from "../view/words.js";
import { heading } from "./heading.js";
import { blank, paragraph, type Row, row, type Span, say, sayNumber, section } from "./row.js";
import type { Tone } from "./tone.js";

/** What buyers will see on each page where they would notice; the other pages are counted. */
export function buyerRows({ buyers }: PlanView, look: Look): readonly Row[] {
  const noticed = buyers.filter(({ isSame }) => !isSame);
  const same = buyers.length - noticed.length;
  const rest = same === 0 ? [] : [row(2, say("muted", sayTheRest(same, noticed.length))), blank];
  return section(heading("What buyers will see", "strong", look), [
    ...(buyers.length === 0 ? [] : [blank]),
    ...noticed.flatMap((buyer) => [...pageRows(buyer, look), blank]),
    ...rest,
  ]);
}

function sayTheRest(same: number, others: number): string {
  const pages = count(same, others === 0 ? "page" : "other page");
  return `On ${pages} what is sold, charged and paid out stays as it is.`;
}

function pageRows({ number, name, sentences }: BuyerView, look: Look): readonly Row[] {
  const spans = sentences.flatMap((sentence, index) => [
    ...(index === 0 ? [] : [{ text: " " }]),
    ...phraseSpans(sentence, look),
  ]);
  return [row(2, sayNumber(number), say("strong", `"${name}"`)), paragraph(6, ...spans)];
}

const tones: Partial<Record<Phrase[number]["is"], Tone>> = {
  value: "strong",
  was: "removed",
  becomes: "added",
  alarm: "danger",
};

function phraseSpans(sentence: Phrase, look: Look): readonly Span[] {
  return sentence.map(({ is, text }) => {
    if (is === "times") return { text: signsOf(look).times };
    const tone = tones[is];
    return { text: is === "name" ? `"${text}"` : text, ...(tone === undefined ? {} : { tone }) };
  });
}
