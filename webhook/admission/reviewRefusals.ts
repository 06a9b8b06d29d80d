/** Why a request is not answered with an AdmissionReview, with its HTTP status; the names stand in logs and metrics. */
export const reviewRefusals = {
  "empty-body": 400,
  "not-json": 400,
  "not-an-admission-review": 400,
  "no-request": 400,
  "no-uid": 400,
  "wrong-content-type": 415,
  "too-large": 413,
  "not-found": 404,
  "wrong-method": 405,
  failed: 500,
} as const;

export type ReviewRefusal = keyof typeof reviewRefusals;
