import fc from 'fast-check';
import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { QUERY_TYPES, type QueryType } from '../../../lib/model/dns/record';
import { Zone } from '../../../lib/model/dns/zone';
import { service } from '../../support/manifests';
import { networkOf, running } from './support';

interface Pod {
  readonly app: string;
  readonly hostname?: string;
  readonly subdomain?: string;
}

interface Service {
  readonly type: 'cluster' | 'headless' | 'alias';
  readonly app: string;
  readonly portName?: string;
  readonly alias: string;
}

const NAMES = ['a', 'b', 'c'] as const;
const SVC = 'shop.svc.cluster.local';
const name = fc.constantFrom(...NAMES);
const pods: fc.Arbitrary<readonly Pod[]> = fc.array(
  fc.record({
    app: name,
    hostname: fc.option(name, { nil: undefined }),
    subdomain: fc.option(name, { nil: undefined }),
  }),
  { maxLength: 4 },
);
const services: fc.Arbitrary<readonly Service[]> = fc.array(
  fc.record({
    type: fc.constantFrom('cluster' as const, 'headless' as const, 'alias' as const),
    app: name,
    portName: fc.option(fc.constantFrom('http', 'sql'), { nil: undefined }),
    alias: fc.constantFrom(`a.${SVC}`, `b.${SVC}`, 'www.example.com'),
  }),
  { maxLength: 3 },
);

/** The manifests as an author writes them, or as the cluster shows them once it has chosen every address. */
function manifestsOf(pods: readonly Pod[], services: readonly Service[], isDeployed: boolean): readonly object[] {
  return [
    ...pods.map(({ app, ...spec }, i) => {
      const pod = running(`shop/pod-${i}`, { app, ip: `10.244.0.${i + 2}`, spec });
      return isDeployed ? pod : { ...pod, status: undefined };
    }),
    ...services.map(({ type, app, portName, alias }, i) => {
      if (type === 'alias') return service(NAMES[i], { type: 'ExternalName', externalName: alias });
      const own = { selector: { app }, ports: [{ name: portName, port: 80, targetPort: 8080 }] };
      if (type === 'headless') return service(NAMES[i], { ...own, clusterIP: 'None' });
      return service(NAMES[i], isDeployed ? { ...own, clusterIP: `10.96.0.${i + 2}`, ipFamilies: ['IPv4'] } : own);
    }),
  ];
}

const label = fc.constantFrom(...NAMES, 'pod-0', '10-244-0-2', '10-244-0-3', '_http', '_tcp');
const asked: fc.Arbitrary<string> = fc.oneof(
  fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => `${labels.join('.')}.${SVC}`),
  fc.constantFrom('10-244-0-2.shop.pod.cluster.local', '10-244-0-9.shop.pod.cluster.local'),
  fc.constantFrom('2.0.244.10', '3.0.244.10', '2.0.96.10', '9.0.96.10').map((ip) => `${ip}.in-addr.arpa`),
);
const profiles: fc.Arbitrary<ClusterProfileSpec> = fc.record({
  dns: fc.record({ pods: fc.constantFrom('disabled' as const, 'insecure' as const, 'verified' as const) }),
  podCidr: fc.constantFrom(undefined, '10.244.0.0/16'),
  serviceCidr: fc.constantFrom(undefined, '10.96.0.0/12'),
});
const questions = fc.array(fc.tuple(asked, fc.constantFrom<QueryType[]>(...QUERY_TYPES)), {
  minLength: 20,
  maxLength: 20,
});

test('what is certain before anything is deployed is so afterwards, whatever addresses were chosen', () => {
  let certain = 0;
  fc.assert(
    fc.property(pods, services, profiles, questions, (pods, services, profile, questions) => {
      const [before, after] = [false, true].map(
        (isDeployed) => new Zone(networkOf(manifestsOf(pods, services, isDeployed), profile).cluster),
      );
      for (const [name, type] of questions) {
        const [early, late] = [before.answer(name, type), after.answer(name, type)];
        if (early.rcode === 'unknown') continue;
        certain += 1;
        // A name that nobody has may still be passed on to servers outside.
        expect([name, type, late.rcode]).toEqual([name, type, early.rcode]);
        for (const { data } of early.answers) {
          if (data !== undefined) expect(late.answers.map((record) => record.data)).toContain(data);
        }
        if (early.doubts.length === 0) expect(late.answers).toHaveLength(early.answers.length);
      }
    }),
    { numRuns: 300 },
  );
  expect(certain).toBeGreaterThan(1000);
});

const short = fc.oneof(
  fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.')),
  fc.array(label, { minLength: 1, maxLength: 2 }).map((labels) => `${labels.join('.')}.shop`),
  name.map((service) => `${service}.${SVC}`),
);
const clients = fc.record({
  ndots: fc.constantFrom('1', '2', '5'),
  searches: fc.constantFrom<string[][]>([], ['corp.example'], [SVC]),
});

test('and so is what a pod is told', () => {
  let certain = 0;
  fc.assert(
    fc.property(pods, services, profiles, clients, fc.array(short, { minLength: 10, maxLength: 10 }), (...drawn) => {
      const [pods, services, profile, { ndots, searches }, names] = drawn;
      const spec = { dnsConfig: { searches, options: [{ name: 'ndots', value: ndots }] } };
      const [before, after] = [false, true].map((isDeployed) =>
        networkOf(
          [...manifestsOf(pods, services, isDeployed), running('shop/client', { ip: '10.244.0.99', spec })],
          profile,
        ),
      );
      for (const name of names) {
        const [early, late] = [before, after].map((network) => network.resolve({ name, from: 'shop/client' }));
        if (early.result === 'unknown') continue;
        certain += 1;
        expect([name, late.result, late.answeredBy, late.by]).toEqual([name, early.result, early.answeredBy, early.by]);
        expect(late.queries.map((query) => query.name)).toEqual(early.queries.map((query) => query.name));
      }
    }),
    { numRuns: 300 },
  );
  expect(certain).toBeGreaterThan(300);
});
