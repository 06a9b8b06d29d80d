/**
 * `npm run check:docs`: no link leads nowhere, the guide lists what the code has and nothing else, each of the chart's
 * alerts has its entry in the troubleshooting page.
 */
import type { MarkdownDocument } from "./docs/MarkdownDocument.ts";
import { checkAlerts } from "./docs/checkAlerts.ts";
import { checkCatalog } from "./docs/checkCatalog.ts";
import { checkLinks } from "./docs/checkLinks.ts";
import { readAlerts } from "./docs/readAlerts.ts";
import { readCatalogs } from "./docs/readCatalogs.ts";
import { readDocuments } from "./docs/readDocuments.ts";

const documents = await readDocuments();

function page(path: string): MarkdownDocument {
  return documents.find((document) => document.path === path) ?? { path, links: [], sections: [] };
}

const catalogs = await readCatalogs();
const problems = [
  ...checkLinks(documents, process.cwd()),
  ...catalogs.flatMap((catalog) => checkCatalog(page("docs/guide.md"), catalog)),
  ...checkAlerts(page("docs/troubleshooting.md"), await readAlerts()),
];
for (const problem of problems) console.error(problem);
const names = catalogs.reduce((sum, { entries }) => sum + entries.length, 0);
const links = documents.reduce((sum, document) => sum + document.links.length, 0);
if (problems.length === 0)
  console.log(`${documents.length} pages, ${links} links, ${names} names: all right`);
process.exitCode = problems.length === 0 ? 0 : 1;
