import { invalid } from './place';
import { andThen, plain, type Reader } from './reader';
import { text, textOf } from './scalars';

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DIGITS = /^[0-9]+$/;
/** Without a prefix. */
const QUALIFIED = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const PREFIXED =
  /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Of a label, in DNS or of Kubernetes. */
const LONGEST = 63;
const LONGEST_SUBDOMAIN = 253;

// Names and labels are most of what manifests say, and nearly all are sound: the quick way asks no more than their grammar.

/** A DNS subdomain (RFC 1123). */
export const subdomain = textOf(
  problemOfSubdomain,
  {
    code: 'PTL014',
    expected: "up to 253 lower-case letters, digits, '-' and '.', with a letter or digit at both ends of each part",
  },
  (value) => value.length <= LONGEST_SUBDOMAIN && SUBDOMAIN.test(value),
);

/** A DNS name with or without the dot of the root at its end. */
export const dnsName: Reader<string> = andThen(text, (name, place) => {
  const plain = subdomain(place.as(name.replace(/\.$/, '')));
  return plain === null ? plain : name;
});

/** A DNS label (RFC 1123): the names of namespaces, Services and their ports are parts of DNS names. */
export const dnsLabel = textOf(
  problemOfDnsLabel,
  { code: 'PTL014', expected: "up to 63 lower-case letters, digits and '-', with a letter or digit at both ends" },
  (value) => value.length <= LONGEST && LABEL.test(value),
);

export const labelKey = qualifiedName('label key');

/** What Kubernetes calls a qualified name: a name, after the DNS name of its owner and '/' if need be. */
export function qualifiedName(noun: string) {
  return textOf(
    (value) => problemOfQualifiedName(value, noun),
    {
      code: 'PTL014',
      expected: "a name of up to 63 letters, digits, '-', '_' and '.', after a DNS prefix and '/' if need be",
    },
    (value) => (value.length <= LONGEST && PREFIXED.test(value)) || problemOfQualifiedName(value, noun) === undefined,
  );
}

export const labelValue = textOf(
  problemOfLabelValue,
  {
    code: 'PTL014',
    expected: "nothing, or up to 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends",
  },
  (value) => value === '' || (value.length <= LONGEST && QUALIFIED.test(value)),
);

/** An IANA service name, as containers and policies name their ports (NET-07, NP-24). */
export const portName = plain<string>(
  (value) => (typeof value === 'string' && problemOfPortName(value) === undefined ? value : invalid),
  andThen(text, (value, place) =>
    place.fault({
      code: 'PTL009',
      problem: problemOfPortName(value)!,
      expected: "a port name: up to 15 lower-case letters, digits and '-', at least one of them a letter",
      rule: 'NP-24',
      didYouMean: DIGITS.test(value) ? String(Number(value)) : undefined,
    }),
  ),
);

function problemOfSubdomain(value: string): string | undefined {
  return tooLong(value, LONGEST_SUBDOMAIN, 'name') ?? (SUBDOMAIN.test(value) ? undefined : notA(value, 'DNS name'));
}

function problemOfDnsLabel(value: string): string | undefined {
  return tooLong(value, LONGEST, 'name') ?? (LABEL.test(value) ? undefined : notA(value, 'DNS label'));
}

function problemOfQualifiedName(value: string, noun: string): string | undefined {
  const slash = value.indexOf('/');
  const name = value.slice(slash + 1);
  if (name.includes('/')) {
    return `a ${noun} has one '/' at most`;
  }
  const problem = slash >= 0 ? problemOfSubdomain(value.slice(0, slash)) : undefined;
  if (problem !== undefined) {
    return `the prefix of the ${noun} is wrong: ${problem}`;
  }
  return tooLong(name, LONGEST, noun) ?? (QUALIFIED.test(name) ? undefined : notA(value, noun));
}

function problemOfLabelValue(value: string): string | undefined {
  const sound = value === '' || QUALIFIED.test(value);
  return tooLong(value, LONGEST, 'label value') ?? (sound ? undefined : notA(value, 'label value'));
}

function problemOfPortName(name: string): string | undefined {
  if (DIGITS.test(name)) {
    return 'a quoted number is the name of a port, not its number, and a name needs a letter';
  }
  if (!/^[-a-z0-9]+$/.test(name)) {
    return notA(name, 'port name');
  }
  if (!/[a-z]/.test(name)) {
    return 'a port name needs a letter';
  }
  if (/^-|-$|--/.test(name)) {
    return "a port name has no '-' at its ends and no two in a row";
  }
  return tooLong(name, 15, 'port name');
}

function tooLong(value: string, most: number, noun: string): string | undefined {
  return value.length > most ? `the ${noun} has ${value.length} characters, ${most} is the most` : undefined;
}

function notA(value: string, noun: string): string {
  return value === '' ? `an empty ${noun} is none` : `${JSON.stringify(value)} is not a ${noun}`;
}
