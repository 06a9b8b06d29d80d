import { annotations } from "../../contract/annotations.ts";
import { labels } from "../../contract/labels.ts";
import type { SkipReason } from "../../webhook/inject/skipReasons.ts";

/** What to do about each of the webhook's reasons; NAMESPACE stands for the pod's. Empty: nothing. */
export const nextSteps: Readonly<Record<SkipReason, string>> = {
  "not-a-pod-creation": "",
  "malformed-pod": "correct the manifest: kubectl apply --dry-run=server says what is wrong",
  "mirror-pod": "run it as a StellarNode or a StatefulSet instead of a static pod",
  "system-namespace": "run validators in a namespace of their own",
  "namespace-not-enabled": `kubectl label --overwrite namespace NAMESPACE ${labels.injection}=enabled`,
  "pod-disabled": `remove the label ${labels.injection} from the pod's template, if it should have an agent`,
  "already-injected": "",
  "invalid-label": `set the label ${labels.injection} on the pod's template to enabled or disabled`,
  "not-a-validator": `if it is a validator, set the label ${labels.nodeType}=Validator, or ${labels.injection}=enabled, on the pod's template`,
  "windows-pod": "run the validator on a Linux node",
  "container-name-taken": "give the pod's own container another name",
  "volume-name-taken": "give the pod's own volume another name",
  "invalid-annotation": "correct the annotations on the pod's template",
  "health-port-taken": `set the annotation ${annotations.healthPort} on the pod's template to a free port`,
  "native-sidecar-unsupported":
    "use Kubernetes 1.29 or later, or set the chart's webhook.sidecarMode to container",
  "internal-error": "look into the webhook's logs",
};
