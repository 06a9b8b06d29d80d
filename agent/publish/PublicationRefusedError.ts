/**
 * The API server refused the document again and again (403 or 422; `cause` is the ApiError): the term can't go on.
 * Most often the fencing policy's word that somebody else holds the Lease.
 */
export class PublicationRefusedError extends Error {
  override readonly name = "PublicationRefusedError";
}
