import type { Plugin } from "esbuild";

/**
 * Lets esbuild leave out what nobody uses of client-node, which does not declare itself free of side effects: its
 * models and typed API classes are 20 to 30 MB of memory in each agent.
 */
export const pureClientNode: Plugin = {
  name: "pure-client-node",
  setup(build) {
    build.onResolve({ filter: /^(\.|@kubernetes\/client-node)/ }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === "resolving") return undefined;
      const ours = path.startsWith("@") || rest.importer.includes("@kubernetes/client-node");
      if (!ours) return undefined;
      const { importer, resolveDir, kind, namespace, with: attributes } = rest;
      const options = { importer, resolveDir, kind, namespace, with: attributes, pluginData: "resolving" };
      return { ...(await build.resolve(path, options)), pluginData: undefined, sideEffects: false };
    });
  },
};
