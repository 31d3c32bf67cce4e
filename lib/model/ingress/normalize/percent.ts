/** A `%` that no two hexadecimal digits follow. */
const BROKEN = /%(?![0-9a-f]{2})/i;

/** One encoded character of UTF-8, else one encoded byte. */
const ENCODED =
  /%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}|%[0-9a-f]{2}/gi;

/** Whether every `%` of the path begins an encoded byte. */
export function isPercentEncoded(path: string): boolean {
  return !BROKEN.test(path);
}

/**
 * The path with its encoded bytes decoded but for those to keep, which stay as they are.
 * INVARIANT: `isPercentEncoded(path)`.
 */
export function percentDecoded(path: string, keep?: RegExp): string {
  return path.replace(ENCODED, (code) => (keep?.test(code) ? code : decoded(code)));
}

function decoded(code: string): string {
  try {
    return decodeURIComponent(code);
  } catch {
    // What looked like UTF-8 and is none (a surrogate, an overlong form) is taken byte by byte.
    return code.replace(/%../g, (byte) => lone(Number.parseInt(byte.slice(1), 16)));
  }
}

/** A byte that is no text by itself, as a code unit that is none either. */
function lone(byte: number): string {
  return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
}
