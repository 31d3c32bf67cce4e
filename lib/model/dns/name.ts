import { type IpAddress, type IpFamily, parseIp } from '../values/ip';

/** The longest name that a query can carry, in its text form without the last dot. */
export const LONGEST_NAME = 253;

/** With its last dot, so that nothing can be added to it. */
export function absolute(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}

/** DNS-10: names are alike whatever the case of their letters. */
export function isSameName(a: string, b: string): boolean {
  return absolute(a).toLowerCase() === absolute(b).toLowerCase();
}

/** Whether a name is that of the zone, or below it. Both absolute or both not. */
export function isWithin(name: string, zone: string): boolean {
  const [lower, above] = [absolute(name).toLowerCase(), absolute(zone).toLowerCase()];
  return lower === above || above === '.' || lower.endsWith(`.${above}`);
}

/** The labels of a name below its zone, in lower case and in the order in which they stand. */
export function labelsBelow(name: string, zone: string): readonly string[] {
  const lower = absolute(name).toLowerCase();
  const rest = lower.slice(0, lower.length - absolute(zone).length);
  return rest === '' ? [] : rest.slice(0, -1).split('.');
}

/** Why a text can't be a name in a query; `undefined` when it can. */
export function problemOfName(name: string): string | undefined {
  if (name === '.') return undefined;
  const labels = (name.endsWith('.') ? name.slice(0, -1) : name).split('.');
  if (name === '' || labels.includes('')) return 'a part between two dots is empty';
  if (/[^\x21-\x7e]/.test(name)) return 'a name in a query has printable ASCII letters only';
  const long = labels.find((label) => label.length > 63);
  if (long !== undefined) return `\`${long.slice(0, 20)}...\` has ${long.length} letters, more than the 63 of a label`;
  const length = labels.join('.').length;
  return length > LONGEST_NAME ? `the name has ${length} letters, more than ${LONGEST_NAME}` : undefined;
}

const REVERSE_ZONES: readonly (readonly [string, IpFamily])[] = [
  ['in-addr.arpa', 4],
  ['ip6.arpa', 6],
];

/** The zone of reverse names that a name is in; `undefined` for other names. */
export function reverseZoneOf(name: string): string | undefined {
  return REVERSE_ZONES.find(([zone]) => isWithin(name, zone))?.[0];
}

/** The address that a whole reverse name stands for; `undefined` for other names. */
export function addressOfReverse(name: string): IpAddress | undefined {
  const found = REVERSE_ZONES.find(([zone]) => isWithin(name, zone));
  if (!found) return undefined;
  const [zone, family] = found;
  const labels = [...labelsBelow(name, zone)].reverse();
  const text = family === 4 ? labels.join('.') : (labels.join('').match(/.{1,4}/g) ?? []).join(':');
  if (family === 6 && (labels.length !== 32 || labels.some((label) => label.length !== 1))) return undefined;
  const parsed = parseIp(text);
  return parsed.ok && parsed.address.family === family ? parsed.address : undefined;
}

/** DNS-06: the label of an endpoint that has no hostname: its address with dashes. */
export function dashed(address: string): string {
  if (address.includes('.')) return address.replaceAll('.', '-');
  const label = address.replaceAll(':', '-');
  return label.endsWith('-') ? `${label}0` : label;
}

/** DNS-12: what CoreDNS takes a label below `pod` for: three dashes, none beside another, are dots, and all others colons. */
export function undashed(label: string): IpAddress | undefined {
  const isV4 = label.split('-').length === 4 && !label.includes('--');
  const parsed = parseIp(label.replaceAll('-', isV4 ? '.' : ':'));
  return parsed.ok ? parsed.address : undefined;
}
