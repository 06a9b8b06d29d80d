/**
 * The term can't go on. Either the API server refused the document again and again (403 or 422; `cause` is the ApiError),
 * most often as the fencing policy's word that somebody else holds the Lease; or nothing may be written in this epoch,
 * and only another can go on.
 */
export class PublicationRefusedError extends Error {
  override readonly name = "PublicationRefusedError";
}
