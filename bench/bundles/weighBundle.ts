import { build } from "esbuild";
import { bundleOptions } from "../../scripts/build/bundleOptions.ts";
import type { BuiltProgram } from "../../scripts/build/programs.ts";

export interface BundleWeight {
  readonly bytes: number;
  /** Modules of which something is left in the bundle. */
  readonly modules: number;
}

/** Bundles a program as `npm run build` does, into memory. */
export async function weighBundle(program: BuiltProgram): Promise<BundleWeight> {
  const { metafile } = await build({ ...bundleOptions(program, "0.0.0", "dist"), write: false });
  const output = Object.entries(metafile.outputs).find(([path]) => path.endsWith(".js"))?.[1];
  if (!output) throw new Error(`${program.name} has no output`);
  const modules = Object.values(output.inputs).filter(({ bytesInOutput }) => bytesInOutput > 0).length;
  return { bytes: output.bytes, modules };
}
