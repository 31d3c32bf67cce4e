import { contains, type Family, familyOf, representatives } from './address';
import { type ClusterDescription, type DeclaredPod, nodesOf } from './cluster';
import { mentionedCidrs } from './mentioned';
import type { End, External, Pod } from './world';

type Told = DeclaredPod | External;

/**
 * Both ends with every address and every pair of nodes that they may have. The addresses are independent of each other,
 * even those of hostNetwork pods on one node: pods that are not yet placed may be on two nodes anyway.
 */
export function* possibleEnds(
  cluster: ClusterDescription,
  from: Told,
  to: Told,
  family: Family,
): Generator<[End, End]> {
  for (const [fromNode, toNode] of possibleNodes(cluster, from, to)) {
    for (const fromAddress of possibleAddresses(cluster, from, fromNode, family)) {
      for (const toAddress of possibleAddresses(cluster, to, toNode, family)) {
        yield [fix(from, fromNode, fromAddress), fix(to, toNode, toAddress)];
      }
    }
  }
}

function fix(end: Told, node: string, address: string): Pod | External {
  return 'ip' in end ? end : { ...end, node, addresses: { [familyOf(address)]: address } };
}

/**
 * Which nodes both are on only matters where one of them has its node's network: it may be any declared node, another
 * one, or the one that the other end is on (NP-30).
 */
function possibleNodes(cluster: ClusterDescription, from: Told, to: Told): [string, string][] {
  const matters = [from, to].some((end) => 'hostNetwork' in end && end.hostNetwork);
  const declared = nodesOf(cluster).map(({ metadata }) => metadata.name);
  const possible = (end: Told, other: Told, elsewhere: string) =>
    nodeOf(end) !== undefined || 'ip' in end || !matters
      ? [nodeOf(end) ?? elsewhere]
      : [...new Set([...declared, ...('ip' in other ? [] : [nodeOf(other) ?? 'one-node']), elsewhere])];
  return possible(from, to, 'one-node').flatMap((fromNode) =>
    possible(to, from, 'another-node').map((toNode): [string, string] => [fromNode, toNode]),
  );
}

function nodeOf(end: Told): string | undefined {
  return 'ip' in end ? undefined : end.node;
}

function possibleAddresses(cluster: ClusterDescription, end: Told, node: string, family: Family): string[] {
  const told = 'ip' in end ? { [familyOf(end.ip)]: end.ip } : end.addresses;
  if (told !== undefined) {
    const address = told[family];
    if (address === undefined) {
      throw new Error(`no IPv${family} address: ${JSON.stringify(end)}`);
    }
    return [address];
  }
  const isHost = 'hostNetwork' in end && end.hostNetwork;
  const ofNode = isHost ? addressesOfNode(cluster, node).filter((each) => familyOf(each) === family) : [];
  if (ofNode.length > 0) {
    return ofNode;
  }
  // NP-28, NP-29: a hostNetwork pod has the address of its node, however policies see it.
  const declared = isHost ? cluster.nodeCidr : cluster.podCidr;
  const range = (declared ?? []).filter((cidr) => familyOf(cidr) === family);
  const cuts = [...mentionedCidrs(cluster), ...range].filter((cidr) => familyOf(cidr) === family);
  const addresses = representatives(cuts, family);
  return range.length === 0 ? addresses : addresses.filter((each) => range.some((cidr) => contains(cidr, each)));
}

function addressesOfNode(cluster: ClusterDescription, node: string): string[] {
  const manifest = nodesOf(cluster).find(({ metadata }) => metadata.name === node);
  return manifest?.status?.addresses.map(({ address }) => address) ?? [];
}
