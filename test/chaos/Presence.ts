/** When something took place, in milliseconds since 1970, as far as is known: no sooner, and no later. */
export interface Moment {
  readonly earliest: number;
  readonly latest: number;
}

/** While a validator was there; `to` is infinite while it is. */
export interface Presence {
  readonly name: string;
  readonly from: Moment;
  readonly to: Moment;
}
