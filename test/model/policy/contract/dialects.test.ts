import { adminNetworkPolicy as adminDialect } from '../../../../lib/model/policy/admin-network-policy';
import { clusterNetworkPolicy as clusterDialect } from '../../../../lib/model/policy/cluster-network-policy';
import { networkPolicy as networkDialect } from '../../../../lib/model/policy/network-policy';
import { adminNetworkPolicy, clusterNetworkPolicy, policy } from '../../../support/manifests';
import { dialectContract, type Sayings } from './dialect-contract';

const labelled = (app: string) => ({ matchLabels: { app } });
const blue = { matchLabels: { team: 'blue' } };

/** NetworkPolicy: rules that allow; who is selected is isolated. */
function inNetworkPolicy(): Sayings {
  const of = (spec: object, app = 'a') => [policy('p', { podSelector: labelled(app), ...spec }, 'x')];
  const b = [{ podSelector: labelled('b') }];
  const outgoing = [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }];
  const noDeny = { skip: 'NetworkPolicy has no rules that deny or pass' };
  return {
    admits: of({ ingress: [{ from: b, ports: [{ port: 80 }] }] }),
    denies: noDeny,
    passes: noDeny,
    byName: of({ ingress: [{ from: b, ports: [{ port: 'web' }] }] }),
    range: of({ ingress: [{ from: b, ports: [{ port: 8000, endPort: 8010 }] }] }),
    sctp: of({ ingress: [{ from: b, ports: [{ port: 3868, protocol: 'SCTP' }] }] }),
    network: of({ policyTypes: ['Egress'], egress: outgoing }),
    byNamespace: of({ ingress: [{ from: [{ namespaceSelector: blue }] }] }),
    selectsNobody: of({ ingress: [{ from: b, ports: [{ port: 80 }] }] }, 'nobody'),
  };
}

interface Words {
  readonly of: (rules: object, app?: string) => readonly object[];
  readonly accept: string;
  readonly ports: string;
  readonly number: (protocol: string, port: number) => object;
  readonly range: object;
  readonly named: object;
}

/** The cluster-wide APIs: rules top-down, without isolation; a last rule that denies the rest stands for it. */
function inClusterPolicy({ of, accept, ports, number, range, named }: Words): Sayings {
  const everywhere = [{ namespaces: {} }];
  const pods = (app: string) => [{ pods: { namespaceSelector: {}, podSelector: labelled(app) } }];
  const rest = { action: 'Deny', from: everywhere };
  // Whoever is no pod is outside these peers: to keep addresses away a rule must name them, and only egress rules can.
  const admitting = (action: string, match: object) => of({ ingress: [{ action, from: pods('b'), ...match }, rest] });
  return {
    admits: admitting(accept, { [ports]: [number('TCP', 80)] }),
    denies: of({ ingress: [{ action: 'Deny', from: pods('b'), [ports]: [number('TCP', 80)] }] }),
    passes: admitting('Pass', { [ports]: [number('TCP', 80)] }),
    byName: admitting(accept, { [ports]: [named] }),
    range: admitting(accept, { [ports]: [range] }),
    sctp: admitting(accept, { [ports]: [number('SCTP', 3868)] }),
    network: of({
      egress: [
        { action: accept, to: [{ networks: ['192.0.2.0/24'] }] },
        { action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] },
      ],
    }),
    byNamespace: of({ ingress: [{ action: accept, from: [{ namespaces: blue }] }, rest] }),
    selectsNobody: of({ ingress: [rest] }, 'nobody'),
  };
}

const onlyPods = { skip: 'its ingress rules name pods only, and so keep no address away' };
const skips = { 'admits: 192.0.2.7>x/a 80': onlyPods };

const subject = (app: string) => ({ pods: { namespaceSelector: {}, podSelector: labelled(app) } });

dialectContract({
  name: 'NetworkPolicy',
  kinds: networkDialect.kinds,
  compile: (cluster, compiler) => networkDialect.compile(cluster.networkPolicies, compiler),
  says: inNetworkPolicy(),
});
dialectContract({
  name: 'ClusterNetworkPolicy',
  kinds: clusterDialect.kinds,
  compile: (cluster, compiler) => clusterDialect.compile(cluster.clusterPolicies, compiler),
  says: inClusterPolicy({
    of: (rules, app = 'a') => [clusterNetworkPolicy('p', { subject: subject(app), ...rules })],
    accept: 'Accept',
    ports: 'protocols',
    number: (protocol, port) => ({ [protocol.toLowerCase()]: { destinationPort: { number: port } } }),
    range: { tcp: { destinationPort: { range: { start: 8000, end: 8010 } } } },
    named: { destinationNamedPort: 'web' },
  }),
  skips,
});
dialectContract({
  name: 'AdminNetworkPolicy',
  kinds: adminDialect.kinds,
  compile: (cluster, compiler) => adminDialect.compile(cluster.clusterPolicies, compiler),
  says: inClusterPolicy({
    of: (rules, app = 'a') => [adminNetworkPolicy('p', { subject: subject(app), ...rules })],
    accept: 'Allow',
    ports: 'ports',
    number: (protocol, port) => ({ portNumber: { protocol, port } }),
    range: { portRange: { start: 8000, end: 8010 } },
    named: { namedPort: 'web' },
  }),
  skips,
});
