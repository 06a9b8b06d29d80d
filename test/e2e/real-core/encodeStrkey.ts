/** SEP-0023: the byte before the key, which makes the text begin with S or G. */
const versions = { seed: 18 << 3, publicKey: 6 << 3 } as const;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A key of 32 bytes as Stellar writes it (SEP-0023): version, key and checksum in base32, 56 characters. */
export function encodeStrkey(kind: keyof typeof versions, key: Uint8Array): string {
  const bytes = [versions[kind], ...key];
  const checksum = crc16(bytes);
  return base32([...bytes, checksum & 0xff, checksum >> 8]);
}

/** CRC-16/XMODEM. */
function crc16(bytes: readonly number[]): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return crc;
}

/** RFC 4648, of a multiple of five bytes. */
function base32(bytes: readonly number[]): string {
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join("");
}
