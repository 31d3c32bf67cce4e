import { labelled } from './support';

const API = 'policy.networking.k8s.io';
/** Every pod of every namespace. */
export const everywhere = { namespaces: {} };
export const team = (name: string) => ({ namespaces: { matchLabels: { team: name } } });
export const app = (name: string, namespaceSelector = {}) => ({
  pods: { namespaceSelector, podSelector: labelled(name) },
});
export const tcp = (number: number) => [{ tcp: { destinationPort: { number } } }];
export const range = (start: number, end: number) => [{ tcp: { destinationPort: { range: { start, end } } } }];
export const namedPort = (destinationNamedPort: string) => [{ destinationNamedPort }];
export const rule = (action: string, peer: object, protocols?: readonly object[]) => ({
  action,
  from: [peer],
  ...(protocols && { protocols }),
});
export const out = (action: string, peer: object, protocols?: readonly object[]) => ({
  action,
  to: [peer],
  ...(protocols && { protocols }),
});

/** A policy of tier Admin, priority 10, for every pod, with whatever else its `spec` has. */
export const cnp = (name: string, spec: object) => ({
  apiVersion: `${API}/v1alpha2`,
  kind: 'ClusterNetworkPolicy',
  metadata: { name },
  spec: { tier: 'Admin', priority: 10, subject: everywhere, ...spec },
});
export const anp = (name: string, spec: object) => ({
  apiVersion: `${API}/v1alpha1`,
  kind: 'AdminNetworkPolicy',
  metadata: { name },
  spec: { priority: 10, subject: everywhere, ...spec },
});
