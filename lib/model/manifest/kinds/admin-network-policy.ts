import { integerWithin } from '../reader/bounded';
import { subdomain } from '../reader/names';
import { object, orEmpty, type Reader } from '../reader/reader';
import { anything } from '../reader/scalars';
import type { ClusterPolicyResource } from '../resources';
import { peerReaders } from './cluster-policy-peer';
import { portItem } from './cluster-policy-port';
import { type RuleForm, rules } from './cluster-policy-rule';
import { kind } from './kind';

const API_VERSIONS = ['policy.networking.k8s.io/v1alpha1'];

const baselineForm: RuleForm = {
  actions: { Allow: 'allow', Deny: 'deny' },
  ports: { field: 'ports', item: portItem },
  most: 100,
};
const adminForm: RuleForm = { ...baselineForm, actions: { ...baselineForm.actions, Pass: 'pass' } };

type Spec = Pick<ClusterPolicyResource, 'subject' | 'ingress' | 'egress'>;

function shapeOf(form: RuleForm, kind: { readonly domainNames: boolean }) {
  const peers = peerReaders(kind);
  return {
    subject: peers.subject,
    ingress: rules(form, { field: 'from', item: peers.ingress }),
    egress: rules(form, { field: 'to', item: peers.egress }),
  };
}

const adminSpec: Reader<Spec & { priority: number }> = object({
  priority: integerWithin(0, 1000),
  ...shapeOf(adminForm, { domainNames: true }),
});
const baselineSpec: Reader<Spec> = object(shapeOf(baselineForm, { domainNames: false }));

const head = { apiVersion: anything, kind: anything, metadata: anything, status: anything };
const adminBody = object({ ...head, spec: orEmpty(adminSpec) });

/** AdminNetworkPolicy v1alpha1 (NP-43). */
export const adminNetworkPolicyKind = kind({
  kind: 'AdminNetworkPolicy',
  apiVersions: API_VERSIONS,
  namespaced: false,
  strict: true,
  name: subdomain,
  body: adminBody,
  make: ({ spec }) => ({ type: 'clusterPolicy', tier: 'Admin', ...spec }),
});

const ONLY_NAME = 'default';

/** There is one in a cluster, or none. Without a name it would get a generated one, which is never that of the one. */
const onlyName: Reader<unknown> = (metadata) => {
  const name = metadata.at('name');
  const isNamed = !name.isAbsent && name.value !== '';
  const given = isNamed ? name : metadata.at('generateName');
  // Of what is no name at all the metadata tells itself.
  if (typeof given.value !== 'string' || given.value === '' || (isNamed && given.value === ONLY_NAME)) return undefined;
  return given.fault({
    code: 'PTL004',
    problem: `a cluster has one BaselineAdminNetworkPolicy, and ${JSON.stringify(given.value)} is not its name`,
    expected: `the name ${ONLY_NAME}`,
    rule: 'NP-43',
    didYouMean: ONLY_NAME,
  });
};

const baselineBody = object({ ...head, metadata: onlyName, spec: orEmpty(baselineSpec) });

/** BaselineAdminNetworkPolicy v1alpha1 (NP-43): without priority, and nothing to pass to. */
export const baselineAdminNetworkPolicyKind = kind({
  kind: 'BaselineAdminNetworkPolicy',
  apiVersions: API_VERSIONS,
  namespaced: false,
  strict: true,
  body: baselineBody,
  make: ({ spec }) => ({ type: 'clusterPolicy', tier: 'Baseline', priority: 0, ...spec }),
});
