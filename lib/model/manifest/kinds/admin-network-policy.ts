import { integerWithin } from '../reader/bounded';
import { subdomain } from '../reader/names';
import { object, orEmpty, type Reader, then } from '../reader/reader';
import { anything } from '../reader/scalars';
import type { ClusterPolicyResource } from '../resources';
import { egressPeer, ingressPeer, subject } from './cluster-policy-peer';
import { portItem } from './cluster-policy-port';
import { type RuleForm, rules } from './cluster-policy-rule';
import { kind } from './kind';

const API_VERSIONS = ['policy.networking.k8s.io/v1alpha1'];

const MOST = 100;
const baselineForm: RuleForm = {
  actions: { Allow: 'allow', Deny: 'deny' },
  ports: { field: 'ports', item: portItem },
  most: MOST,
};
const adminForm: RuleForm = { ...baselineForm, actions: { ...baselineForm.actions, Pass: 'pass' } };

type Spec = Pick<ClusterPolicyResource, 'subject' | 'ingress' | 'egress'>;

const shapeOf = (form: RuleForm) => ({
  subject,
  ingress: rules(form, { field: 'from', item: ingressPeer }),
  egress: rules(form, { field: 'to', item: egressPeer(MOST) }),
});
const adminSpec: Reader<Spec & { priority: number }> = object({
  priority: integerWithin(0, 1000),
  ...shapeOf(adminForm),
});
const baselineSpec: Reader<Spec> = object(shapeOf(baselineForm));

const head = { apiVersion: anything, kind: anything, metadata: anything, status: anything };
const adminBody = object({ ...head, spec: orEmpty(adminSpec) });
const baselineBody = object({ ...head, spec: orEmpty(baselineSpec) });

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

/** There is one in a cluster, or none. */
const onlyName: Reader<string> = then(subdomain, (name, place) =>
  name === 'default'
    ? name
    : place.fault({
        code: 'PTL004',
        problem: `a cluster has one BaselineAdminNetworkPolicy, and ${JSON.stringify(name)} is not its name`,
        expected: 'the name default',
        rule: 'NP-43',
        didYouMean: 'default',
      }),
);

/** BaselineAdminNetworkPolicy v1alpha1 (NP-43): without priority, and nothing to pass to. */
export const baselineAdminNetworkPolicyKind = kind({
  kind: 'BaselineAdminNetworkPolicy',
  apiVersions: API_VERSIONS,
  namespaced: false,
  strict: true,
  name: onlyName,
  body: baselineBody,
  make: ({ spec }) => ({
    type: 'clusterPolicy',
    tier: 'Baseline',
    priority: 0,
    ...spec,
  }),
});
