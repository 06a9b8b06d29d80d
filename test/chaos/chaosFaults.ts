import { names } from "../../contract/names.ts";
import { authoritySecret, type Secret } from "../../webhook/tls/authoritySecret.ts";
import { issueAuthority } from "../../webhook/tls/issueAuthority.ts";
import type { RunningAgent } from "../e2e/Kubelet.ts";
import type { ProcessCircumstances } from "../e2e/ManagedProcess.ts";
import type { TcpProxy } from "../e2e/TcpProxy.ts";
import type { SeededRandom } from "../simulation/SeededRandom.ts";
import type { ChaosCluster } from "./ChaosCluster.ts";
import type { ChaosFault } from "./ChaosFault.ts";
import type { Wardens } from "./Wardens.ts";

export interface Scene {
  readonly cluster: ChaosCluster;
  readonly random: SeededRandom;
  readonly wardens: Wardens;
}

type Draw = (scene: Scene) => ChaosFault | Promise<ChaosFault | undefined> | undefined;

const hour = 3_600_000;
const year = 365 * 24 * hour;

function anyAgent({ cluster, random }: Scene): RunningAgent | undefined {
  const alive = cluster.agents().filter(({ process }) => process.alive);
  return alive.length > 0 ? random.pick(alive) : undefined;
}

async function leader({ cluster }: Scene): Promise<RunningAgent | undefined> {
  const found = await cluster.leader().catch(() => undefined);
  return found?.process.alive ? found : undefined;
}

function stopped(kind: string, agent: RunningAgent | undefined, longest: number): ChaosFault | undefined {
  return (
    agent && {
      kind,
      what: `${agent.name} stands still`,
      begin: () => agent.process.kill("SIGSTOP"),
      end: () => agent.process.kill("SIGCONT"),
      longest,
    }
  );
}

function killed(
  kind: string,
  { wardens }: Scene,
  agent: RunningAgent | undefined,
  how?: ProcessCircumstances,
) {
  return (
    agent && {
      kind,
      what: `${agent.name} is killed${how ? `, and starts again with ${JSON.stringify(how)}` : ""}`,
      begin: () => wardens.kill(agent, how),
    }
  );
}

function line(
  { cluster, random }: Scene,
  kind: string,
  spoil: (line: TcpProxy) => void,
  lasts = true,
): ChaosFault {
  const [pod, proxy] = random.pick([...cluster.lines]);
  return {
    kind,
    what: `${kind} of ${pod}`,
    begin: () => spoil(proxy),
    ...(lasts && { end: () => proxy.mend() }),
    longest: 25_000,
  };
}

function server({ cluster }: Scene, name: string): readonly [ChaosFault, ChaosFault] {
  const { servers } = cluster.control;
  return [
    {
      kind: `SIGKILL ${name}`,
      what: `${name} is killed`,
      begin: () => servers.command({ name, action: "SIGKILL" }),
    },
    {
      kind: `SIGSTOP ${name}`,
      what: `${name} stands still`,
      begin: () => servers.command({ name, action: "SIGSTOP" }),
      end: () => servers.command({ name, action: "SIGCONT" }),
    },
  ];
}

/** A CA with seconds left to live takes the place of the webhook's own. */
async function expireAuthority({ cluster, random }: Scene): Promise<void> {
  const reference = { namespace: names.namespace, name: "stellar-peer-discovery-ca" };
  const stored = await cluster.api.get<Secret>({ apiVersion: "v1", kind: "Secret", ...reference }, cluster);
  const signing = await issueAuthority(Date.now() - year + random.integer(-hour, 20_000));
  const expiring = authoritySecret(reference, { signing, next: undefined, previous: [] }, stored);
  await cluster.api.update(expiring, cluster).catch(() => undefined);
}

/** All that is done to a cluster, by how often, as parts of the whole. */
export const chaosFaults: readonly (readonly [number, Draw])[] = [
  [2, (scene) => server(scene, "kube-apiserver")[0]],
  [2, (scene) => server(scene, "kube-apiserver")[1]],
  [1, (scene) => server(scene, "etcd")[0]],
  [2, (scene) => server(scene, "etcd")[1]],
  [4, async (scene) => killed("SIGKILL leader", scene, await leader(scene))],
  [4, async (scene) => stopped("SIGSTOP leader", await leader(scene), 20_000)],
  [2, (scene) => killed("SIGKILL agent", scene, anyAgent(scene))],
  [2, (scene) => stopped("SIGSTOP agent", anyAgent(scene), 20_000)],
  [
    2,
    (scene) => {
      const agent = anyAgent(scene);
      return agent && { kind: "SIGTERM agent", what: `${agent.name} is asked to end`, begin: () => agent.process.kill("SIGTERM") }; // prettier-ignore
    },
  ],
  [
    3,
    ({ cluster, random, wardens }) => {
      const name = random.pick([...cluster.webhooks.keys()]);
      return { kind: "SIGKILL webhook", what: `${name} is killed`, begin: () => wardens.killWebhook(name) };
    },
  ],
  [
    2,
    ({ cluster, random }) => {
      const [name, { process }] = random.pick([...cluster.webhooks]);
      return {
        kind: "SIGSTOP webhook",
        what: `${name} stands still`,
        begin: () => process.kill("SIGSTOP"),
        end: () => process.kill("SIGCONT"),
      };
    },
  ],
  [3, (scene) => line(scene, "cut line", (proxy) => proxy.cut())],
  [3, (scene) => line(scene, "hung line", (proxy) => proxy.hang())],
  [3, (scene) => line(scene, "slow line", (proxy) => proxy.slow(scene.random.integer(20, 1_500)))],
  [
    2,
    (scene) =>
      line(scene, "half-closed line", (proxy) => proxy.halfClose(() => scene.random.chance(0.5)), false),
  ],
  [
    2,
    (scene) => line(scene, "connections lost", (proxy) => proxy.lose(() => scene.random.chance(0.7)), false),
  ],
  [2, (scene) => killed("full disk", scene, anyAgent(scene), { diskIsFull: true })],
  [
    2,
    (scene) => killed("clock off", scene, anyAgent(scene), { clockOffset: scene.random.pick([-hour, hour]) }),
  ],
  [
    1,
    (scene) => ({
      kind: "certificates expire",
      what: "the webhook's CA expires",
      begin: () => expireAuthority(scene),
    }),
  ],
  [
    2,
    ({ cluster, random }) => {
      const [pod, core] = random.pick([...cluster.cores]);
      return {
        kind: "Core stops",
        what: `the Core of ${pod} stops`,
        begin: () => core.stop(),
        end: () => (cluster.kubelet.agents.size > 0 ? core.start() : undefined),
        longest: 15_000,
      };
    },
  ],
  [
    1,
    ({ cluster }) => {
      const lease = { apiVersion: "coordination.k8s.io/v1", kind: "Lease", namespace: names.namespace, name: names.lease }; // prettier-ignore
      const begin = () => cluster.api.delete(lease, cluster).catch(() => undefined);
      return { kind: "Lease deleted", what: "the Lease is deleted", begin };
    },
  ],
  [
    1,
    ({ cluster }) => {
      const list = { apiVersion: "v1", kind: "ConfigMap", namespace: names.namespace, name: names.configMap };
      const body = { data: { "peers.json": "[]\n" } };
      // With the Lease gone, the policies refuse everybody.
      const begin = async () =>
        void (await cluster.api.patch(list, { type: "merge", body }, cluster).catch(() => undefined));
      return { kind: "list edited", what: "somebody empties the list", begin };
    },
  ],
  [
    8,
    ({ cluster, random, wardens }) => {
      const name = random.pick(cluster.validators);
      return {
        kind: "validator suspended",
        what: `${name} is suspended for a while`,
        begin: () => cluster.suspend(name, true),
        end: () => wardens.resume(name),
        longest: 15_000,
      };
    },
  ],
];
