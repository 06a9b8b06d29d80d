const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const pattern = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([eE][+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i)?)$/;

/**
 * The value of a quantity in Kubernetes's notation (apimachinery v1.37, api/resource), as cores or bytes; undefined if
 * it is none. To the precision of a double, which comparing limits with requests doesn't exceed.
 */
export function parseQuantity(text: string): number | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const value = Number(`${match[1] ?? ""}${match[2] ?? ""}`) * (factors[match[3] ?? ""] ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}
