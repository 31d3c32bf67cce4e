import type { FieldPath } from '../finding/origin';
import { CidrSet, parseCidr } from '../values/cidr-set';
import { PortSet } from '../values/port-set';
import { PROTOCOLS, TrafficSet } from '../values/traffic-set';
import type { NodeRole } from './node-groups';
import { parsePortRange } from './port-range-text';
import { type Fields, fieldsOf } from './profile-fields';
import type { Report } from './profile-report';

/** Words for senders. */
const SENDERS = ['anywhere', 'internet', 'load-balancers', 'nodes', 'pods'] as const;

/**
 * `anywhere`: every address; `internet`: those that no declared range of the cluster holds; `nodes` and `pods`: of this cluster;
 * `load-balancers`: what stands before Services of type LoadBalancer, and sends to their node ports.
 */
export type FirewallSender = (typeof SENDERS)[number];

/** What a node firewall lets in, as users write it. */
export interface FirewallRuleSpec {
  /** Who may send: a CIDR, `anywhere`, `internet`, `load-balancers`, `nodes` or `pods`, or a list of them. */
  readonly from: string | readonly string[];
  /**
   * What for: `6443/TCP`, `30000-32767/UDP`, a number for a TCP port, `4/IP` for a protocol of IP by its number, or `all`; or a
   * list of them.
   */
  readonly ports: string | number | readonly (string | number)[];
}

/** What is let in to nodes; everything else is shut. */
export interface FirewallSpec {
  /** To the nodes of the control plane. @default - nobody tells */
  readonly controlPlane?: readonly FirewallRuleSpec[];
  /** To all other nodes. @default - nobody tells */
  readonly workers?: readonly FirewallRuleSpec[];
}

/** What a rule lets in, as a profile has it. */
export interface FirewallRule {
  readonly senders: ReadonlySet<FirewallSender>;
  /** Senders by their addresses. */
  readonly addresses: CidrSet;
  readonly traffic: TrafficSet;
  /** Protocols of IP by their numbers, beside those that have ports. */
  readonly ipProtocols: ReadonlySet<number>;
  /** Where it stands in the profile. */
  readonly field: FieldPath;
}

/** By role; `undefined` where nobody tells what is let in. */
export type NodeFirewall = Readonly<Partial<Record<NodeRole, readonly FirewallRule[]>>>;

const KEYS: Readonly<Record<NodeRole, keyof FirewallSpec>> = { 'control-plane': 'controlPlane', worker: 'workers' };

/** Where the rules for a role stand in a profile. */
export function fieldOfFirewall(role: NodeRole): FieldPath {
  return ['firewall', KEYS[role]];
}

/** The blocks of senders that rules name. */
export function admittedAddresses({ firewall }: { readonly firewall: NodeFirewall }): readonly CidrSet[] {
  const rules = [...(firewall['control-plane'] ?? []), ...(firewall.worker ?? [])];
  return rules.flatMap(({ addresses }) => (addresses.isEmpty ? [] : [addresses]));
}

/** Reads the `firewall` of a profile. */
export function parseNodeFirewall(value: unknown, fault: Report): NodeFirewall {
  const fields = fieldsOf({ firewall: value }, [], fault).map('firewall', Object.values(KEYS));
  if (!fields) return {};
  return {
    'control-plane': parseRules(KEYS['control-plane'], fields, fault),
    worker: parseRules(KEYS.worker, fields, fault),
  };
}

/** An empty list lets nothing in; one that is not there says nothing. */
function parseRules(key: string, fields: Fields, fault: Report): readonly FirewallRule[] | undefined {
  if (fields.raw(key) === undefined) return undefined;
  return fields.maps(key, ['from', 'ports']).map((rule) => parseRule(rule, fault));
}

function parseRule(rule: Fields, fault: Report): FirewallRule {
  const from = itemsOf(rule, 'from', fault).flatMap(([at, item]) => senderOf(at, item, fault));
  const ports = itemsOf(rule, 'ports', fault).flatMap(([at, item]) => admittedBy(at, item, fault));
  return {
    senders: new Set(from.flatMap((each) => (typeof each === 'string' ? [each] : []))),
    addresses: from.reduce<CidrSet>((all, each) => (typeof each === 'string' ? all : all.union(each)), CidrSet.empty),
    traffic: ports.reduce((all, { traffic }) => all.union(traffic), TrafficSet.empty),
    ipProtocols: new Set(ports.flatMap(({ ipProtocol }) => (ipProtocol === undefined ? [] : [ipProtocol]))),
    field: rule.at('from').slice(0, -1),
  };
}

/** One item or a list of them, each with its place. */
function itemsOf(rule: Fields, key: string, fault: Report): readonly (readonly [FieldPath, unknown])[] {
  const value = rule.raw(key);
  const items = Array.isArray(value) ? value : value === undefined ? [] : [value];
  if (items.length === 0) fault(rule.at(key), value, `the rule says nothing of \`${key}\``, 'one item at least');
  return items.map((item: unknown, i) => [Array.isArray(value) ? [...rule.at(key), i] : rule.at(key), item]);
}

function senderOf(at: FieldPath, value: unknown, fault: Report): readonly (FirewallSender | CidrSet)[] {
  const known = SENDERS.find((sender) => sender === value);
  if (known) return [known];
  const parsed = typeof value === 'string' && value.includes('/') ? parseCidr(value) : undefined;
  if (parsed?.ok && parsed.canonical) return [CidrSet.of(parsed.cidr)];
  const problem = parsed?.ok ? 'bits are set behind the prefix' : (parsed?.problem ?? 'this is no sender');
  fault(at, value, problem, `a CIDR such as "203.0.113.0/24", or one of ${SENDERS.join(', ')}`, SENDERS);
  return [];
}

interface Admitted {
  readonly traffic: TrafficSet;
  readonly ipProtocol?: number;
}

function admittedBy(at: FieldPath, value: unknown, fault: Report): readonly Admitted[] {
  if (value === 'all') return [{ traffic: TrafficSet.all }];
  const [, range, name = 'TCP'] = /^([\d-]+)(?:\/(\w+))?$/.exec(String(value)) ?? [];
  const isText = typeof value === 'string' || typeof value === 'number';
  const number = Number(range);
  // IP numbers its protocols by one byte.
  if (isText && name === 'IP' && Number.isInteger(number) && number <= 255) {
    return [{ traffic: TrafficSet.empty, ipProtocol: number }];
  }
  const ports = isText && range !== undefined ? parsePortRange(range) : undefined;
  const protocol = PROTOCOLS.find((each) => each === name);
  if (ports && protocol) return [{ traffic: TrafficSet.of(protocol, PortSet.range(ports.first, ports.last)) }];
  fault(at, value, 'this is no port', 'a port such as "6443/TCP" or "30000-32767/UDP", "4/IP" or all', ['all']);
  return [];
}
