/**
 * Colours and strokes of a drawn fleet, for light and dark. States differ in shape and stroke too, not in colour alone.
 */
export const graphStyle = `
.fleet { --paper: #ffffff; --ink: #1f2733; --faint: #6b7685; --line: #9aa7b8; --good: #1a7f4b; --bad: #c2410c; --gone: #8a94a3; }
@media (prefers-color-scheme: dark) {
  .fleet { --paper: #11161d; --ink: #e6ebf2; --faint: #97a3b3; --line: #55637a; --good: #4ccb8a; --bad: #ff8a4c; --gone: #6c7787; }
}
@media print { .fleet { --paper: #ffffff; --ink: #000000; --faint: #444444; --line: #777777; --good: #1a7f4b; --bad: #c2410c; --gone: #777777; } }
.fleet .paper { fill: var(--paper); }
.fleet text { fill: var(--ink); font: 12px system-ui, sans-serif; }
.fleet .title { font-size: 16px; font-weight: 600; }
.fleet .note { fill: var(--faint); }
.fleet .connected { stroke: var(--line); stroke-width: 1; fill: none; }
.fleet .missing { stroke: var(--bad); stroke-width: 2; stroke-dasharray: 6 4; fill: none; }
.fleet .healthy { fill: var(--good); }
.fleet .not-healthy { fill: var(--paper); stroke: var(--bad); stroke-width: 3; }
.fleet .silent { fill: var(--gone); }
.fleet .external { fill: var(--paper); stroke: var(--faint); stroke-width: 2; }
.fleet .leader { fill: none; stroke: var(--ink); stroke-width: 1.5; }
`.trim();
