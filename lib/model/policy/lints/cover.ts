import { CidrSet } from '../../values/cidr-set';
import { PROTOCOLS, type Protocol, TrafficSet } from '../../values/traffic-set';
import { type Extent, peerCovers, type RuleExtent } from './extent';

/** One rule that matches all that another does. */
export function singleCover(rule: RuleExtent, others: readonly RuleExtent[]): readonly RuleExtent[] | undefined {
  const single = others.find((other) => isCovered(rule, [other]));
  return single && [single];
}

/** Rules that only together match all that another does. */
export function jointCover(rule: RuleExtent, others: readonly RuleExtent[]): readonly RuleExtent[] | undefined {
  if (others.length < 2 || !isCovered(rule, others)) return undefined;
  // Those that are not needed would only make the answer longer.
  return others.reduce((needed, other) => {
    const without = needed.filter((each) => each !== other);
    return isCovered(rule, without) ? without : needed;
  }, others);
}

function isCovered(rule: RuleExtent, others: readonly RuleExtent[]): boolean {
  return rule.peers.every((peer) => {
    const ofPeer = others.filter((other) => other.peers.some((wide) => peerCovers(wide, peer)));
    return (ofPeer.length > 0 && trafficCovers(ofPeer, rule)) || isCoveredByAddresses(peer, rule, others);
  });
}

/** Blocks may cover one only together. */
function isCoveredByAddresses(peer: Extent, rule: RuleExtent, others: readonly RuleExtent[]): boolean {
  if (peer.type !== 'addresses') return false;
  const extents = others.filter((other) => trafficCovers([other], rule)).flatMap(({ peers }) => peers);
  const together = extents.reduce(
    (sum, extent) => (extent.type === 'addresses' ? sum.union(extent.addresses) : sum),
    CidrSet.empty,
  );
  return together.covers(peer.addresses);
}

function trafficCovers(others: readonly RuleExtent[], { numbers, names }: RuleExtent): boolean {
  const open = others.reduce((sum, other) => sum.union(other.numbers), TrafficSet.empty);
  const isOpen = (name: string) =>
    others.some((other) => other.names.has(name)) || protocolsOf(name).every((protocol) => open.ports(protocol).isAll);
  return open.covers(numbers) && [...names].every(isOpen);
}

function protocolsOf(name: string): readonly Protocol[] {
  const [protocol] = name.split(' ');
  return protocol === '' ? PROTOCOLS : [protocol as Protocol];
}
