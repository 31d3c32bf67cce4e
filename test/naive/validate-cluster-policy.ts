import { type ClusterPort, type ClusterRule, clusterPolicyOf } from './cluster-policy-form';
import type { ClusterPeerManifest, ClusterPolicyManifest, ClusterSubject } from './cluster-policy-manifests';
import { refuse, validateSelector } from './validate';

/** Throws where the API server would reject the policy, or where the API says that nobody supports it (NP-43). */
export function validateClusterPolicy(manifest: ClusterPolicyManifest): void {
  const { kind, name, priority, subject, rules } = clusterPolicyOf(manifest);
  const isBaseline = kind === 'BaselineAdminNetworkPolicy';
  refuse(isBaseline && name !== 'default', 'NP-43', `a ${kind} is called ${name}`);
  refuse(priority < 0 || priority > 1000, 'NP-43', `${name} has priority ${priority}`);
  validateSubject(subject);
  const selections = [subject, ...[...rules.Ingress, ...rules.Egress].flatMap(({ peers }) => peers)];
  const isHalf = selections.some(({ pods }) => pods !== undefined && pods.namespaceSelector === undefined);
  refuse(kind !== 'ClusterNetworkPolicy' && isHalf, 'NP-43', `${name} selects pods without a namespaceSelector`);
  for (const rule of rules.Ingress) {
    validateRule(rule);
    refuse(rule.peers.some(isOfEgressOnly), 'NP-43', `${name} lets in what only egress knows`);
  }
  for (const rule of rules.Egress) {
    validateRule(rule);
    const isNamed = rule.ports?.some(({ type }) => type === 'name') ?? false;
    refuse(isNamed && rule.peers.some(isOfEgressOnly), 'NP-43', `${name} names a port of what has no named ports`);
  }
  for (const rule of isBaseline ? [...rules.Ingress, ...rules.Egress] : []) {
    refuse(rule.action === 'Pass', 'NP-43', 'nothing comes after the baseline');
    refuse(
      rule.peers.some(({ domainNames }) => domainNames),
      'NP-43',
      'domain names in the baseline',
    );
  }
}

function validateSubject(subject: ClusterSubject): void {
  refuse(Object.keys(subject).length !== 1, 'NP-43', 'a subject has not one field');
  [subject.namespaces, subject.pods?.namespaceSelector, subject.pods?.podSelector].forEach(validateSelector);
}

function validateRule({ action, peers, ports }: ClusterRule): void {
  refuse(peers.length === 0, 'NP-43', 'a rule has no peers');
  refuse(ports?.length === 0, 'NP-43', 'a rule has an empty list of ports');
  refuse(action !== 'Accept' && peers.some(({ domainNames }) => domainNames), 'NP-43', `${action} with domain names`);
  peers.forEach(validatePeer);
  (ports ?? []).forEach(validatePort);
}

function validatePeer(peer: ClusterPeerManifest): void {
  refuse(Object.keys(peer).length !== 1, 'NP-43', 'a peer has not one field');
  refuse(peer.networks?.length === 0 || peer.domainNames?.length === 0, 'NP-43', 'a peer is an empty list');
  [peer.namespaces, peer.pods?.namespaceSelector, peer.pods?.podSelector, peer.nodes].forEach(validateSelector);
}

function validatePort(port: ClusterPort): void {
  const isRange = port.type === 'range';
  refuse(isRange && (port.first < 1 || port.last > 65535 || port.last < port.first), 'NP-43', 'a range is no range');
  refuse(port.type === 'name' && port.name === '', 'NP-43', 'a port has an empty name');
}

function isOfEgressOnly({ networks, nodes, domainNames }: ClusterPeerManifest): boolean {
  return [networks, nodes, domainNames].some((each) => each !== undefined);
}
