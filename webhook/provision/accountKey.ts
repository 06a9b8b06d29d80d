import type { ServiceAccount } from "./ServiceAccount.ts";

/** `namespace/name` */
export function accountKey({ namespace, name }: ServiceAccount): string {
  return `${namespace}/${name}`;
}
