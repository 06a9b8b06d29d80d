/** The Core of a run's validators. */
export interface ValidatorCore {
  readonly image: string;
  /** Of a real one: the text of its configuration, by the validator's name. Absent for the fake one, which needs none. */
  readonly configuration?: (name: string) => string;
}
