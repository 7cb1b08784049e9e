/** How the page looks. Its hash in the page's security policy is made of exactly this text: see policy.ts. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #ffffff; --sunk: #f3f4f7; --line: #d9dde4; --text: #1d2430; --soft: #5b6675;
  --link: #0b5cad; --error: #b3261e; --warn: #8a5a00; --info: #0b5cad; --good: #1a7431;
  --error-soft: #fbe9e7; --warn-soft: #fdf1d8; --info-soft: #e4effb; --good-soft: #e2f4e6;
  --mark: #ffe08a; --mark-text: #1d2430; --added: #e0f5e4; --removed: #fde5e3;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f141b; --card: #171d26; --sunk: #10161e; --line: #2c3542; --text: #dde3ec; --soft: #97a3b4;
    --link: #74b6ff; --error: #ff8f85; --warn: #f0bd54; --info: #74b6ff; --good: #7bd88f;
    --error-soft: #3a1d1d; --warn-soft: #352a12; --info-soft: #16283d; --good-soft: #14301c;
    --mark: #6b5310; --mark-text: #fff3cf; --added: #14301c; --removed: #3a1d1d;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 5.5rem; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 var(--sans); }
body > * { max-width: 76rem; margin-inline: auto; padding-inline: 1.25rem; }
a { color: var(--link); text-underline-offset: .15em; }
h1, h2, h3, h4, p, ul { margin: 0; }
ul { padding: 0; list-style: none; }
code { font: .92em var(--mono); background: var(--sunk); border-radius: 4px; padding: .05em .3em; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
[hidden] { display: none !important; }

.top { padding-block: 1.75rem 1.25rem; }
.top h1 { font-size: 1.5rem; letter-spacing: -.01em; }
.top h1 small { color: var(--soft); font-size: .9rem; font-weight: 400; }
.top p { color: var(--soft); margin-top: .15rem; }
.counts { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1rem; }
.counts li { flex: 0 1 10rem; padding: .6rem .9rem; border: 1px solid var(--line); border-radius: 10px; background: var(--card); color: var(--soft); }
.counts b { display: block; font-size: 1.7rem; line-height: 1.15; font-variant-numeric: tabular-nums; color: var(--text); }
.counts .error b { color: var(--error); } .counts .warn b { color: var(--warn); } .counts .info b { color: var(--info); }
.counts .zero b { color: var(--soft); }

.nothing { padding-block: 0 1rem; }
.nothing div { padding: 2.5rem 1.5rem; text-align: center; background: var(--good-soft); border-radius: 12px; }
.nothing strong { display: block; font-size: 1.35rem; color: var(--good); }
.failures > div { margin-bottom: 1.25rem; padding: .9rem 1.1rem; border-left: 4px solid var(--error); border-radius: 8px; background: var(--error-soft); }
.failures li { margin-top: .35rem; overflow-wrap: anywhere; }

.overview { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.25rem; align-items: start; margin-bottom: 1.25rem; }
.overview details, .suppressed details { background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.overview summary, .suppressed summary { padding: .7rem 1rem; font-weight: 600; cursor: pointer; }
.scroll { max-height: 23rem; overflow: auto; border-top: 1px solid var(--line); }
table { width: 100%; border-collapse: collapse; }
td { padding: .45rem .5rem; border-top: 1px solid var(--line); vertical-align: top; }
tr:first-child td { border-top: 0; }
td:first-child { padding-left: 1rem; } td:last-child { padding-right: 1rem; }
td p { color: var(--soft); font-size: .9rem; }
td a { overflow-wrap: anywhere; }
.pips { white-space: nowrap; width: 1%; }
.pip { font-size: .82rem; font-weight: 600; padding: .1em .5em; border-radius: 99px; font-variant-numeric: tabular-nums; white-space: nowrap; }
.error .badge, .pip.error { color: var(--error); background: var(--error-soft); }
.warn .badge, .pip.warn { color: var(--warn); background: var(--warn-soft); }
.info .badge, .pip.info { color: var(--info); background: var(--info-soft); }

.filter { position: sticky; top: 0; z-index: 2; background: var(--page); padding-block: .7rem; }
.filter form { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem; }
.filter input[type=search] { flex: 1 1 14rem; }
.filter input[type=search], .filter select, .filter button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .35rem .6rem; min-width: 0; }
.filter select { flex: 0 1 15rem; }
.filter fieldset { display: flex; gap: .75rem; border: 0; margin: 0; padding: 0; }
.filter label { display: inline-flex; align-items: center; gap: .3rem; cursor: pointer; }
.filter button { cursor: pointer; }
.filter output { color: var(--soft); font-variant-numeric: tabular-nums; min-width: 7.5rem; }

.file { margin-bottom: 1.25rem; }
.file > h2 { display: flex; flex-wrap: wrap; gap: .3rem .75rem; align-items: baseline; padding: .4rem 0; font: 600 1rem var(--mono); overflow-wrap: anywhere; }
.file > h2 span:first-child { min-width: 0; }
.finding { padding: .9rem 1.1rem 1rem; margin-bottom: .6rem; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--soft); border-radius: 8px; content-visibility: auto; contain-intrinsic-size: auto 15rem; }
.finding.error { border-left-color: var(--error); } .finding.warn { border-left-color: var(--warn); } .finding.info { border-left-color: var(--info); }
.finding:target { box-shadow: 0 0 0 3px var(--mark); }
.finding h3 { font-size: 1rem; font-weight: 500; overflow-wrap: anywhere; }
.badge { display: inline-block; margin-right: .35rem; padding: 0 .5em; border-radius: 99px; font-size: .82rem; font-weight: 600; }
.meta { display: flex; flex-wrap: wrap; gap: .1rem .9rem; margin-top: .2rem; color: var(--soft); font-size: .9rem; }
.meta > * { overflow-wrap: anywhere; }
.meta .rule { color: var(--text); font-family: var(--mono); font-size: .85rem; }
.meta a.rule { color: var(--link); }
pre { margin: .6rem 0 0; padding: .5rem 0; background: var(--sunk); border-radius: 6px; font: .85rem/1.55 var(--mono); overflow-x: auto; tab-size: 2; }
pre > span { display: block; width: max-content; min-width: 100%; padding-right: 1rem; }
pre i { display: inline-block; min-width: 4.2ch; margin-right: 1ch; padding-left: .8ch; color: var(--soft); font-style: normal; text-align: right; user-select: none; -webkit-user-select: none; }
.hit i { color: var(--text); font-weight: 700; }
mark { background: var(--mark); color: var(--mark-text); border-radius: 3px; }
mark:empty { padding-left: 2px; }
.removed { background: var(--removed); } .added { background: var(--added); }
.finding h4, .finding details summary { margin-top: .7rem; font-size: .9rem; font-weight: 600; }
.finding details summary { cursor: pointer; }
.finding .related, .finding .choice { margin-top: .6rem; font-size: .93rem; }
.suppressed { padding-bottom: 1.25rem; }
.suppressed td { overflow-wrap: anywhere; }
.none-left { padding-block: 1.5rem; color: var(--soft); text-align: center; }
.foot { padding-block: .5rem 2.5rem; color: var(--soft); font-size: .9rem; }

@media (max-width: 48rem) {
  body > * { padding-inline: .8rem; }
  .top { padding-block: 1.1rem .9rem; }
  .overview { grid-template-columns: minmax(0, 1fr); gap: .75rem; }
  .scroll { max-height: 15rem; }
  .counts { gap: .5rem; } .counts li { flex: 1 1 5.5rem; padding: .45rem .7rem; } .counts b { font-size: 1.35rem; }
  .filter input[type=search] { flex-basis: 100%; } .filter select { flex: 1 1 8rem; }
  .filter { position: static; } .filter output { min-width: 0; }
  .overview td { display: block; padding: .45rem .8rem 0; } .overview td.pips { width: auto; border-top: 0; padding-block: .15rem .5rem; }
  .overview tr:first-child td:first-child { border-top: 0; }
  .finding { padding: .75rem .8rem; }
  pre { font-size: .78rem; }
  html { scroll-padding-top: 1rem; }
}
@media print {
  :root { --page: #fff; --card: #fff; --sunk: #f6f6f6; --text: #000; --soft: #444; --line: #bbb; --error: #a00; --warn: #850; --info: #05a; --mark: #fe9; --mark-text: #000; --added: #eaf7ec; --removed: #fdeeec; --error-soft: #fff; --warn-soft: #fff; --info-soft: #fff; --good-soft: #fff; --link: #000; }
  body { font-size: 10pt; } body > * { max-width: none; padding-inline: 0; }
  .filter { display: none; } .scroll { max-height: none; overflow: visible; }
  .overview { display: block; } .overview details { margin-bottom: 1rem; }
  .finding { content-visibility: visible; break-inside: avoid; } .file > h2 { break-after: avoid; }
  pre { overflow: visible; } pre > span { width: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
  details::details-content { content-visibility: visible; height: auto; }
}
`
