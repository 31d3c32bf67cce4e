import fc from 'fast-check';
import type { Network } from '../../../lib/model/network';
import { networkOf } from '../flow-comparison';
import { clustersWithServices } from '../service-map-comparison';

/** Every question about a Service that somebody may ask, with what walks and the short cut say to it. */
function* answersIn(network: Network) {
  for (const pod of network.cluster.pods) {
    for (const service of network.cluster.services) {
      for (const port of service.ports) {
        for (const by of ['name', 'service'] as const) {
          const isSure = network.surelyUses(pod, service, port, by);
          const dialled = { port: port.port, protocol: port.protocol, by, ownNode: 'left-out' as const };
          const from = { type: 'pods' as const, label: 'client', pods: [pod] };
          const to = { type: 'service' as const, label: service.name, service };
          const asked = { pod: pod.workload.name, service: service.name, port: port.port, by };
          yield {
            asked,
            isSure,
            walk: network.walk({ from, to, ...dialled }),
            known: network.answering(service, port),
          };
        }
      }
    }
  }
}

test('who surely uses a Service is let through by every walk, to the very pods that are said to answer (SVC-28)', () => {
  const tally = { sure: 0, notSure: 0 };
  fc.assert(
    fc.property(clustersWithServices, (cluster) => {
      for (const { asked, isSure, walk, known } of answersIn(networkOf(cluster))) {
        if (isSure) {
          expect({ asked, outcome: walk.outcome }).toEqual({ asked, outcome: 'allowed' });
          expect(new Set(walk.pairs.map(({ target }) => target))).toEqual(new Set(known));
        }
        if (walk.outcome === 'allowed') tally[isSure ? 'sure' : 'notSure']++;
      }
    }),
    { numRuns: 300, seed: Number(process.env.PORTOLAN_FUZZ_SEED ?? 1) },
  );
  // Else the comparison would say nothing.
  expect(tally.sure).toBeGreaterThan(100);
});
