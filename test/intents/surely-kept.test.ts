import fc from 'fast-check';
import type { Checked } from '../../lib/intents/checked';
import type { EndpointRef } from '../../lib/intents/endpoint';
import type { Intent } from '../../lib/intents/intent';
import { checkToReach } from '../../lib/intents/verbs/to-reach';
import type { Network } from '../../lib/model/network';
import { networkOf } from '../model/flow-comparison';
import { clustersWithServices } from '../model/service-map-comparison';
import { deployment, ns, policy, service } from '../support/manifests';
import { app, checking, promise } from './support';

type ToReach = Intent & { verb: 'toReach' };

/** The same network, on which everything is walked. */
function walking(network: Network): Network {
  return Object.create(network, { surelyUses: { value: () => false } });
}

function told(checked: readonly Checked[]) {
  return checked.map((each) => ({
    subject: each.subject,
    target: each.target,
    decidedBy: each.kept ? each.decidedBy() : undefined,
  }));
}

/** Promises of every workload to every other, and to every Service. */
function* promisesIn({ cluster }: Network) {
  const declared = cluster.workloads.filter(({ provenance }) => provenance === 'declared');
  const refs = [...declared, ...cluster.services].map(({ namespace, name }): EndpointRef => {
    return { kind: 'object', namespace, name };
  });
  for (const { namespace, name } of declared) {
    const subject: EndpointRef = { kind: 'object', namespace, name };
    for (const target of refs) {
      for (const by of [undefined, 'service'] as const) {
        yield promise({ verb: 'toReach', negated: false, subject, targets: [target], by }) as ToReach;
      }
    }
  }
}

test('a promise is kept without a walk only where walks keep it, and by the same rules', () => {
  const tally = { short: 0, walked: 0 };
  fc.assert(
    fc.property(clustersWithServices, (cluster) => {
      const network = networkOf(cluster);
      const walk = jest.spyOn(network, 'walk');
      for (const intent of promisesIn(network)) {
        walk.mockClear();
        const quick = checkToReach(intent, network);
        const isShort = walk.mock.calls.length === 0;
        const slow = checkToReach(intent, walking(network));
        expect(told(quick)).toEqual(told(slow));
        if (slow.every(({ kept }) => kept)) tally[isShort ? 'short' : 'walked']++;
      }
    }),
    { numRuns: 150, seed: Number(process.env.PORTOLAN_FUZZ_SEED ?? 1) },
  );
  // Else the comparison would say nothing.
  expect(tally.short).toBeGreaterThan(100);
});

test('who decided is in a report for whoever reads it, and in its JSON', () => {
  const pods = (name: string) => deployment(name, { ports: [{ name: 'http', containerPort: 8080 }] });
  const open = policy('open', { podSelector: { matchLabels: { app: 'api' } }, ingress: [{}] });
  const api = service('api', { selector: { app: 'api' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] });
  const reach = promise({ verb: 'toReach', negated: false, subject: app('web'), targets: [app('api')] });
  const { kept } = checking([ns('shop'), pods('web'), pods('api'), api, open], [reach]);
  expect(kept[0].decidedBy).toEqual(['NetworkPolicy shop/open ingress[0]']);
  expect(JSON.parse(JSON.stringify(kept[0])).decidedBy).toEqual(kept[0].decidedBy);
});
