import type { NodeTraffic } from '../model/fabric/fabric';
import type { Leg } from '../model/fabric/packet-path';
import type { FabricHop } from '../model/reach/verdict';
import { type CidrSet, formatCidr } from '../model/values/cidr-set';

/** How a packet gets from node to node, as a clause: `VXLAN between nodes, MTU 1450`. */
export function fabricClause(hop: FabricHop): string {
  const { decision, seenAs, doubts } = hop;
  const open = doubts.map(({ rule, wouldDecide }) => `${wouldDecide} (${rule})`).join(' and ');
  if (decision === 'stops') {
    const { because, rule = 'NET-04' } = reasonOf(hop);
    return `no way between the nodes: ${because} (${rule})`;
  }
  if (decision === 'unknown') return `the way between the nodes is unknown (open is ${open})`;
  if (seenAs !== undefined) return SEEN[seenAs];
  return wayText(hop);
}

const SEEN = {
  node: 'leaves the cluster with the address of its node (NET-04)',
  pod: "leaves the cluster with the pod's own address (NET-05)",
  unknown: 'leaves the cluster, with the address of the pod or of its node (NET-04)',
} as const;

/** What there is to know of the way beside what it comes to: who has which addresses, and how large packets are. */
export function* fabricDetails({ from, to, mtu, needs }: FabricHop): Iterable<string> {
  const ends = [rangeText('from', from), rangeText('to', to)].filter((text) => text !== '');
  if (ends.length > 0) yield ends.join(' ');
  if (needs.length > 0) yield `the nodes let each other send ${needs.map(trafficText).join(', ')}`;
  if (mtu !== undefined) yield `MTU of pods ${mtu}`;
}

function reasonOf({ legs }: FabricHop): { readonly because: string; readonly rule?: string } {
  const [shut] = legs.flatMap(({ carriage }) => (carriage.by === 'unreachable' ? [carriage] : []));
  return { because: (shut?.because ?? '').replace(/\.$/, ''), rule: shut?.rule };
}

function wayText({ legs, mayShareNode }: FabricHop): string {
  if (legs.length === 0) return 'stays on its node';
  const ways = [...new Set(legs.map(carriageText))];
  const isOne = ways.length === 1;
  const nodes = legs.map((leg, i) =>
    isOne && i === 0 ? ways[0] : isOne ? '' : `${carriageText(leg)} ${BETWEEN[leg.between]}`,
  );
  const text = [...new Set(nodes)].filter((each) => each !== '').join(', ');
  return `${isOne ? `from node to node ${text}` : text}${mayShareNode ? ', unless on one node' : ''}`;
}

const BETWEEN = { within: 'within a subnet', across: 'across subnets' } as const;

function carriageText({ carriage }: Leg): string {
  if (carriage.by !== 'encapsulation') return 'as it is, unencrypted';
  const { name, overhead, isEncrypted, device } = carriage.encapsulation;
  const by = device === undefined ? '' : ` by ${device}`;
  return `in ${name}${by} (${overhead} bytes), ${isEncrypted ? 'encrypted' : 'unencrypted'}`;
}

function trafficText({ purpose, over }: NodeTraffic): string {
  const what = 'port' in over ? `${over.port}/${over.protocol}` : `IP protocol ${over.ipProtocol}`;
  return `${what} (${purpose})`;
}

/** Of few ranges each; what may be any address needs no words. */
function rangeText(end: string, addresses: CidrSet): string {
  const cidrs = addresses.isEmpty ? [] : addresses.toCidrs();
  if (cidrs.length === 0 || cidrs.length > MOST_RANGES || cidrs.some(({ prefix }) => prefix === 0)) return '';
  return `${end} ${cidrs.map(formatCidr).join(', ')}`;
}

const MOST_RANGES = 4;
