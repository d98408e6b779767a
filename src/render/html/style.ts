/** The whole look of a report. It is allowed by its hash, so that nothing else can style the page. */
export const style = `
:root{color-scheme:light dark;--paper:#fff;--page:#f4f5f7;--ink:#171a1f;--soft:#5a6270;--line:#dde1e7;--danger:#b3261e;--danger-bg:#fdf0ef;--warn:#8a5a00;--warn-bg:#fff6e3;--good:#1b6e3c;--good-bg:#e9f6ee;--gone:#a3261f;--gone-bg:#fbe9e7;--news:#14663a;--news-bg:#e3f4ea;--bar:#c3c9d3;--accent:#2553b8;--mono:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif}
@media (prefers-color-scheme:dark){:root{--paper:#1b1f26;--page:#12151a;--ink:#e8eaee;--soft:#a2abb9;--line:#343a45;--danger:#ff8a80;--danger-bg:#331c1b;--warn:#f2c15c;--warn-bg:#2e2614;--good:#7fd6a0;--good-bg:#17291e;--gone:#ff9d94;--gone-bg:#3a211f;--news:#86dca8;--news-bg:#1a3225;--bar:#4b5362;--accent:#8fb2ff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 var(--sans);font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main{max-width:62rem;margin:0 auto;padding:2rem 1.25rem 3rem}
h1{font-size:1.9rem;line-height:1.2;letter-spacing:-.015em;margin:.1rem 0 0;text-wrap:balance}
h2{font-size:1.2rem;line-height:1.3;letter-spacing:-.005em;margin:2.75rem 0 .85rem}
h3{font-size:1rem;margin:0;line-height:1.4}
p{margin:.4rem 0}
ul{margin:.4rem 0;padding-left:1.1rem}
code,pre{font-family:var(--mono);font-size:.86em}
pre{margin:.5rem 0;padding:.7rem .85rem;background:var(--page);border:1px solid var(--line);border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere}
bdi{unicode-bidi:isolate}
a{color:var(--accent)}
del{color:var(--gone);background:var(--gone-bg);text-decoration-thickness:1px;text-decoration-color:color-mix(in srgb,currentColor 55%,transparent);border-radius:3px;padding:0 .2em}
ins{color:var(--news);background:var(--news-bg);text-decoration:none;font-weight:600;border-radius:3px;padding:0 .2em}
del.mono,ins.mono{font-family:var(--mono);font-size:.86em;font-weight:400;text-decoration:none}
.alarm{color:var(--danger)}
.kicker{color:var(--soft);font-size:.85rem;letter-spacing:.02em;margin:0}
.flag{white-space:nowrap}
.soft{color:var(--soft)}
.small{font-size:.875rem}
.verdict{margin:1.25rem 0;padding:.95rem 1.1rem;border-radius:8px;border:1px solid var(--line);border-left:6px solid var(--soft);background:var(--paper)}
.verdict b{display:block;font-size:1.15rem;line-height:1.35}
.verdict.danger{border-left-color:var(--danger);background:var(--danger-bg)}
.verdict.danger b{color:var(--danger)}
.verdict.warn{border-left-color:var(--warn);background:var(--warn-bg)}
.verdict.warn b{color:var(--warn)}
.verdict.good{border-left-color:var(--good);background:var(--good-bg)}
.verdict.good b{color:var(--good)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(6rem,1fr));gap:.5rem;margin:1rem 0;padding:0;list-style:none}
.tiles li{background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:.5rem .5rem;color:var(--soft);font-size:.77rem;line-height:1.3}
.tiles b{display:block;font-size:1.55rem;line-height:1.2;font-weight:650;color:var(--ink)}
.tiles .none b{color:var(--soft);font-weight:400}
.tiles .danger{border-color:var(--danger)}
.tiles .danger b{color:var(--danger)}
.tiles .warn b{color:var(--warn)}
.facts{margin:1rem 0;display:grid;grid-template-columns:fit-content(16rem) minmax(0,1fr);gap:.15rem 1.25rem;font-size:.9rem}
.facts dt{color:var(--soft)}
.facts dd{margin:0}
.card{background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:1rem 1.1rem;margin:.75rem 0}
.card.danger{border-left:4px solid var(--danger)}
.card.warn{border-left:4px solid var(--warn)}
.head>*{min-width:0}
.head{display:flex;flex-wrap:wrap;align-items:baseline;gap:.15rem .7rem;margin-bottom:.35rem}
.number{color:var(--soft);font-weight:600;min-width:1.9rem}
.where{margin-left:auto;color:var(--soft);font-size:.82rem}
.badge{display:inline-block;font-size:.75rem;font-weight:600;line-height:1.5;border:1px solid currentColor;border-radius:99px;padding:0 .6em;color:var(--soft)}
.badge.danger{color:var(--danger)}
.badge.warn{color:var(--warn)}
table{border-collapse:collapse;width:100%;margin:.7rem 0 .3rem;table-layout:fixed;font-size:.92rem}
th{font-weight:500;text-align:left;color:var(--soft);font-size:.8rem;padding:.2rem .7rem .2rem 0;vertical-align:bottom}
td{padding:.45rem .7rem .45rem 0;vertical-align:top;border-top:1px solid var(--line)}
th:first-child{width:24%}
td:first-child{color:var(--soft)}
.note{display:block;font-size:.82rem;color:var(--soft)}
.note.danger{color:var(--danger);font-weight:600}
.note.warn{color:var(--warn)}
.pages{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,25rem),1fr));gap:.75rem}
.pages .card{margin:0}
.pages ul{padding-left:1rem;font-size:.92rem}
.price{display:grid;grid-template-columns:fit-content(50%) minmax(0,1fr);gap:.2rem .7rem;align-items:center;margin:.6rem 0;font-size:.92rem}
.price svg{display:block;width:100%;height:.7rem}
.price rect{fill:var(--bar)}
.price .after rect{fill:var(--accent)}
.price .amount{text-align:right}
.list{padding:0;list-style:none}
.list li{padding:.5rem 0;border-top:1px solid var(--line)}
.list li:first-child{border-top:0}
footer{margin-top:2.5rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);font-size:.85rem}
@media (max-width:40rem){main{padding:1.25rem .9rem 2rem}h1{font-size:1.5rem}.facts{grid-template-columns:minmax(0,1fr);gap:0}.facts dd{margin-bottom:.45rem}.tiles{grid-template-columns:repeat(3,minmax(0,1fr))}.where{margin-left:0;width:100%}table,tbody,tr,td{display:block;width:auto}thead{display:none}tr{border-top:1px solid var(--line);padding:.5rem 0}td{border:0;padding:.1rem 0}td[data-of]::before{content:attr(data-of) " ";color:var(--soft);font-size:.8rem}td:empty{display:none}}
@media print{:root{color-scheme:light;--page:#fff}body{font-size:10.5pt}main{max-width:none;padding:0}.card,.verdict,.tiles li{break-inside:avoid;box-shadow:none}h2{break-after:avoid}a{color:inherit;text-decoration:none}}
`;

/** SHA-256 of the text above in base64; a test computes it anew and says what belongs here. */
export const styleHash = "sha256-eh7EaUtUC/zex7Bkuhg8D7q4+dJi8KKFDXtmNapbyOA=";
