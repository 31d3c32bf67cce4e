import { LabelSelector } from '../../values/label-selector';
import type { Place } from '../reader/place';
import { andThen, list, object, only, orEmpty, type Reader, withDefault } from '../reader/reader';
import { anything, oneOf } from '../reader/scalars';
import type { NetworkPolicyResource, NetworkPolicyRule } from '../resources';
import { kind } from './kind';
import { labelSelector } from './labels';
import { networkPolicyPeer } from './network-policy-peer';
import { networkPolicyPort } from './network-policy-port';

type Spec = Pick<NetworkPolicyResource, 'podSelector' | 'directions' | 'ingress' | 'egress' | 'ignoresEmptyEgress'>;
type PolicyType = (typeof POLICY_TYPES)[number];

const POLICY_TYPES = ['Ingress', 'Egress'] as const;

const peers = list(networkPolicyPeer);
const ports = list(networkPolicyPort);

/** `{}` is a rule that allows everything (NP-07). */
const ingressRule = andThen(object({ from: peers, ports }), ({ from, ports }, place) => ruleOf(from, ports, place));
const egressRule = andThen(object({ to: peers, ports }), ({ to, ports }, place) => ruleOf(to, ports, place));

/** NP-44: at most two. */
const policyTypes: Reader<readonly PolicyType[]> = only(
  list(oneOf('a policy type', POLICY_TYPES, 'NP-02')),
  (types) => types.length <= POLICY_TYPES.length,
  (types, place) =>
    place.fault({
      code: 'PTL004',
      problem: `there are ${types.length} policy types`,
      expected: 'Ingress, Egress or both, once each',
      rule: 'NP-44',
    }),
);

const spec: Reader<Spec> = andThen(
  object({
    // NP-06: absent, it selects every pod of the namespace.
    podSelector: withDefault(labelSelector, LabelSelector.everything),
    policyTypes,
    ingress: list(ingressRule),
    egress: list(egressRule),
  }),
  ({ podSelector, policyTypes, ingress, egress }, place) => ({
    podSelector,
    directions: directionsOf(policyTypes, egress),
    ingress,
    egress,
    ignoresEmptyEgress: policyTypes.length === 0 && egress.length === 0 && !place.at('egress').isAbsent,
  }),
);

const body = object({
  apiVersion: anything,
  kind: anything,
  metadata: anything,
  spec: orEmpty(spec),
  status: anything,
});

/** The older API group of the kind served the same objects. */
export const networkPolicyKind = kind({
  kind: 'NetworkPolicy',
  apiVersions: ['networking.k8s.io/v1', 'extensions/v1beta1'],
  strict: true,
  body,
  make: ({ spec }) => ({ type: 'networkPolicy', ...spec }),
});

/** NP-01: without a list it is ingress, and egress only when there are egress rules; NP-02: a list is taken at its word. */
function directionsOf(types: readonly PolicyType[], egress: readonly unknown[]): Spec['directions'] {
  return types.length > 0
    ? { ingress: types.includes('Ingress'), egress: types.includes('Egress') }
    : { ingress: true, egress: egress.length > 0 };
}

function ruleOf(peers: NetworkPolicyRule['peers'], ports: NetworkPolicyRule['ports'], place: Place): NetworkPolicyRule {
  const hasEmptyPorts = ports.length === 0 && !place.at('ports').isAbsent;
  return { peers, ports, field: place.path, ...(hasEmptyPorts ? { hasEmptyPorts } : {}) };
}
