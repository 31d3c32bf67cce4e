import { listOf, textUpTo } from '../reader/bounded';
import { type Invalid, invalid, type Place } from '../reader/place';
import { andThen, object, optional, type Reader } from '../reader/reader';
import { oneOf } from '../reader/scalars';
import type { ClusterPolicyPeer, ClusterPolicyPort, ClusterPolicyRule } from '../resources';

/** How one version of the API writes rules. */
export interface RuleForm {
  /** The author's word for each action. */
  readonly actions: Readonly<Record<string, ClusterPolicyRule['action']>>;
  readonly ports: { readonly field: string; readonly item: Reader<ClusterPolicyPort> };
  /** The most rules, peers and ports in one list. */
  readonly most: number;
}

const LONGEST_NAME = 100;

/** The rules of one direction; their peers stand in `peers.field`. */
export function rules(
  form: RuleForm,
  peers: { readonly field: 'from' | 'to'; readonly item: Reader<ClusterPolicyPeer> },
): Reader<readonly ClusterPolicyRule[]> {
  const shape = object<Record<string, unknown>>({
    name: optional(textUpTo(LONGEST_NAME)),
    action: oneOf('an action', Object.keys(form.actions), 'NP-43'),
    [peers.field]: listOf(peers.item, 1, form.most),
    // What is there must say something: an empty list is refused, an absent one means all traffic.
    [form.ports.field]: optional(listOf(form.ports.item, 1, form.most)),
  });
  const rule = andThen(shape, (read, place) => {
    const made: ClusterPolicyRule = {
      name: read.name as string | undefined,
      action: form.actions[read.action as string],
      peers: read[peers.field] as readonly ClusterPolicyPeer[],
      ports: (read[form.ports.field] ?? []) as readonly ClusterPolicyPort[],
      field: place.path,
    };
    return checked(made, place, peers.field, form.ports.field);
  });
  return listOf(rule, 0, form.most);
}

function checked(rule: ClusterPolicyRule, place: Place, peerField: string, portField: string) {
  const faults = [namesPortOfNoPod(rule, place.at(portField)), deniesDomainName(rule, place.at(peerField))];
  return faults.includes(invalid) ? invalid : rule;
}

/** Nodes, networks and domain names have no containers that could name their ports. */
function namesPortOfNoPod({ peers, ports }: ClusterPolicyRule, place: Place): Invalid | undefined {
  const index = ports.findIndex((port) => port.type === 'named');
  const stray = peers.find((peer) => ['nodes', 'networks', 'domainNames'].includes(peer.type));
  if (index < 0 || !stray) return undefined;
  return place.at(index).fault({
    code: 'PTL009',
    problem: `a named port stands in one rule with a ${stray.type} peer, which has no named ports`,
    expected: 'a port number, or a rule of its own',
    rule: 'NP-43',
  });
}

/** What resolves to whatever address can be let through, but not be kept away. */
function deniesDomainName({ action, peers }: ClusterPolicyRule, place: Place): Invalid | undefined {
  const index = peers.findIndex((peer) => peer.type === 'domainNames');
  if (index < 0 || action === 'allow') return undefined;
  return place.at(index).fault({
    code: 'PTL004',
    problem: 'domain names stand in a rule that does not accept',
    expected: 'a rule that accepts, before one that denies the rest',
    rule: 'NP-43',
  });
}
