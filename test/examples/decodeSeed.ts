const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The 32 bytes of a seed as Stellar writes it (SEP-0023), without its version and checksum. */
export function decodeSeed(text: string): Uint8Array {
  const bits = Array.from(text, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const bytes = (bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2));
  return Uint8Array.from(bytes.slice(1, 33));
}
