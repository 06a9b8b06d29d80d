import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readClusterSettings } from "./readClusterSettings.ts";

const complete = { KUBECONFIG: "/kubeconfig", E2E_LOAD: "kind load  docker-image" };

describe("the settings of a run on a cluster", () => {
  it("are taken from the environment, commands as words", () => {
    assert.deepEqual(readClusterSettings(complete), {
      load: ["kind", "load", "docker-image"],
      build: ["docker", "build"],
      coreImage: undefined,
    });
  });

  it("take another builder and a real Core", () => {
    const read = readClusterSettings({ ...complete, E2E_BUILD: "buildah bud", E2E_CORE_IMAGE: "core:27" });
    assert.deepEqual(read, {
      load: ["kind", "load", "docker-image"],
      build: ["buildah", "bud"],
      coreImage: "core:27",
    });
  });

  for (const name of ["KUBECONFIG", "E2E_LOAD"])
    it(`lack ${name}: a sentence that names it`, () => {
      const read = readClusterSettings({ ...complete, [name]: "" });
      assert.match(typeof read === "string" ? read : "", new RegExp(`^${name} is not set`));
    });
});
