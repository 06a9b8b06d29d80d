import type { BuildOptions } from "esbuild";
import { pureClientNode } from "./pureClientNode.ts";
import type { BuiltProgram } from "./programs.ts";
import { unreachableModules } from "./unreachableModules.ts";

/** Modules of CommonJS that end up in an ES module still call `require` for Node's own. */
const banner = [
  'import { createRequire as bundleRequire } from "node:module";',
  "const require = bundleRequire(import.meta.url);",
].join("");

/** How one program is bundled. Names are kept, so that a stack trace says something without its source map too. */
export function bundleOptions(
  program: BuiltProgram,
  version: string,
  outdir: string,
): BuildOptions & { metafile: true } {
  return {
    entryPoints: { [program.name]: program.entry },
    outdir,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22",
    banner: { js: banner },
    define: { BUILD_VERSION: JSON.stringify(version) },
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: "linked",
    sourcesContent: false,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    plugins: [unreachableModules(program.without), pureClientNode],
  };
}
