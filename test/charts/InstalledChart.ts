import { fileURLToPath } from "node:url";
import type { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import type { KubeObject } from "../../kube/KubeObject.ts";
import type { ControlPlane } from "../control-plane/ControlPlane.ts";

const chart = fileURLToPath(new URL("../../charts/stellar-peer-discovery", import.meta.url));
const rbac = "rbac.authorization.k8s.io";

/**
 * The chart on a real API server under names of this test file, with agents' rights bound to service accounts as the
 * provisioner does.
 */
export class InstalledChart {
  readonly fullname: string;
  /** Of the release: where the list is. */
  readonly peers: string;
  /** Of the agents. */
  readonly validators: string;
  readonly #control: ControlPlane;
  readonly #api: HttpKubeApi;
  /** Namespaces whose agents have their rights. */
  readonly #bound: string[] = [];

  private constructor(control: ControlPlane, api: HttpKubeApi, peers: string, validators: string) {
    this.fullname = control.prefix;
    this.peers = peers;
    this.validators = validators;
    this.#control = control;
    this.#api = api;
  }

  static async install(control: ControlPlane, api: HttpKubeApi): Promise<InstalledChart> {
    const own = { "test-run": control.prefix };
    const enabled = { ...own, "peer-discovery.stellar.org/injection": "enabled" };
    const names = [control.namespace("peers", own), control.namespace("validators", enabled)];
    const [peers = "", validators = ""] = await Promise.all(names);
    const installed = new InstalledChart(control, api, peers, validators);
    await installed.#install();
    await installed.#bind(validators);
    return installed;
  }

  /** As a user who begins anew; `meanwhile` runs while there is no release. */
  async reinstall(meanwhile: () => Promise<void>): Promise<void> {
    await this.#control.helm(["uninstall", this.fullname, "-n", this.peers, "--wait"]);
    await meanwhile();
    await this.#install();
  }

  async uninstall(): Promise<void> {
    await this.#control.helm(["uninstall", this.fullname, "-n", this.peers]);
    const names = this.#bound.map((namespace) => this.#bindingOf(namespace));
    await this.#control.kubectl(["delete", "clusterrolebinding", "--ignore-not-found", ...names]);
  }

  /** One more namespace with agents; resolves with its name. */
  async enableNamespace(name: string): Promise<string> {
    const labels = { "test-run": this.fullname, "peer-discovery.stellar.org/injection": "enabled" };
    const namespace = await this.#control.namespace(name, labels);
    await this.#bind(namespace);
    return namespace;
  }

  /** Goes on with the roles of the release, by name. */
  async #install(): Promise<void> {
    const values = ["--set", `fullnameOverride=${this.fullname},namespaceSelector.test-run=${this.fullname}`];
    await this.#control.helm(["install", this.fullname, chart, "-n", this.peers, ...values]);
  }

  /** A token of the service account `default` of a namespace with agents, bound to a new pod of this name. */
  async agent(
    name: string,
    namespace = this.validators,
  ): Promise<{ readonly identity: string; readonly token: string }> {
    const signal = AbortSignal.timeout(10_000);
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { namespace, name },
      spec: { nodeName: "node", containers: [{ name: "core", image: "core" }] },
    };
    const created: KubeObject = await this.#api.create<KubeObject>(pod, { signal });
    const uid = created.metadata.uid ?? "";
    const request = { boundPod: { name, uid } };
    const { token } = await this.#api.createToken({ namespace, name: "default" }, request, { signal });
    return { identity: `${namespace}/${name}/${uid}`, token };
  }

  /** A token of the webhook's service account. */
  async webhook(): Promise<string> {
    const account = { namespace: this.peers, name: this.fullname };
    const { token } = await this.#api.createToken(account, {}, { signal: AbortSignal.timeout(10_000) });
    return token;
  }

  #bindingOf(agents: string): string {
    return `${this.fullname}-${agents}`;
  }

  async #bind(agents: string): Promise<void> {
    this.#bound.push(agents);
    const subjects = [{ kind: "ServiceAccount", namespace: agents, name: "default" }];
    const bind = async (namespace: string | undefined, kind: string, role: string): Promise<void> => {
      const binding = {
        apiVersion: `${rbac}/v1`,
        kind: namespace === undefined ? "ClusterRoleBinding" : "RoleBinding",
        metadata: { name: this.#bindingOf(agents), ...(namespace !== undefined && { namespace }) },
        roleRef: { apiGroup: rbac, kind, name: role },
        subjects,
      };
      await this.#api.create<KubeObject>(binding, { signal: AbortSignal.timeout(10_000) });
    };
    await bind(undefined, "ClusterRole", `${this.fullname}-agent`);
    await bind(this.peers, "Role", `${this.fullname}-agent`);
    await bind(agents, "ClusterRole", `${this.fullname}-agent-events`);
  }
}
