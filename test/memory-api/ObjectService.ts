import type { Collection } from "../../kube/Collection.ts";
import type { DeleteOptions, TokenRequest, WatchOptions, WriteOptions } from "../../kube/KubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { ObjectReference } from "../../kube/ObjectReference.ts";
import type { Patch } from "../../kube/Patch.ts";
import type { Clock } from "../../runtime/Clock.ts";
import type { Admission } from "./Admission.ts";
import { applyConfiguration } from "./applyConfiguration.ts";
import { assertDisruptionAllowed } from "./assertDisruptionAllowed.ts";
import { findResourceType } from "./findResourceType.ts";
import { Identities } from "./Identities.ts";
import type { JsonObject } from "./JsonObject.ts";
import { normalize } from "./normalize.ts";
import { ObjectStore } from "./ObjectStore.ts";
import { ObjectWriter, type Write } from "./ObjectWriter.ts";
import { parseVersion } from "./parseVersion.ts";
import { patchObject } from "./patchObject.ts";
import { refusals } from "./refusals.ts";
import type { ResourceType } from "./ResourceType.ts";
import { Selection } from "./Selection.ts";
import { ServiceAccountTokens, type TokenUser } from "./ServiceAccountTokens.ts";
import type { StoredObject } from "./StoredObject.ts";
import { StoreWatch } from "./StoreWatch.ts";
import type { ValidatingAdmission } from "./ValidatingAdmission.ts";
import { withDefaults } from "./withDefaults.ts";

interface NamedInNamespace {
  readonly namespace: string;
  readonly name: string;
}

const core = {
  namespaces: findResourceType({ apiVersion: "v1", kind: "Namespace" }),
  pods: findResourceType({ apiVersion: "v1", kind: "Pod" }),
  accounts: findResourceType({ apiVersion: "v1", kind: "ServiceAccount" }),
  budgets: findResourceType({ apiVersion: "policy/v1", kind: "PodDisruptionBudget" }),
  webhooks: findResourceType({
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
  }),
};
const firstNamespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];
const immortal = new Set(["default", "kube-public", "kube-system"]);
const unknownManager = "unknown";

/** What the server does at each request. Everything but create is done at once; refusals are thrown. */
export class ObjectService {
  readonly #clock: Clock;
  readonly #admission: Admission;
  readonly #store = new ObjectStore();
  readonly #writer: ObjectWriter;
  readonly #tokens: ServiceAccountTokens;

  constructor(clock: Clock, admission: Admission, validate: ValidatingAdmission) {
    this.#clock = clock;
    this.#admission = admission;
    const parts = { store: this.#store, clock, identities: new Identities() };
    this.#writer = new ObjectWriter({ ...parts, validate });
    this.#tokens = new ServiceAccountTokens(this.#store, clock, core);
    const unasked = new ObjectWriter({ ...parts, validate: () => undefined });
    for (const name of firstNamespaces)
      unasked.create(
        core.namespaces,
        withDefaults(core.namespaces, { metadata: { name } }),
        writeOf(core.namespaces, {}),
      );
  }

  get version(): number {
    return this.#store.version;
  }

  get(reference: ObjectReference, version = this.version): StoredObject {
    const type = findResourceType(reference);
    const { namespace, name } = reference;
    if (version >= this.version) return this.#find(type, reference);
    const found = this.#store.list(type, namespace, version).find(({ metadata }) => metadata.name === name);
    if (!found) throw refusals.notFound(type, name);
    return found;
  }

  list(collection: Collection, resourceVersion: string) {
    const selection = new Selection(findResourceType(collection), collection);
    const version = parseVersion(resourceVersion);
    if (version > this.#store.version) throw refusals.tooLargeVersion(version, this.#store.version);
    return this.#select(selection, this.#store.version);
  }

  /** What a list showed at that version. */
  listAsOf(collection: Collection, version: number) {
    const selection = new Selection(findResourceType(collection), collection);
    return this.#select(selection, Math.max(version, this.#store.oldest));
  }

  watch(collection: Collection, options: WatchOptions): StoreWatch {
    const selection = new Selection(findResourceType(collection), collection);
    return new StoreWatch(this.#store, this.#clock, selection, options);
  }

  async create(object: JsonObject & KubeObject, options: WriteOptions): Promise<StoredObject> {
    const type = findResourceType(object);
    const normal = withDefaults(type, normalize(type, object));
    const admitted =
      type === core.pods ? await this.#admit(object.metadata.namespace, normal, options) : normal;
    this.#namespaceOf(type, object.metadata.namespace);
    return this.#writer.create(type, admitted, writeOf(type, options));
  }

  update(object: JsonObject & KubeObject, options: WriteOptions): StoredObject {
    const type = findResourceType(object);
    const { name = "", resourceVersion } = object.metadata;
    if (type.needsVersion && !resourceVersion)
      throw refusals.invalid(type.kind, name, "metadata.resourceVersion: must be specified for an update");
    const stored = this.#find(type, { ...object.metadata, name });
    return this.#writer.change(type, stored, object, writeOf(type, options));
  }

  /** A pod that server-side apply creates passes no admission. */
  patch(reference: ObjectReference, patch: Patch, options: WriteOptions): StoredObject {
    const type = findResourceType(reference);
    if (patch.type === "apply") return this.#apply(type, reference, patch, options);
    const stored = this.#find(type, reference);
    return this.#writer.change(type, stored, patchObject(type, stored, patch), writeOf(type, options));
  }

  setStatus(reference: ObjectReference, status: unknown, options: WriteOptions): StoredObject {
    const type = findResourceType(reference);
    const stored = this.#find(type, reference);
    if (!type.hasStatus) throw refusals.notServed();
    return this.#writer.change(type, stored, { ...stored, status }, writeOf(type, options, "status"));
  }

  delete(reference: ObjectReference, options: Omit<DeleteOptions, "signal">): void {
    const type = findResourceType(reference);
    if (type === core.namespaces && immortal.has(reference.name))
      throw refusals.forbidden(
        `namespaces ${JSON.stringify(reference.name)} is forbidden: this namespace may not be deleted`,
      );
    const stored = this.#find(type, reference);
    for (const name of ["uid", "resourceVersion"] as const) {
      const [wanted, found] = [options[name], stored.metadata[name]];
      if (wanted !== undefined && wanted !== found)
        throw refusals.conflict(
          type,
          reference.name,
          `Precondition failed: ${name} in precondition: ${wanted}, ${name} in object meta: ${found}`,
        );
    }
    this.#writer.delete(type, stored, options.gracePeriodSeconds);
  }

  evict({ namespace, name }: NamedInNamespace, { dryRun = false }: WriteOptions): void {
    const reference = { apiVersion: "v1", kind: "Pod", namespace, name };
    assertDisruptionAllowed(this.#find(core.pods, reference), this.#store.list(core.budgets, namespace));
    if (!dryRun) this.delete(reference, {});
  }

  createToken(account: NamedInNamespace, request: TokenRequest) {
    return this.#tokens.issue(account, request);
  }

  authenticate(token: string): TokenUser | undefined {
    return this.#tokens.user(token);
  }

  expire(): void {
    this.#store.forget();
  }

  #select(selection: Selection, version: number) {
    const items = this.#store
      .list(selection.type, selection.namespace, version)
      .filter((object) => selection.has(object));
    return { resourceVersion: String(version), items };
  }

  #apply(
    type: ResourceType,
    reference: ObjectReference,
    patch: Extract<Patch, { readonly type: "apply" }>,
    options: WriteOptions,
  ): StoredObject {
    const { namespace, name } = reference;
    const stored = this.#store.get(type, namespace, name);
    const { status: _status, ...configuration } = normalize(type, patch.body as JsonObject);
    const { object, managedFields } = applyConfiguration(stored, configuration, {
      entries: stored?.metadata.managedFields ?? [],
      manager: { manager: patch.fieldManager, operation: "Apply", apiVersion: type.apiVersion },
      force: patch.force ?? false,
      time: this.#writer.now(),
    });
    const write = { ...writeOf(type, options), managedFields };
    if (stored) return this.#writer.change(type, stored, object, write);
    this.#namespaceOf(type, namespace);
    const { resourceVersion: _none, ...sent } = object["metadata"] as JsonObject;
    if (sent["uid"] !== undefined)
      throw refusals.invalid(type.kind, name, "metadata.uid: field is immutable");
    const metadata = {
      ...sent,
      name,
      ...(namespace !== undefined && { namespace }),
    };
    return this.#writer.create(type, withDefaults(type, { ...object, metadata }), write);
  }

  async #admit(namespace: string | undefined, pod: JsonObject, options: WriteOptions): Promise<JsonObject> {
    const { signal, dryRun = false } = options;
    return this.#admission.admit({
      pod,
      namespace: this.#namespaceOf(core.pods, namespace) ?? missingNamespace(),
      configurations: this.#store.list(core.webhooks),
      dryRun,
      signal,
    });
  }

  #find(
    type: ResourceType,
    { namespace, name }: { readonly namespace?: string; readonly name: string },
  ): StoredObject {
    const found = this.#store.get(type, namespace, name);
    if (!found) throw refusals.notFound(type, name);
    return found;
  }

  /** The namespace of an object that is to be created; none for a cluster-wide one. */
  #namespaceOf(type: ResourceType, name: string | undefined): StoredObject | undefined {
    if (!type.namespaced) {
      if (name !== undefined) throw refusals.notServed();
      return undefined;
    }
    return name === undefined ? missingNamespace() : this.#find(core.namespaces, { name });
  }
}

function missingNamespace(): never {
  throw refusals.methodNotAllowed();
}

function writeOf(
  { apiVersion }: ResourceType,
  { fieldManager = unknownManager, dryRun = false }: Partial<WriteOptions>,
  subresource?: "status",
): Write {
  const manager = { manager: fieldManager, operation: "Update", apiVersion } as const;
  if (subresource === undefined) return { manager, dryRun };
  return { manager: { ...manager, subresource }, dryRun, subresource };
}
