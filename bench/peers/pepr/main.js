/**
 * A module of pepr's that gives a pod what ADDITION holds: what `controller.js` of pepr's image forks, on a port that can
 * be chosen.
 */
import { Capability, PeprModule, a } from "pepr";

const addition = JSON.parse(process.env.ADDITION);
const capability = new Capability({ name: "injector", description: "adds a container to validators" });
const [[label, value]] = Object.entries(addition.selector);

capability
  .When(a.Pod)
  .IsCreated()
  .WithLabel(label, value)
  .Mutate((pod) => {
    const { spec } = pod.Raw;
    if (spec.containers.some(({ name }) => name === addition.container.name)) return;
    for (const [key, text] of Object.entries(addition.labels)) pod.SetLabel(key, text);
    for (const [key, text] of Object.entries(addition.annotations)) pod.SetAnnotation(key, text);
    spec.volumes = [...(spec.volumes ?? []), ...addition.volumes];
    spec.containers.push(addition.container);
  });

const settings = {
  description: "a peer of a benchmark",
  pepr: { uuid: "bench", onError: "reject", webhookTimeout: 10, alwaysIgnore: { namespaces: [] } },
};
new PeprModule(settings, [capability], { deferStart: true }).start(Number(process.env.PORT));
