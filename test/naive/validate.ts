import { isStrictlyWithin } from './address';
import type { NetworkPolicyManifest, Peer, PolicyPort, Selector } from './manifests';

/** Throws where the API server would reject the policy, so that nobody asks what such a policy means. */
export function validatePolicy({ metadata, spec }: NetworkPolicyManifest): void {
  const types = spec.policyTypes ?? [];
  refuse(types.length > 2, 'NP-44', `${metadata.name} has more than two policyTypes`);
  validateSelector(spec.podSelector);
  for (const rule of spec.ingress ?? []) {
    (rule.from ?? []).forEach(validatePeer);
    (rule.ports ?? []).forEach(validatePort);
  }
  for (const rule of spec.egress ?? []) {
    (rule.to ?? []).forEach(validatePeer);
    (rule.ports ?? []).forEach(validatePort);
  }
}

function validatePeer({ ipBlock, podSelector, namespaceSelector }: Peer): void {
  const selectors = [podSelector, namespaceSelector].filter((each) => each !== undefined);
  selectors.forEach(validateSelector);
  refuse(ipBlock === undefined && selectors.length === 0, 'NP-12', 'a peer has no field');
  refuse(ipBlock !== undefined && selectors.length > 0, 'NP-12', 'a peer has an ipBlock and a selector');
  for (const except of ipBlock?.except ?? []) {
    const cidr = ipBlock?.cidr ?? '';
    refuse(!isStrictlyWithin(except, cidr), 'NP-16', `${except} is not strictly within ${cidr}`);
  }
}

function validatePort({ port, endPort, protocol }: PolicyPort): void {
  refuse(typeof port === 'string' && !/[a-z]/.test(port), 'NP-24', `"${port}" is no port name`);
  refuse(typeof port === 'number' && (port < 1 || port > 65535), 'NP-09', `${port} is no port`);
  refuse(endPort !== undefined && typeof port !== 'number', 'NP-25', 'an endPort needs a numeric port');
  refuse(endPort !== undefined && typeof port === 'number' && endPort < port, 'NP-25', 'an endPort is below its port');
  refuse(protocol !== undefined && !['TCP', 'UDP', 'SCTP'].includes(protocol), 'NP-26', `no protocol: ${protocol}`);
}

export function validateSelector(selector: Selector | undefined): void {
  for (const { operator, values = [] } of selector?.matchExpressions ?? []) {
    const needsValues = operator === 'In' || operator === 'NotIn';
    refuse(needsValues !== values.length > 0, 'NP-13', `${operator} with ${values.length} values`);
  }
}

export function refuse(wrong: boolean, rule: string, problem: string): void {
  if (wrong) {
    throw new Error(`${rule}: ${problem}`);
  }
}
