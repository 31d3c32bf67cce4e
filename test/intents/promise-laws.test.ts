import fc from 'fast-check';
import type { EndpointRef } from '../../lib/intents/endpoint';
import type { ReachBy } from '../../lib/intents/intent';
import { arbitraryCase, judge, workload } from './promise-cases';
import { portOf, promise } from './support';

const WAYS: readonly (ReachBy | undefined)[] = [undefined, 'name', 'service', 'podIP'];

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
