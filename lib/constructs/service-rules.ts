import { parseCidr } from '../model/values/cidr-set';
import { type IpAddress, parseIp } from '../model/values/ip';
import { LOCAL_ADDRESSES } from '../model/values/local-addresses';
import { didYouMean } from './names';
import { assertPortNumber } from './port';
import type { AnyServiceProps } from './service-props';

/** A combination that the API server refuses, or that would do nothing. */
interface Refusal {
  /** The rule of Kubernetes. */
  readonly rule: string;
  readonly fits: (props: AnyServiceProps) => boolean;
  readonly why: string;
}

const TYPES = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'] as const;

/** What fields with a closed list of values may say. */
const WORDS = {
  sessionAffinity: ['None', 'ClientIP'],
  internalTrafficPolicy: ['Cluster', 'Local'],
  externalTrafficPolicy: ['Cluster', 'Local'],
  trafficDistribution: ['PreferSameZone', 'PreferSameNode', 'PreferClose'],
  ipFamilyPolicy: ['SingleStack', 'PreferDualStack', 'RequireDualStack'],
  ipFamilies: ['IPv4', 'IPv6'],
} as const;

const isBalancer = ({ type }: AnyServiceProps) => type === 'LoadBalancer';
const isName = ({ type }: AnyServiceProps) => type === 'ExternalName';
const isInternal = ({ type }: AnyServiceProps) => type === undefined || type === 'ClusterIP';
const isOffered = ({ externalIPs = [] }: AnyServiceProps) => externalIPs.length > 0;

/** Props of one type only. */
const OF_LOAD_BALANCERS = ['loadBalancerSourceRanges', 'loadBalancerClass', 'allocateLoadBalancerNodePorts'] as const;

/** What only kube-proxy could act upon. */
const OF_ADDRESSES = [
  'clusterIP',
  'externalIPs',
  'sessionAffinity',
  'internalTrafficPolicy',
  'trafficDistribution',
] as const;

/** A mere name has none of these. */
const NOT_OF_NAMES = [
  ...OF_ADDRESSES,
  'selector',
  'endpoints',
  'headless',
  'ipFamilies',
  'ipFamilyPolicy',
  'publishNotReadyAddresses',
] as const;

const REFUSALS: readonly Refusal[] = [
  {
    rule: 'SVC-21',
    fits: (props) => props.headless === true && !isInternal(props),
    why: 'a headless Service is of type ClusterIP: it has no address that could be offered outside',
  },
  {
    rule: 'SVC-21',
    fits: (props) => props.clusterIP === 'None',
    why: "write `headless: true` in place of `clusterIP: 'None'`",
  },
  {
    rule: 'SVC-21',
    fits: (props) => !props.headless && !isName(props) && Object.keys(props.ports ?? {}).length === 0,
    why: 'it has no ports, which only a headless Service may do without',
  },
  ...OF_ADDRESSES.map(
    (field): Refusal => ({
      rule: 'SVC-21',
      fits: (props) => props.headless === true && props[field] !== undefined,
      why: `\`${field}\` does nothing for a headless Service: kube-proxy passes it by`,
    }),
  ),
  ...OF_LOAD_BALANCERS.map(
    (field): Refusal => ({
      rule: field === 'loadBalancerSourceRanges' ? 'SVC-17' : 'SVC-19',
      fits: (props) => !isBalancer(props) && props[field] !== undefined,
      why: `\`${field}\` is for type LoadBalancer only`,
    }),
  ),
  {
    rule: 'SVC-16',
    fits: (props) =>
      props.externalTrafficPolicy !== undefined && (isName(props) || (isInternal(props) && !isOffered(props))),
    why: '`externalTrafficPolicy` is for Services that clients outside get to: of type NodePort or LoadBalancer, or with `externalIPs`',
  },
  {
    rule: 'NET-10',
    fits: (props) =>
      props.healthCheckNodePort !== undefined && !(isBalancer(props) && props.externalTrafficPolicy === 'Local'),
    why: "`healthCheckNodePort` is for type LoadBalancer with `externalTrafficPolicy: 'Local'` only",
  },
  {
    rule: 'SVC-24',
    fits: (props) => props.sessionAffinityTimeoutSeconds !== undefined && props.sessionAffinity !== 'ClientIP',
    why: "`sessionAffinityTimeoutSeconds` is for `sessionAffinity: 'ClientIP'` only",
  },
  {
    rule: 'SVC-24',
    fits: ({ sessionAffinityTimeoutSeconds: seconds = 1 }) =>
      !Number.isInteger(seconds) || seconds < 1 || seconds > 86400,
    why: '`sessionAffinityTimeoutSeconds` is a whole number from 1 to 86400',
  },
  {
    rule: 'SVC-27',
    fits: ({ ipFamilies = [] }) => new Set(ipFamilies).size < ipFamilies.length,
    why: '`ipFamilies` names each family once',
  },
  {
    rule: 'SVC-27',
    fits: ({ ipFamilies = [], ipFamilyPolicy = 'SingleStack' }) =>
      ipFamilies.length > 1 && ipFamilyPolicy === 'SingleStack',
    why: "two `ipFamilies` need `ipFamilyPolicy: 'PreferDualStack'` or `'RequireDualStack'`",
  },
  {
    rule: 'SVC-27',
    fits: ({ clusterIP, ipFamilies }) => {
      const parsed = parseIp(clusterIP ?? '');
      return parsed.ok && ipFamilies?.[0] !== undefined && ipFamilies[0] !== `IPv${parsed.address.family}`;
    },
    why: '`clusterIP` is of the first of the `ipFamilies`',
  },
  ...NOT_OF_NAMES.map(
    (field): Refusal => ({
      rule: 'SVC-22',
      fits: (props) => isName(props) && props[field] !== undefined,
      why: `\`${field}\` does nothing for type ExternalName, which is a name and no more`,
    }),
  ),
  {
    rule: 'SVC-22',
    fits: (props) => isName(props) !== (props.externalName !== undefined),
    why: '`externalName` is for type ExternalName, which can not do without it',
  },
  {
    rule: 'SVC-22',
    fits: ({ externalName }) => externalName !== undefined && parseIp(externalName).ok,
    why: '`externalName` is a DNS name: addresses do not resolve. Give `endpoints` in place of an address',
  },
  {
    rule: 'SVC-02',
    fits: (props) => !isName(props) && (props.selector === undefined) === (props.endpoints === undefined),
    why: 'it needs either a `selector`, or `endpoints` without one',
  },
  {
    rule: 'SVC-20',
    fits: (props) => (isInternal(props) || isName(props)) && Object.values(props.ports ?? {}).some(hasNodePort),
    why: '`nodePort` is for types NodePort and LoadBalancer only',
  },
];

function hasNodePort(port: unknown): boolean {
  return typeof port === 'object' && port !== null && 'nodePort' in port && port.nodePort !== undefined;
}

/** Throws for what the API server would refuse, with the rule, at the line that declares it. */
export function assertService(path: string, props: AnyServiceProps): void {
  const { type = 'ClusterIP' } = props;
  if (!TYPES.includes(type)) {
    throw new Error(
      `Unable to create Service "${path}" of type "${type}": a Service is one of ${TYPES.join(', ')} (SVC-01).${didYouMean(type, TYPES)}`,
    );
  }
  assertWords(path, props);
  const refusal = REFUSALS.find(({ fits }) => fits(props));
  if (refusal) throw new Error(`Unable to create Service "${path}": ${refusal.why} (${refusal.rule}).`);
  for (const ip of props.externalIPs ?? []) assertPeerAddress(path, 'an externalIP', ip);
  if (props.clusterIP !== undefined) addressOf(path, props.clusterIP);
  for (const range of props.loadBalancerSourceRanges ?? []) assertRange(path, range);
  if (props.healthCheckNodePort !== undefined) assertPortNumber(props.healthCheckNodePort);
  assertHost(path, props.externalName);
}

/** The types rule other words out, but not every runner checks types. */
function assertWords(path: string, props: AnyServiceProps): void {
  for (const [field, words] of Object.entries(WORDS)) {
    const given: readonly unknown[] = [props[field as keyof typeof WORDS] ?? []].flat();
    const stray = given.find((word) => !words.some((known) => known === word));
    if (stray === undefined) continue;
    throw new Error(
      `Unable to create Service "${path}": \`${field}\` is one of ${words.join(', ')}, not "${stray}".${didYouMean(String(stray), words)}`,
    );
  }
  const { loadBalancerClass: name = 'a' } = props;
  if (/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(name)) return;
  throw new Error(
    `Unable to create Service "${path}": "${name}" is no loadBalancerClass; it is a name such as "example.com/internal" (SVC-19).`,
  );
}

/** The address as the API server takes it. */
function addressOf(path: string, text: string): IpAddress {
  const parsed = parseIp(text);
  if (parsed.ok) return parsed.address;
  throw new Error(`Unable to use "${text}" in Service "${path}": ${parsed.problem}.`);
}

/** Throws unless other hosts could reach the address (SVC-26). @param what `an endpoint`, `an externalIP` */
export function assertPeerAddress(path: string, what: string, text: string): void {
  if (!LOCAL_ADDRESSES.has(addressOf(path, text))) return;
  throw new Error(
    `Unable to use ${text} as ${what} of Service "${path}": nobody else reaches a loopback or link-local address (SVC-26).`,
  );
}

/** SVC-17. */
function assertRange(path: string, text: string): void {
  const parsed = parseCidr(text.trim());
  if (!parsed.ok) throw new Error(`Unable to use "${text}" as a source range of Service "${path}": ${parsed.problem}.`);
}

function assertHost(path: string, host: string | undefined): void {
  if (
    host === undefined ||
    (/^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)*[a-z0-9]([-a-z0-9]*[a-z0-9])?\.?$/.test(host) && host.length <= 254)
  )
    return;
  throw new Error(
    `Unable to use "${host}" as the externalName of Service "${path}": it is no DNS name (SVC-22). Leave scheme and port out.`,
  );
}
