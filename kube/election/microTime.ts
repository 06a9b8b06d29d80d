/** A wall-clock time as the API writes a MicroTime: RFC 3339 with exactly six digits (apimachinery, micro_time.go). */
export function microTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "000Z");
}
