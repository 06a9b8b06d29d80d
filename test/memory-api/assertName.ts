import { refusals } from "./refusals.ts";
import type { ResourceType } from "./ResourceType.ts";

const label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const forms: Readonly<Record<ResourceType["names"], { readonly form: RegExp; readonly limit: number }>> = {
  label: { form: new RegExp(`^${label}$`), limit: 63 },
  subdomain: { form: new RegExp(String.raw`^${label}(\.${label})*$`), limit: 253 },
  segment: { form: /^(?!\.{1,2}$)[^/%]+$/, limit: 253 },
};

/** Throws the server's 422 for a name that objects of this kind can't have. */
export function assertName({ kind, names }: ResourceType, name: string): void {
  if (name === "") throw refusals.invalid(kind, name, "name or generateName is required");
  const { form, limit } = forms[names];
  if (!form.test(name) || name.length > limit)
    throw refusals.invalid(kind, name, `metadata.name: Invalid value: ${JSON.stringify(name)}`);
}
