import type { BuyerView } from "../view/buyers.js";
import { dollars, readAmount } from "../view/money.js";
import type { PlanView } from "../view/plan.js";
import { count } from "../view/words.js";
import { section } from "./page.js";
import { type Html, html, nothing, value } from "./template.js";
import { phraseHtml } from "./value.js";

/** What buyers will see, a card for each page where they would notice. */
export function buyerSection({ buyers }: PlanView): Html {
  const noticed = buyers.filter(({ isSame }) => !isSame);
  const same = buyers.length - noticed.length;
  const rest =
    same === 0
      ? nothing
      : html`<p class="soft">On ${count(same, noticed.length === 0 ? "page" : "other page")} what is sold, charged and paid out stays as it is.</p>
`;
  if (noticed.length === 0) return same === 0 ? nothing : section("What buyers will see", [rest]);
  return html`${section("What buyers will see", noticed.map(pageCard), "pages")}${rest}`;
}

function pageCard({ number, name, url, sentences, move }: BuyerView): Html {
  const [first = [], ...more] = sentences;
  return html`<article class="card">
<div class="head"><span class="number">#${number}</span><h3>${value(name, "name")}</h3></div>
${url === null ? nothing : html`<p class="small soft">${value(url)}</p>`}
${move === undefined ? nothing : priceBars(move)}<p>${phraseHtml(first)}</p>
${more.length === 0 ? nothing : html`<ul>${more.map((sentence) => html`<li>${phraseHtml(sentence)}</li>`)}</ul>`}
</article>
`;
}

/** Two bars say at a glance how far a price moves; the amounts stand beside them. */
function priceBars({ before, after }: NonNullable<BuyerView["move"]>): Html {
  const [was, becomes] = [readAmount(before) ?? 0n, readAmount(after) ?? 0n];
  const most = was > becomes ? was : becomes;
  const share = (amount: bigint) =>
    most === 0n || amount <= 0n ? 0 : Math.max(Number((amount * 1000n) / most), 6);
  const bar = (amount: bigint) =>
    html`<svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true"><rect width="${share(amount)}" height="10" rx="2"></rect></svg>`;
  return html`<div class="price"><span class="amount">${value(dollars(before), "was")}</span><span>${bar(was)}</span><span class="amount">${value(dollars(after), "becomes")}</span><span class="after">${bar(becomes)}</span></div>
`;
}
