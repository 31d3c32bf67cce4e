import { integerWithin } from '../reader/bounded';
import { subdomain } from '../reader/names';
import { object, orEmpty, type Reader } from '../reader/reader';
import { anything, oneOf } from '../reader/scalars';
import type { ClusterPolicyResource, ResourceBase } from '../resources';
import { peerReaders } from './cluster-policy-peer';
import { protocolItem } from './cluster-policy-port';
import { type RuleForm, rules } from './cluster-policy-rule';
import { kind } from './kind';

const peers = peerReaders({ domainNames: true });
const form: RuleForm = {
  actions: { Accept: 'allow', Deny: 'deny', Pass: 'pass' },
  ports: { field: 'protocols', item: protocolItem },
  most: 25,
};

type Spec = Omit<ClusterPolicyResource, 'type' | keyof ResourceBase>;

const spec: Reader<Spec> = object({
  tier: oneOf('a tier', ['Admin', 'Baseline'] as const, 'NP-43'),
  priority: integerWithin(0, 1000),
  subject: peers.subject,
  ingress: rules(form, { field: 'from', item: peers.ingress }),
  egress: rules(form, { field: 'to', item: peers.egress }),
});

const body = object({
  apiVersion: anything,
  kind: anything,
  metadata: anything,
  spec: orEmpty(spec),
  status: anything,
});

/** ClusterNetworkPolicy v1alpha2 (NP-43). Other versions of it are known of, and not modelled. */
export const clusterNetworkPolicyKind = kind({
  kind: 'ClusterNetworkPolicy',
  apiVersions: ['policy.networking.k8s.io/v1alpha2'],
  namespaced: false,
  strict: true,
  name: subdomain,
  body,
  make: ({ spec }) => ({ type: 'clusterPolicy', ...spec }),
});
