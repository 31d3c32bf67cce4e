import fc from 'fast-check';
import type { EndpointRef } from '../../lib/intents/endpoint';
import { podsOf } from '../naive/cluster';
import { arbitraryCase, judge, workload } from './promise-cases';
import { internet, promise } from './support';

test('exclusive promises agree with negative ones, whatever the cluster', () => {
  const tally = { reachedOnly: 0, isolated: 0, passing: 0, broken: 0 };
  fc.assert(
    fc.property(arbitraryCase, (given) => {
      fc.pre(given.target !== undefined && given.target.workload !== given.subject.workload);
      const subject = workload(given.subject.id);
      const target = workload(given.target!.id);
      const others = [
        ...new Set(
          podsOf(given.cluster)
            .filter(({ finished, namespace }) => !finished && namespace !== 'kube-system')
            .map(({ id }) => id.replace(/#.*$/, '')),
        ),
      ].filter((id) => ![given.subject.id, given.target!.id].some((one) => one.replace(/#.*$/, '') === id));
      const apart = (from: EndpointRef, to: EndpointRef) =>
        promise({ verb: 'toReach', negated: true, subject: from, targets: [to] });

      const only = promise({ verb: 'toReachOnly', subject, targets: [target] });
      const nobody = promise({ verb: 'toReachOnly', subject, targets: [] });
      const fromNobody = promise({ verb: 'toBeReachedOnlyBy', subject, sources: [] });
      const isolation = { verb: 'toBeIsolated', subject, except: [] } as const;
      const isolated = promise({ ...isolation, ingress: true, egress: true });
      const kept = promise({ ...isolation, ingress: false, egress: true });
      const shut = promise({ ...isolation, ingress: true, egress: false });
      const through = promise({ verb: 'toPassThrough', subject, hop: target, onTheWayTo: internet });
      const toOthers = others.map((id) => apart(subject, workload(id)));
      const toTarget = apart(subject, target);
      const outside = apart(subject, internet);
      const isKept = judge(given, [
        ...[only, nobody, fromNobody, isolated, kept, shut, through, toTarget, outside],
        ...toOthers,
      ]);

      // Whom it does not list it does not reach. Own nodes are left out of exclusive promises, and of no negative one (NP-30).
      const isOnHost = podsOf(given.cluster).some(({ hostNetwork }) => hostNetwork);
      if (isKept(only)) {
        expect(isKept(outside)).toBe(true);
        if (!isOnHost) expect(toOthers.filter((intent) => !isKept(intent))).toEqual([]);
      }
      // Who reaches nobody reaches nobody more.
      if (isKept(nobody)) {
        expect(isKept(only)).toBe(true);
        if (!isOnHost) expect(isKept(toTarget)).toBe(true);
      }
      expect(isKept(isolated)).toBe(isKept(kept) && isKept(shut));
      expect(isKept(kept)).toBe(isKept(nobody));
      expect(isKept(shut)).toBe(isKept(fromNobody));
      if (isKept(through)) expect(isKept(outside)).toBe(true);
      tally.reachedOnly += isKept(only) ? 1 : 0;
      tally.isolated += isKept(isolated) ? 1 : 0;
      tally.passing += isKept(through) ? 1 : 0;
      tally.broken += isKept(only) ? 0 : 1;
    }),
    { numRuns: 150, seed: 1 },
  );
  // Else the laws would say nothing.
  expect(tally.reachedOnly).toBeGreaterThan(5);
  expect(tally.isolated).toBeGreaterThan(0);
  expect(tally.broken).toBeGreaterThan(10);
});
