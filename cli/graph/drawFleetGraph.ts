import { escapeXml } from "./escapeXml.ts";
import type { FleetNode, NetworkGraph, NodeState } from "./FleetGraph.ts";
import { graphStyle } from "./graphStyle.ts";

interface Place {
  readonly x: number;
  readonly y: number;
  /** Of the place on the circle, radians. */
  readonly angle: number;
}

/** Along the circle, so that labels of neighbours do not touch. */
const spacing = 18;
const smallestRadius = 90;
const characterWidth = 6.6;
const longestLabel = 28;
const margin = 24;
const titleHeight = 52;
const legendHeight = 64;
/** Between two things that the legend explains. */
const column = 200;

function shorten(label: string): string {
  return label.length <= longestLabel ? label : `${label.slice(0, longestLabel - 1)}…`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function radiusOf(count: number): number {
  return Math.max(smallestRadius, (count * spacing) / (2 * Math.PI));
}

function labelRoom(nodes: readonly FleetNode[]): number {
  return Math.max(0, ...nodes.map(({ label }) => shorten(label).length)) * characterWidth + 18;
}

function placesOf(nodes: readonly FleetNode[], centre: number, top: number): ReadonlyMap<string, Place> {
  const radius = radiusOf(nodes.length);
  return new Map(
    nodes.map(({ id }, index) => {
      const angle = (index / nodes.length) * 2 * Math.PI - Math.PI / 2;
      return [id, { x: centre + radius * Math.cos(angle), y: top + radius * Math.sin(angle), angle }];
    }),
  );
}

function shape(state: NodeState, { x, y }: Pick<Place, "x" | "y">): string {
  const [cx, cy] = [round(x), round(y)];
  if (state === "silent")
    return `<rect class="silent" x="${round(x - 5)}" y="${round(y - 5)}" width="10" height="10"/>`;
  return `<circle class="${state}" cx="${cx}" cy="${cy}" r="6"/>`;
}

const stateWords: Readonly<Record<NodeState, string>> = {
  healthy: "Core is healthy",
  "not-healthy": "Core is not healthy",
  silent: "its agent does not answer",
  external: "outside of the cluster",
};

function drawNode(node: FleetNode, place: Place): string {
  const { x, y, angle } = place;
  const left = Math.cos(angle) < -1e-9;
  const degrees = round((angle * 180) / Math.PI + (left ? 180 : 0));
  const label = escapeXml(shorten(node.label));
  const title = escapeXml(`${node.id}: ${stateWords[node.state]}${node.leading ? ", its agent leads" : ""}`);
  const ring = node.leading ? `<circle class="leader" cx="${round(x)}" cy="${round(y)}" r="10"/>` : "";
  const offset = left ? -14 : 14;
  return `<g><title>${title}</title>${shape(node.state, place)}${ring}<text transform="translate(${round(x)} ${round(y)}) rotate(${degrees})" x="${offset}" y="4" text-anchor="${left ? "end" : "start"}">${label}</text></g>`;
}

function countOf(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Words for a network that is drawn, and read aloud. */
function summary({ nodes, links }: NetworkGraph): string {
  const missing = links.filter(({ state }) => state === "missing").length;
  const connected = links.length - missing;
  const lacking = missing === 0 ? "none is missing" : countOf(missing, "is missing", "are missing");
  return `${countOf(nodes.length, "validator", "validators")}, ${countOf(connected, "connection", "connections")}, ${lacking}`;
}

function drawNetwork(graph: NetworkGraph, width: number, top: number): string {
  const { links, network, nodes } = graph;
  const centre = top + titleHeight + labelRoom(nodes) + radiusOf(nodes.length);
  const places = placesOf(nodes, width / 2, centre);
  const lines = links
    // Those that are missing above the others.
    .toSorted((a, b) => (a.state === b.state ? 0 : a.state === "missing" ? 1 : -1))
    .flatMap(({ from, to, state }) => {
      const [a, b] = [places.get(from), places.get(to)];
      if (!a || !b) return [];
      return [
        `<line class="${state}" x1="${round(a.x)}" y1="${round(a.y)}" x2="${round(b.x)}" y2="${round(b.y)}"/>`,
      ];
    });
  const drawn = nodes.flatMap((node) => {
    const place = places.get(node.id);
    return place ? [drawNode(node, place)] : [];
  });
  return [
    `<text class="title" x="${margin}" y="${round(top + 24)}">${escapeXml(network || "no network")}</text>`,
    `<text class="note" x="${margin}" y="${round(top + 42)}">${summary(graph)}</text>`,
    ...lines,
    ...drawn,
  ].join("\n");
}

function heightOf({ nodes }: NetworkGraph): number {
  return titleHeight + 2 * (radiusOf(nodes.length) + labelRoom(nodes)) + margin;
}

function legend(top: number): string {
  const nodes = (["healthy", "not-healthy", "silent", "external"] as const).map((state, index) => {
    const x = margin + 6 + index * column;
    return `${shape(state, { x, y: top + 14 })}<text x="${x + 14}" y="${round(top + 18)}">${stateWords[state]}</text>`;
  });
  const y = round(top + 40);
  const text = round(top + 44);
  const lines = [
    `<line class="connected" x1="${margin}" y1="${y}" x2="${margin + 30}" y2="${y}"/><text x="${margin + 38}" y="${text}">connected</text>`,
    `<line class="missing" x1="${margin + column}" y1="${y}" x2="${margin + column + 30}" y2="${y}"/><text x="${margin + column + 38}" y="${text}">planned, missing</text>`,
    `<circle class="leader" cx="${margin + 2 * column + 6}" cy="${y}" r="10"/><text x="${margin + 2 * column + 22}" y="${text}">its agent writes the list</text>`,
  ];
  return [...nodes, ...lines].join("\n");
}

/**
 * The fleet as an SVG that stands by itself: a circle for each network, a line for each connection. The same graphs give
 * the same bytes. Readable in light and dark; names of more than 28 characters are cut, and whole in their tooltips.
 */
export function drawFleetGraph(graphs: readonly NetworkGraph[]): string {
  const widths = graphs.map(({ nodes }) => 2 * (radiusOf(nodes.length) + labelRoom(nodes) + margin));
  const width = Math.ceil(Math.max(800, ...widths));
  let top = margin;
  const networks = graphs.map((graph) => {
    const drawn = drawNetwork(graph, width, top);
    top += heightOf(graph);
    return drawn;
  });
  const height = Math.ceil(top + legendHeight);
  const words =
    graphs.map((graph) => `${graph.network}: ${summary(graph)}`).join("; ") || "no validators are listed";
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="fleet" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(words)}">`,
    `<style>${graphStyle}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...(graphs.length === 0
      ? [`<text class="title" x="${margin}" y="${margin + 20}">no validators are listed</text>`]
      : networks),
    legend(top),
    "</svg>",
    "",
  ].join("\n");
}
