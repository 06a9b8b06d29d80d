import type { StoredObject } from "./StoredObject.ts";

export interface ValidatedWrite {
  /** None where an object is made. */
  readonly before: StoredObject | undefined;
  /** As it is to be kept, but for its new version; none where an object is deleted. */
  readonly after: StoredObject | undefined;
  readonly dryRun: boolean;
}

/** Who has the last word on a write, as ValidatingAdmissionPolicies have: throws the server's ApiError to refuse it. */
export type ValidatingAdmission = (write: ValidatedWrite) => void;
