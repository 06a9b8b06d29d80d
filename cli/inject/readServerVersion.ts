import { UsageError } from "../UsageError.ts";

/** `minor` of `1.37`, `v1.37` or `1.37.2`. @throws UsageError */
export function readServerVersion(text: string): number {
  const match = /^v?1\.(\d{1,3})(\.\d+)?([-+].*)?$/.exec(text);
  if (!match) throw new UsageError(`--server-version ${text}: must be a version of Kubernetes, such as 1.37`);
  return Number(match[1]);
}
