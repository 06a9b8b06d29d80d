import type { Picture } from "./Picture.ts";

/** How the loops of an agent see its picture. */
export interface PictureView {
  /** The last complete picture; undefined until there is one. An API error never changes it. */
  current(): Picture | undefined;
  /** Milliseconds since it was last known to be what the API has; infinite until there is one. */
  age(): number;
  /** Milliseconds for which it has had the peers that it has; 0 until there is one. */
  unchangedFor(): number;
}
