const lines = ["#1a7f37", "#0969da", "#bc4c00", "#8250df", "#9a6700", "#cf222e", "#1b7c83", "#59636e"];
const linesInDark = ["#56d364", "#58a6ff", "#f0883e", "#b889ff", "#e3b341", "#ff7b72", "#39c5cf", "#9198a1"];

function linesOf(colors: readonly string[]): string {
  return colors.map((color, index) => `.s${index} { stroke: ${color}; fill: ${color} }`).join(" ");
}

/** How many lines have a color of their own. */
export const lineColors = lines.length;

export const dashboardStyle = `
  text { font: 12px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
  .title { font-size: 16px; font-weight: 600 }
  .name { font-size: 13px; font-weight: 600 }
  .big { font-size: 34px; font-weight: 600 }
  .quiet { fill: #59636e; font-size: 11px }
  .middle { text-anchor: middle }
  .end { text-anchor: end }
  .ground { fill: #f6f8fa; stroke: #d0d7de }
  .panel { fill: #ffffff; stroke: #d0d7de }
  .grid { stroke: #d0d7de; stroke-width: 0.5 }
  .series { fill: none; stroke-width: 1.6; stroke-linejoin: round }
  .green { fill: #1a7f37 } .red { fill: #cf222e } .orange { fill: #bc4c00 }
  .bar { fill: #cf222e; opacity: 0.8 }
  .on-bar { fill: #ffffff; font-size: 10px }
  ${linesOf(lines)}
  .series { fill: none }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .quiet { fill: #9198a1 }
    .ground { fill: #0d1117; stroke: #30363d }
    .panel { fill: #161b22; stroke: #30363d }
    .grid { stroke: #3d444d }
    .green { fill: #56d364 } .red { fill: #ff7b72 } .orange { fill: #f0883e }
    .bar { fill: #da3633 }
    ${linesOf(linesInDark)}
    .series { fill: none }
  }`;
