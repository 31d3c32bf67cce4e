import type { FieldPath } from '../finding/origin';
import { keepsOff, type Taint } from '../manifest/taints';
import type { CidrSet } from '../values/cidr-set';
import { formatIp, type IpAddress, parseIp } from '../values/ip';
import { type Fields, fieldsOf } from './profile-fields';
import type { Report } from './profile-report';

const ROLES = ['control-plane', 'worker'] as const;
/** What a node is there for. */
export type NodeRole = (typeof ROLES)[number];

const KEYS = ['name', 'role', 'count', 'addresses', 'subnet', 'zone', 'labels', 'taints'] as const;
/** The largest cluster that Kubernetes supports has 5,000; a profile may plan beyond it. */
const MOST_NODES = 1_000_000;

/** Nodes that are alike, as users write them. */
export interface NodeGroupSpec {
  /** Of the group; nodes of which the address is known are called `NAME`, or `NAME-0` and so on where there are several. */
  readonly name: string;
  /** @default 'worker' */
  readonly role?: NodeRole;
  /** How many. @default - as many as have addresses; unknown where none has */
  readonly count?: number;
  /** One item a node: its address, or one of each family. @default - unknown */
  readonly addresses?: readonly (string | readonly string[])[];
  /** The networks in which these nodes reach each other without a router. @default - unknown */
  readonly subnet?: string | readonly string[];
  /** @default - unknown */
  readonly zone?: string;
  /** @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * What keeps pods off these nodes that do not tolerate it, as `kubectl taint` writes it: `dedicated=gpu:NoSchedule`.
   * @default - unknown
   */
  readonly taints?: readonly string[];
}

/** Nodes that are alike, as a profile has them. */
export interface NodeGroup {
  readonly name: string;
  readonly role: NodeRole;
  /** `undefined` where nobody tells. */
  readonly count?: number;
  /** Of each node whose address is known. */
  readonly addresses: readonly (readonly IpAddress[])[];
  /** Empty where nobody tells. */
  readonly subnet: CidrSet;
  readonly zone?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Those that keep pods off; `undefined` where nobody tells. */
  readonly taints?: readonly Taint[];
  /** Where it stands in the profile. */
  readonly field: FieldPath;
}

/** Reads the `nodes` of a profile. @param nodeCidr where it says that nodes are; empty where it says nothing */
export function parseNodeGroups(value: unknown, nodeCidr: CidrSet, fault: Report): readonly NodeGroup[] {
  const groups = fieldsOf({ nodes: value }, [], fault).maps('nodes', KEYS);
  const known = new Set<string>();
  const taken = new Set<string>();
  return groups.flatMap((fields) => {
    const name = fields.text('name');
    if (name === undefined) {
      if (fields.raw('name') === undefined)
        fault(fields.at('name'), undefined, 'a group of nodes has a name', 'a name');
      return [];
    }
    if (known.has(name)) fault(fields.at('name'), name, 'another group has this name', 'a name of its own');
    known.add(name);
    return [groupOf(name, fields, { taken, nodeCidr, fault })];
  });
}

interface Beside {
  /** The addresses of the nodes that were read before. */
  readonly taken: Set<string>;
  readonly nodeCidr: CidrSet;
  readonly fault: Report;
}

function groupOf(name: string, fields: Fields, beside: Beside): NodeGroup {
  const { nodeCidr, fault } = beside;
  const addresses = addressesOf(fields, fault);
  const subnet = fields.ranges('subnet');
  const outside = subnet.minus(rangeFor(subnet, nodeCidr));
  if (!outside.isEmpty) {
    fault(fields.at('subnet'), fields.raw('subnet'), `${outside} is not within \`nodeCidr\``, `a part of ${nodeCidr}`);
  }
  for (const [i, node] of addresses.entries()) checkAddresses(node, subnet, [...fields.at('addresses'), i], beside);
  const count = fields.integer('count', 0, MOST_NODES) ?? (addresses.length > 0 ? addresses.length : undefined);
  if (count !== undefined && count < addresses.length) {
    fault(fields.at('count'), count, `${addresses.length} nodes have addresses`, `at least ${addresses.length}`);
  }
  return {
    name,
    role: fields.choice('role', ROLES) ?? 'worker',
    count,
    addresses,
    subnet,
    zone: fields.text('zone'),
    labels: fields.labels('labels') ?? {},
    taints: taintsOf(fields, fault),
    field: fields.at('name').slice(0, -1),
  };
}

const TAINT = /^([^=:\s]+)(?:=([^=:\s]*))?:(NoSchedule|PreferNoSchedule|NoExecute)$/;

function taintsOf(fields: Fields, fault: Report): readonly Taint[] | undefined {
  const value = fields.raw('taints');
  if (value === undefined) return undefined;
  const expected = 'taints such as "dedicated=gpu:NoSchedule"';
  if (!Array.isArray(value)) {
    fault(fields.at('taints'), value, 'this is no list', `a list of ${expected}`);
    return undefined;
  }
  const taints = value.flatMap((item: unknown, i): readonly Taint[] => {
    const [, key, own = '', effect] = (typeof item === 'string' && TAINT.exec(item)) || [];
    if (key !== undefined) return [{ key, value: own, effect }];
    fault([...fields.at('taints'), i], item, 'this is no taint', expected);
    return [];
  });
  return taints.filter(keepsOff);
}

function addressesOf(fields: Fields, fault: Report): readonly (readonly IpAddress[])[] {
  const value = fields.raw('addresses');
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    fault(fields.at('addresses'), value, 'this is no list', 'a list with one item a node, e.g. ["192.168.77.11"]');
    return [];
  }
  return value.map((item: unknown, i) => {
    const at: FieldPath = [...fields.at('addresses'), i];
    if (!Array.isArray(item)) return addressOf(item, at, fault);
    if (item.length === 0) fault(at, item, 'this node has no address', 'an address, or one of each family');
    return item.flatMap((each: unknown, j) => addressOf(each, [...at, j], fault));
  });
}

function addressOf(value: unknown, at: FieldPath, fault: Report): readonly IpAddress[] {
  const parsed = typeof value === 'string' ? parseIp(value) : undefined;
  if (parsed?.ok) return [parsed.address];
  fault(at, value, parsed?.problem ?? 'this is no text', 'an address such as "192.168.77.11"');
  return [];
}

/** Two nodes never share an address, and each has its own in the networks that it is in. */
function checkAddresses(
  node: readonly IpAddress[],
  subnet: CidrSet,
  at: FieldPath,
  { taken, nodeCidr, fault }: Beside,
): void {
  for (const address of node) {
    const text = formatIp(address);
    if (taken.has(text)) fault(at, text, 'another node has this address', 'an address of its own');
    taken.add(text);
    const own = subnet.ofFamily(address.family);
    const all = nodeCidr.ofFamily(address.family);
    if (!own.isEmpty && !own.has(address)) {
      fault(at, text, 'this is no address of the `subnet` of these nodes', `an address of ${own}`);
    } else if (!all.isEmpty && !all.has(address)) {
      fault(at, text, 'this is no address of `nodeCidr`', `an address of ${all}, or a \`nodeCidr\` that holds it`);
    }
  }
}

/** Of each family of a subnet what `nodeCidr` says of it: all, where it says nothing. */
function rangeFor(subnet: CidrSet, nodeCidr: CidrSet): CidrSet {
  const unsaid = subnet.families.filter((family) => nodeCidr.ofFamily(family).isEmpty);
  return unsaid.reduce((all, family) => all.union(subnet.ofFamily(family)), nodeCidr);
}
