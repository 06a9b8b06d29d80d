/** The part of an admission.k8s.io/v1 AdmissionReview's request that the webhook reads. */
export interface AdmissionRequest {
  readonly uid: string;
  /** `CREATE`, `UPDATE`, … . */
  readonly operation: string;
  /** Of the object: `Pod` in the core group (empty). */
  readonly group: string;
  readonly kind: string;
  /** Empty for the object itself. */
  readonly subResource: string;
  readonly namespace: string;
  readonly object: unknown;
  /** The request changes nothing; nor may the webhook. */
  readonly dryRun: boolean;
}

export interface AdmissionResponse {
  readonly uid: string;
  readonly allowed: boolean;
  readonly patchType?: "JSONPatch";
  /** JSON in base64. */
  readonly patch?: string;
  readonly status?: { readonly code: number; readonly reason: string; readonly message: string };
  readonly warnings?: readonly string[];
  /** Stand in the API server's audit log, under the webhook's name. */
  readonly auditAnnotations?: Readonly<Record<string, string>>;
}
