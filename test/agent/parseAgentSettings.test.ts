import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { agentEnvironment } from "../../agent/agentEnvironment.ts";
import { parseAgentSettings } from "../../agent/parseAgentSettings.ts";
import { ConfigurationError } from "../../runtime/ConfigurationError.ts";

const pod = { POD_NAME: "alpha-0", POD_NAMESPACE: "stellar", POD_UID: "c0ffee", POD_IP: "10.0.0.1" };

function parse(given: Readonly<Record<string, string>>): ReturnType<typeof parseAgentSettings> {
  return parseAgentSettings({ ...pod, ...given });
}

function problemsOf(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    parseAgentSettings(environment);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigurationError);
    return error.problems;
  }
}

describe("the agent's environment", () => {
  it("has the defaults of the design", () => {
    assert.deepEqual(parse({}), {
      pod: { name: "alpha-0", namespace: "stellar", uid: "c0ffee", ip: "10.0.0.1" },
      coreUrl: "http://127.0.0.1:11626",
      corePeerPort: 11_625,
      peersNamespace: "stellar-system",
      peersConfigMap: "stellar-peers",
      peersLease: "stellar-peers",
      peersDirectory: "/etc/stellar-peers",
      pollInterval: 30_000,
      discoverySource: "auto",
      discoverySelector: "stellar.org/node-type=Validator",
      staticPeers: [],
      reload: "auto",
      reloadPath: "/http-command?admin=true&command=config-reload",
      maxDialedPeers: 8,
      health: { host: "0.0.0.0", port: 11_627 },
      logLevel: "info",
    });
  });

  it("is taken as it is set", () => {
    const settings = parse({
      CORE_URL: "http://127.0.0.1:8080/",
      CORE_PEER_PORT: "21625",
      PEERS_NAMESPACE: "other-system",
      PEERS_CONFIGMAP: "other.peers",
      PEERS_LEASE: "lease",
      PEERS_DIR: "/mnt/peers",
      POLL_INTERVAL: "1m30s",
      DISCOVERY_SOURCE: "endpointslices",
      DISCOVERY_SELECTOR: "app in (core, horizon),!canary",
      STATIC_PEERS: " 192.0.2.1:11625, 192.0.2.2:11626,",
      RELOAD: "connect",
      RELOAD_PATH: "/config-reload",
      MAX_DIALED_PEERS: "12",
      HEALTH_ADDRESS: "[::1]:0",
      LOG_LEVEL: "debug",
    });
    const { staticPeers, ...rest } = settings;
    assert.deepEqual(rest, {
      pod: { name: "alpha-0", namespace: "stellar", uid: "c0ffee", ip: "10.0.0.1" },
      coreUrl: "http://127.0.0.1:8080",
      corePeerPort: 21_625,
      peersNamespace: "other-system",
      peersConfigMap: "other.peers",
      peersLease: "lease",
      peersDirectory: "/mnt/peers",
      pollInterval: 90_000,
      discoverySource: "endpointslices",
      discoverySelector: "app in (core, horizon),!canary",
      reload: "connect",
      reloadPath: "/config-reload",
      maxDialedPeers: 12,
      health: { host: "::1", port: 0 },
      logLevel: "debug",
    });
    assert.deepEqual(staticPeers[0], {
      name: "192.0.2.1:11625",
      namespace: "",
      nodeType: "External",
      ip: "192.0.2.1",
      port: 11_625,
      peerString: "192.0.2.1:11625",
      network: "",
    });
    assert.equal(staticPeers.length, 2);
  });

  it("takes an empty or blank variable for an absent one", () => {
    const blank = Object.keys(agentEnvironment).filter((name) => !(name in pod));
    assert.deepEqual(parse(Object.fromEntries(blank.map((name) => [name, " "]))), parse({}));
  });

  it("is frozen once read", () => {
    const settings = parse({ STATIC_PEERS: "192.0.2.1:11625" });
    for (const part of [settings, settings.pod, settings.health, settings.staticPeers])
      assert.ok(Object.isFrozen(part));
  });

  it("says of each variable that must be set that it is not, all of them together", () => {
    const problems = problemsOf({});
    assert.deepEqual(problems, [
      "POD_NAME is not set, and must be a pod's name",
      "POD_NAMESPACE is not set, and must be a namespace's name",
      "POD_UID is not set, and must be a pod's uid",
      "POD_IP is not set, and must be an IP address",
    ]);
  });

  const wrong: Readonly<Record<keyof typeof agentEnvironment, readonly string[]>> = {
    POD_NAME: ["Alpha", "a_b", "-a", "a".repeat(254)],
    POD_NAMESPACE: ["a.b", "A", "a".repeat(64)],
    POD_UID: ["c0 ffee", "../x"],
    POD_IP: ["10.0.0", "10.0.0.256", "localhost"],
    CORE_URL: [
      "127.0.0.1:11626",
      "https://127.0.0.1:11626",
      "http://user@127.0.0.1",
      "http://127.0.0.1/?a=b",
      "http://127.0.0.1/#a",
      "http://",
    ],
    CORE_PEER_PORT: ["0", "65536", "-1", "011625", "1e3", "11625.0", "port"],
    PEERS_NAMESPACE: ["a/b", "A"],
    PEERS_CONFIGMAP: ["a/b", "A"],
    PEERS_LEASE: ["a/b", ".."],
    PEERS_DIR: ["peers", "./peers"],
    POLL_INTERVAL: ["soon", "30", "0s", "999ms", "11m", "-30s"],
    DISCOVERY_SOURCE: ["pods", "Auto"],
    DISCOVERY_SELECTOR: ["a=b=c", "a in b", "=a", "a,,b"],
    STATIC_PEERS: [
      "192.0.2.1",
      "192.0.2.1:0",
      "core.example:11625",
      "[::1]:11625",
      "192.0.2.1:1;192.0.2.2:1",
    ],
    RELOAD: ["perhaps", "HTTP", "true"],
    RELOAD_PATH: ["config-reload", "http://elsewhere/", "/a b", "/a\nb"],
    MAX_DIALED_PEERS: ["0", "-3", "1001", "8.5", "many"],
    HEALTH_ADDRESS: ["11627", ":11627", "0.0.0.0", "::1:11627", "0.0.0.0:65536", "health.example:1"],
    LOG_LEVEL: ["loud", "INFO"],
  };
  for (const [name, values] of Object.entries(wrong))
    it(`says what is wrong with ${name}, its value and what is allowed`, () => {
      for (const value of values) {
        const problems = problemsOf({ ...pod, [name]: value });
        assert.equal(problems.length, 1, `${name}=${value}: ${problems.join()}`);
        assert.ok(problems[0]?.startsWith(`${name} is ${JSON.stringify(value)}, and must be `));
      }
    });

  it("reports every wrong setting, whichever there are, together and in one order", () => {
    const choice = fc.record(
      Object.fromEntries(Object.entries(wrong).map(([name, values]) => [name, fc.constantFrom(...values)])),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(choice, (given) => {
        const named = problemsOf({ ...pod, ...given }).map((problem) => problem.split(" ")[0]);
        assert.deepEqual(
          named,
          Object.keys(agentEnvironment).filter((name) => name in given),
        );
      }),
    );
  });

  it("is said as one sentence for those who only see the error", () => {
    assert.throws(() => parse({ RELOAD: "perhaps", LOG_LEVEL: "loud" }), {
      name: "ConfigurationError",
      message:
        'RELOAD is "perhaps", and must be auto, http, connect or off; ' +
        'LOG_LEVEL is "loud", and must be fatal, error, warn, info, debug, trace or silent',
    });
  });

  it("minds no variable of another name", () => {
    assert.deepEqual(parse({ PATH: "x", KUBERNETES_SERVICE_HOST: "y", RELOADS: "perhaps" }), parse({}));
  });
});
