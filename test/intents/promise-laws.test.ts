import fc from 'fast-check';
import type { EndpointRef } from '../../lib/intents/endpoint';
import type { Intent, ReachBy } from '../../lib/intents/intent';
import { arbitraryCluster } from '../naive/arbitraries';
import { NAMESPACE_NAMES, POD_LABELS, PORT_NAMES, PORT_NUMBERS } from '../naive/arbitrary-policies';
import { podsOf } from '../naive/cluster';
import { service } from '../support/manifests';
import { checking, portOf, promise } from './support';

const WAYS: readonly (ReachBy | undefined)[] = [undefined, 'name', 'service', 'podIP'];

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

const arbitraryCase = fc
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

function workload(id: string): EndpointRef {
  const [namespace, name] = id.replace(/#.*$/, '').split('/');
  return { kind: 'object', namespace, name };
}

/** Whether each promise holds on the cluster of the case. */
function judge(
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

test('promises agree with each other, whatever the cluster', () => {
  const tally = { kept: 0, keptApart: 0 };
  fc.assert(
    fc.property(arbitraryCase, (given) => {
      const { namespace, selector } = given.service;
      // A promise between a pod and itself is about its other replicas.
      const isSelected = Object.entries(selector).every(([key, value]) => given.subject.labels[key] === value);
      fc.pre(given.target?.workload !== given.subject.workload);
      fc.pre(given.subject.namespace !== namespace || !isSelected);
      const subject = workload(given.subject.id);
      const named: EndpointRef = { kind: 'object', object: 'Service', namespace, name: 's' };
      const whole = given.target ? workload(given.target.id) : named;
      const target = given.isPort && !given.target ? portOf(whole, 'port') : whole;
      const reach = (negated: boolean, to: EndpointRef, by?: ReachBy) =>
        promise({ verb: 'toReach', negated, subject, targets: [to], by });
      const positive = WAYS.map((by) => reach(false, target, by));
      const negative = WAYS.map((by) => reach(true, target, by));
      const nodePort: EndpointRef = { kind: 'nodePort', of: named, port: 'port' };
      const [toNodePort, notToNodePort, notToService] = [
        reach(false, nodePort),
        reach(true, nodePort),
        reach(true, portOf(named, 'port')),
      ];
      const resolve = (negated: boolean) =>
        promise({ verb: 'toResolve', negated, subject, name: `s.${namespace}.svc.cluster.local` });
      const [resolves, resolvesNot] = [resolve(false), resolve(true)];
      const isKept = judge(given, [
        ...positive,
        ...negative,
        toNodePort,
        notToNodePort,
        notToService,
        resolves,
        resolvesNot,
      ]);

      const [, byName, byService] = positive.map(isKept);
      const [onNoWay, notByName, notByService, notByAddress] = negative.map(isKept);
      WAYS.forEach((by, i) => {
        expect({ by, both: isKept(positive[i]) && isKept(negative[i]) }).toEqual({ by, both: false });
      });
      // What is reached on no way is reached on none of them.
      if (onNoWay)
        expect({ notByName, notByService, notByAddress }).toEqual({
          notByName: true,
          notByService: true,
          notByAddress: true,
        });
      // The way by name leads through the Service.
      if (byName) expect(byService).toBe(true);
      if (notByService) expect(notByName).toBe(true);
      // The ports of nodes are a way to the Service.
      expect(isKept(toNodePort) && isKept(notToNodePort)).toBe(false);
      if (isKept(notToService)) expect(isKept(notToNodePort)).toBe(true);
      expect(isKept(resolves) && isKept(resolvesNot)).toBe(false);
      if (byName && !given.target) expect(isKept(resolves)).toBe(true);
      tally.kept += positive.some(isKept) ? 1 : 0;
      tally.keptApart += onNoWay ? 1 : 0;
    }),
    { numRuns: 250, seed: 1 },
  );
  // Else the laws would say nothing.
  expect(tally.kept).toBeGreaterThan(10);
  expect(tally.keptApart).toBeGreaterThan(10);
});
