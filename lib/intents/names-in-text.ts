/** By what texts that lead requests may name a Service: its DNS names from `web.shop` on, and addresses. */
export interface HostNames {
  readonly full: readonly string[];
  /** The bare name, where it means this Service. */
  readonly bare?: string;
}

/** Whether a text has one of them as a host: alone, or with a scheme, a port or a path. */
export function namesHost(text: string, { full, bare }: HostNames): boolean {
  const lower = text.toLowerCase();
  return (
    full.some((name) => lower.includes(name) && hostPattern(name).test(lower)) ||
    (bare !== undefined && lower.includes(bare) && (isBareHost(lower, bare) || isInUrl(lower, bare)))
  );
}

/** Before a name that ends in its zone a label may stand: that of a pod (DNS-03). */
function hostPattern(name: string): RegExp {
  const before = /\.svc(?:\.|$)/.test(name) ? '(?<![\\w-])' : '(?<![\\w.-])';
  return new RegExp(`${before}${escaped(name)}(?![\\w-]|\\.[\\w-])`);
}

/** The text as a whole: `web`, `web:80`. */
export function isBareHost(text: string, bare: string): boolean {
  return new RegExp(`^${escaped(bare)}(?::\\d+)?$`).test(text);
}

/** `http://web/`, and quoted as in JSON. */
export function isInUrl(text: string, bare: string): boolean {
  return new RegExp(`(?:://|["'])${escaped(bare)}(?=[:/?#\\s;"'$]|$)`).test(text);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
