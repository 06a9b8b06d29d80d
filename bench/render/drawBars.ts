import type { Figure } from "../Figure.ts";
import { summarize } from "../measure/summarize.ts";
import { escapeXml } from "../../cli/graph/escapeXml.ts";

const [labelWidth, barWidth, rowHeight, top] = [290, 260, 26, 44];
const products: ReadonlySet<string> = new Set(["agent", "webhook", "cli"]);
const colours = { product: "#0b7285", peer: "#868e96", text: "#868e96" };

/**
 * Medians as bars, an SVG for light and dark pages alike. Bars of one `what` share a scale of their own, since units
 * differ. The same figures give the same bytes.
 */
export function drawBars(title: string, figures: readonly Figure[]): string {
  const height = top + figures.length * rowHeight + 8;
  const rows = figures.map((figure, index) => {
    const { median } = summarize(figure.values);
    const alike = figures.filter(({ what }) => what === figure.what);
    const most = Math.max(...alike.map(({ values }) => summarize(values).median));
    const width = most === 0 ? 0 : (median / most) * barWidth;
    const y = top + index * rowHeight;
    const colour = products.has(figure.of) ? colours.product : colours.peer;
    return [
      `<text x="${labelWidth - 8}" y="${y + 14}" text-anchor="end">${escapeXml(`${figure.what}, ${figure.of}`)}</text>`,
      `<rect x="${labelWidth}" y="${y}" width="${width.toFixed(1)}" height="18" fill="${colour}"/>`,
      `<text x="${(labelWidth + width + 6).toFixed(1)}" y="${y + 14}">${Number(median.toPrecision(3))} ${escapeXml(figure.unit)}</text>`,
    ].join("\n");
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 ${height}" font-family="sans-serif" font-size="12" fill="${colours.text}" role="img">
<title>${escapeXml(title)}</title>
<text x="8" y="22" font-size="14">${escapeXml(title)}</text>
${rows.join("\n")}
</svg>
`;
}
