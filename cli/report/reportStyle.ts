/** Of the report's page: light, dark and on paper; wide tables scroll by themselves. */
export const reportStyle = `
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1f2733; --faint: #5f6b7a; --rule: #dde3ea; --good: #1a7f4b; --bad: #c2410c; }
@media (prefers-color-scheme: dark) { :root { --paper: #11161d; --ink: #e6ebf2; --faint: #97a3b3; --rule: #2a3442; --good: #4ccb8a; --bad: #ff8a4c; } }
body { margin: 0 auto; max-width: 1200px; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: baseline; border-bottom: 1px solid var(--rule); }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; } header p { margin: 0.25rem 0; color: var(--faint); }
header .verdict { font-weight: 600; } .good, header .good { color: var(--good); } .bad, header .bad { color: var(--bad); font-weight: 600; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: 0.3rem 0.75rem 0.3rem 0; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th { color: var(--faint); font-weight: 600; } dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1.5rem; margin: 0; } dt { color: var(--faint); } dd { margin: 0; }
.findings, .findings ul { padding-left: 1.2rem; } .findings li { margin-bottom: 0.6rem; } .findings ul li { margin: 0.2rem 0; } summary { color: var(--faint); cursor: pointer; } .findings .problem strong, .findings .warning strong { color: var(--bad); } .action { color: var(--faint); }
svg { max-width: 100%; height: auto; }
@media print { :root { --paper: #ffffff; --ink: #000000; --faint: #444444; --rule: #cccccc; } body { max-width: none; padding: 0; } section { break-inside: avoid-page; } details::details-content { content-visibility: visible; height: auto; } }
`.trim();
