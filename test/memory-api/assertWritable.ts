import type { JsonObject } from "./JsonObject.ts";
import { isJsonObject } from "./isJsonObject.ts";
import { refusals } from "./refusals.ts";
import type { ResourceType } from "./ResourceType.ts";

const microTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(Z|[+-]\d\d:\d\d)$/;

/** Throws the server's 400 for a Lease whose times do not have exactly six digits of a second (meta/v1 MicroTime). */
export function assertWritable({ kind }: ResourceType, { spec }: JsonObject): void {
  if (kind !== "Lease" || !isJsonObject(spec)) return;
  for (const name of ["acquireTime", "renewTime"]) {
    const time = spec[name];
    if (time !== undefined && !(typeof time === "string" && microTime.test(time)))
      throw refusals.badRequest(
        `Lease cannot be handled: spec.${name}: parsing time ${JSON.stringify(time)}`,
      );
  }
}
