/** One candidate of the election: a pod, not a name, since a StatefulSet makes its pods again under the same name. */
export interface LeaseHolder {
  readonly namespace: string;
  readonly pod: string;
  readonly uid: string;
}
