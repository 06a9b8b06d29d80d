import type { ErrorObject } from "ajv";
import type { Peer } from "./Peer.ts";

declare const validate: {
  (data: unknown): data is Peer[];
  errors?: ErrorObject[] | null;
};
export default validate;
