import fc from 'fast-check';
import type { EndpointRef } from '../../lib/intents/endpoint';
import type { Intent } from '../../lib/intents/intent';
import { arbitraryCluster } from '../naive/arbitraries';
import { NAMESPACE_NAMES, POD_LABELS, PORT_NAMES, PORT_NUMBERS } from '../naive/arbitrary-policies';
import { podsOf } from '../naive/cluster';
import { service } from '../support/manifests';
import { checking } from './support';

const servicePort = fc.record({
  name: fc.constant('port'),
  port: fc.constantFrom(...PORT_NUMBERS),
  targetPort: fc.constantFrom<string | number>(...PORT_NUMBERS, ...PORT_NAMES),
});

const selector = fc.constantFrom(
  ...POD_LABELS.app.map((app) => ({ app })),
  ...POD_LABELS.tier.map((tier) => ({ tier })),
);

const typed = fc.constantFrom<object>(
  {},
  { clusterIP: 'None' },
  { type: 'NodePort' },
  { type: 'NodePort', externalTrafficPolicy: 'Local' },
  { type: 'LoadBalancer', loadBalancerSourceRanges: ['203.0.113.0/24'] },
  { internalTrafficPolicy: 'Local' },
  { externalIPs: ['198.51.100.7'] },
);

/** A Service called `s` in a namespace, perhaps with an address of somebody else behind it. */
const arbitraryService = fc
  .record({
    typed,
    selector,
    port: servicePort,
    namespace: fc.constantFrom(...NAMESPACE_NAMES),
    isSliced: fc.boolean(),
  })
  .map(({ typed, selector, port, namespace, isSliced }) => {
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 's-1', namespace, labels: { 'kubernetes.io/service-name': 's' } },
      addressType: 'IPv4',
      ports: [{ name: 'port', port: port.port }],
      endpoints: [{ addresses: ['203.0.113.5'] }],
    };
    const own = service('s', { ...typed, selector, ports: [port] }, namespace);
    return { namespace, selector, manifests: isSliced ? [own, slice] : [own] };
  });

/** A cluster with a Service, and two of its pods. */
export const arbitraryCase = fc
  .record({
    cluster: arbitraryCluster(),
    service: arbitraryService,
    cni: fc.constantFrom('calico', 'cilium', 'conformant'),
    isPort: fc.boolean(),
  })
  .chain((given) => {
    const alive = podsOf(given.cluster).filter(({ finished }) => !finished);
    return fc.record({
      ...Object.fromEntries(Object.entries(given).map(([key, value]) => [key, fc.constant(value)])),
      subject: fc.constantFrom(...alive),
      target: fc.constantFrom(undefined, ...alive),
    }) as fc.Arbitrary<typeof given & { subject: (typeof alive)[number]; target?: (typeof alive)[number] }>;
  });

/** The workload of a pod of the naive cluster. */
export function workload(id: string): EndpointRef {
  const [namespace, name] = id.replace(/#.*$/, '').split('/');
  return { kind: 'object', namespace, name };
}

/** Whether each promise holds on the cluster of the case. */
export function judge(
  {
    cluster,
    service,
    cni,
  }: {
    cluster: { manifests: readonly object[]; podCidr?: readonly string[]; nodeCidr?: readonly string[] };
    service: { manifests: readonly object[] };
    cni: string;
  },
  intents: readonly Intent[],
) {
  const { manifests, podCidr, nodeCidr } = cluster;
  const profile = { cni, podCidr, nodeCidr, serviceCidr: ['10.96.0.0/12', 'fd00:10:96::/112'] };
  const report = checking([...manifests, ...service.manifests], intents, profile);
  expect(report.faults).toEqual([]);
  const broken = new Set(report.findings.flatMap(({ intent, also }) => [intent, ...also]));
  return (intent: Intent) => !broken.has(intent);
}
