import { planInjection } from "../../webhook/inject/planInjection.ts";
import type { InjectionSettings } from "../../webhook/inject/InjectionSettings.ts";
import { editDocument } from "../manifest/editDocument.ts";
import { findPodTemplates } from "../manifest/findPodTemplates.ts";
import type { ManifestPart } from "../manifest/ManifestPart.ts";
import { parseManifests } from "../manifest/parseManifests.ts";
import { readAddition } from "../manifest/readAddition.ts";
import { readNamespaces } from "../manifest/readNamespaces.ts";
import type { InjectionReport } from "./InjectionReport.ts";

export interface ManifestInjection {
  readonly settings: InjectionSettings;
  /** `minor` of the API server that the manifests are for. */
  readonly serverMinor: number;
  /** Of objects that name none. */
  readonly namespace: string;
  /** Of the manifests, for messages. */
  readonly source: string;
}

export interface InjectedManifests {
  readonly text: string;
  /** One for each pod, in the order of the manifests. */
  readonly reports: readonly InjectionReport[];
  /** Sentences about what happened to the text. */
  readonly remarks: readonly string[];
}

type Labels = Readonly<Record<string, string>>;

function planPart(part: ManifestPart, namespaces: ReadonlyMap<string, Labels>, options: ManifestInjection) {
  return findPodTemplates(part.value).map((template) => {
    const name = template.namespace ?? options.namespace;
    const labels = namespaces.get(name);
    const decision = planInjection(template.pod, {
      settings: options.settings,
      server: { minor: options.serverMinor },
      namespace: labels === undefined ? { name } : { name, labels },
    });
    return { template, report: { kind: template.kind, namespace: name, name: template.name, decision } };
  });
}

/**
 * Adds the agent to the pods in a YAML stream, by the rules of the webhook. A namespace counts as enabled unless the
 * stream itself has it with other labels. Documents without a pod to inject come out as they went in, byte for byte.
 * @throws CommandError when the stream can't be read.
 */
export function injectManifests(text: string, options: ManifestInjection): InjectedManifests {
  const parts = parseManifests(options.source, text);
  const namespaces = readNamespaces(parts.map(({ value }) => value));
  const reports: InjectionReport[] = [];
  const remarks: string[] = [];
  const texts = parts.map((part) => {
    const planned = planPart(part, namespaces, options);
    reports.push(...planned.map(({ report }) => report));
    const additions = planned.flatMap(({ template, report: { decision } }) =>
      decision.action === "inject"
        ? decision.patch.map((operation) => readAddition(template.path, operation))
        : [],
    );
    if (additions.length === 0 || part.document === undefined) return part.source;
    const edited = editDocument(part.source, part.document, additions);
    if (edited.isBare)
      remarks.push(
        `the comments of the document at line ${part.line} are lost: its anchors stand in the way of anything gentler`,
      );
    return edited.text;
  });
  return { text: texts.join(""), reports, remarks };
}
