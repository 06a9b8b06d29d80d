import { ownLabels } from "./ownLabels.ts";
import type { ProvisionAction } from "./ProvisionAction.ts";
import type { ProvisionObservation } from "./ProvisionObservation.ts";
import type { ProvisionSettings } from "./ProvisionSettings.ts";
import type { RoleBinding, Subject } from "./RoleBinding.ts";
import type { ServiceAccount } from "./ServiceAccount.ts";

const group = "rbac.authorization.k8s.io";

function subjectKey({ kind, namespace = "", name }: Subject): string {
  return `${kind} ${namespace}/${name}`;
}

function subjectsOf(accounts: readonly ServiceAccount[]): readonly Subject[] {
  const subjects = accounts.map(({ namespace, name }) => ({ kind: "ServiceAccount", namespace, name }));
  const byKey = new Map(subjects.map((subject) => [subjectKey(subject), subject]));
  return [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? []);
}

function bindingKey({ kind, metadata }: RoleBinding): string {
  return `${kind} ${metadata.namespace ?? ""}/${metadata.name ?? ""}`;
}

function sameSubjects(one: readonly Subject[], other: readonly Subject[]): boolean {
  return JSON.stringify(one.map(subjectKey)) === JSON.stringify(other.map(subjectKey));
}

interface WantedBinding {
  readonly kind: "RoleBinding" | "ClusterRoleBinding";
  readonly namespace?: string;
  readonly role: { readonly kind: "Role" | "ClusterRole"; readonly name: string };
  readonly accounts: readonly ServiceAccount[];
}

function wantedBindings(
  { namespaces, accounts }: ProvisionObservation,
  { peersNamespace, roles }: ProvisionSettings,
): readonly RoleBinding[] {
  const enabled = new Set(namespaces);
  const entitled = accounts.filter(({ namespace }) => enabled.has(namespace));
  const wanted: readonly WantedBinding[] = [
    { kind: "ClusterRoleBinding", role: { kind: "ClusterRole", name: roles.cluster }, accounts: entitled },
    {
      kind: "RoleBinding",
      namespace: peersNamespace,
      role: { kind: "Role", name: roles.peers },
      accounts: entitled,
    },
    ...namespaces.map((namespace): WantedBinding => ({
      kind: "RoleBinding",
      namespace,
      role: { kind: "ClusterRole", name: roles.events },
      accounts: entitled.filter((account) => account.namespace === namespace),
    })),
  ];
  return wanted
    .filter((binding) => binding.accounts.length > 0)
    .map(({ kind, namespace, role, accounts: bound }) => ({
      apiVersion: `${group}/v1`,
      kind,
      metadata: {
        name: role.name,
        ...(namespace !== undefined && { namespace }),
        labels: ownLabels(peersNamespace),
      },
      roleRef: { apiGroup: group, ...role },
      subjects: subjectsOf(bound),
    }));
}

/**
 * Agents' rights go to the service accounts of injected pods in enabled namespaces, and to nobody else. A binding is
 * named after its role. One of ours to another role can't be changed: it goes, and the next look makes it again.
 */
export function planBindings(
  observed: ProvisionObservation,
  settings: ProvisionSettings,
): readonly ProvisionAction[] {
  const wanted = new Map(wantedBindings(observed, settings).map((binding) => [bindingKey(binding), binding]));
  const own = new Set(Object.values(settings.roles));
  const actions: ProvisionAction[] = [];
  for (const binding of observed.bindings) {
    // Labels alone do not tell two installations for one namespace apart.
    if (!own.has(binding.metadata.name ?? "")) continue;
    const key = bindingKey(binding);
    const want = wanted.get(key);
    wanted.delete(key);
    const { kind, name } = binding.roleRef;
    if (!want || want.roleRef.kind !== kind || want.roleRef.name !== name)
      actions.push({ verb: "delete", object: binding });
    else if (!sameSubjects(want.subjects ?? [], binding.subjects ?? []))
      actions.push({ verb: "update", object: { ...want, metadata: keepMetadata(want, binding) } });
  }
  return [...actions, ...[...wanted.values()].map((object): ProvisionAction => ({ verb: "create", object }))];
}

function keepMetadata(want: RoleBinding, { metadata }: RoleBinding): RoleBinding["metadata"] {
  const { uid, resourceVersion, labels, annotations } = metadata;
  return {
    ...want.metadata,
    ...(uid !== undefined && { uid }),
    ...(resourceVersion !== undefined && { resourceVersion }),
    ...(annotations && { annotations }),
    labels: { ...labels, ...want.metadata.labels },
  };
}
