import * as fc from "fast-check";

const prefix = "peer-discovery.stellar.org/";
const absent = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> =>
  fc.option(arbitrary, { nil: undefined }).chain((value) => fc.constantFrom(value, value, null));

const quantity = fc.constantFrom("10m", "1", "500m", 2, "64Mi", "1Gi", "4Gi");
const quantities = fc.dictionary(fc.constantFrom("cpu", "memory", "ephemeral-storage"), quantity);
const resources = absent(fc.record({ requests: quantities, limits: quantities }, { requiredKeys: [] }));
const port = fc.record({
  containerPort: fc.constantFrom(80, 11625, 11626, 11627),
  protocol: fc.constantFrom("TCP", "UDP"),
});

const container = (name: string): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(
    {
      name: fc.constant(name),
      image: fc.constant("registry.example/x"),
      resources,
      ports: absent(fc.array(port)),
    },
    { requiredKeys: ["name", "image"] },
  );

const containers = fc
  .uniqueArray(fc.constantFrom("stellar-node", "exporter", "proxy", "peer-agent"), { minLength: 1 })
  .chain((names) => fc.tuple(...names.map((name) => container(name))));

const labels = fc.dictionary(
  fc.constantFrom(
    `${prefix}injection`,
    `${prefix}injected`,
    "stellar.org/node-type",
    "app",
    "__proto__",
    "constructor",
  ),
  fc.constantFrom("enabled", "disabled", "true", "Validator", "validator", "Horizon", ""),
);

const annotations = fc.dictionary(
  fc.constantFrom(
    ...["core-http-port", "health-port", "reload", "agent-memory-limit", "agent-cpu-request", "unknown"].map(
      (name) => `${prefix}${name}`,
    ),
    "example.org/a~b/c",
  ),
  fc.oneof(fc.constantFrom("12000", "auto", "connect", "64Mi", "20m"), fc.string()),
);

/** Pods as clients send them: valid ones mostly of validators, with labels and annotations right and wrong. */
export const arbitraryPods: fc.Arbitrary<Record<string, unknown>> = fc
  .record({
    metadata: fc.record(
      {
        labels: fc.oneof(absent(labels), fc.constant({ "stellar.org/node-type": "Validator" })),
        annotations: absent(annotations),
      },
      { requiredKeys: [] },
    ),
    spec: fc.record(
      {
        containers,
        initContainers: absent(fc.array(container("prepare"), { maxLength: 1 })),
        volumes: absent(
          fc
            .uniqueArray(fc.constantFrom("data", "config", "stellar-peers"), { maxLength: 2 })
            .map((all) => all.map((name) => ({ name, emptyDir: {} }))),
        ),
        restartPolicy: absent(fc.constantFrom("Always", "OnFailure", "Never")),
        hostNetwork: absent(fc.boolean()),
        securityContext: absent(fc.record({ runAsUser: fc.constantFrom(0, 10_000) }, { requiredKeys: [] })),
        resources,
      },
      { requiredKeys: ["containers"] },
    ),
  })
  .map((pod) => JSON.parse(JSON.stringify(pod)) as Record<string, unknown>);
