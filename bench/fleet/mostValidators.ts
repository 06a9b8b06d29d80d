import { weighDocument } from "./weighDocument.ts";

/** The most validators whose list fits into so many bytes. */
export function mostValidators(bytes: number): number {
  let [fits, tooMany] = [0, 1];
  while (weighDocument(tooMany) <= bytes) [fits, tooMany] = [tooMany, tooMany * 2];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (weighDocument(middle) <= bytes) fits = middle;
    else tooMany = middle;
  }
  return fits;
}
