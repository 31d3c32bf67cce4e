import * as fc from 'fast-check';
import { Service, type ServiceProps, verify } from 'portolan';
import { chartIn } from './manifests';

const port = fc.constantFrom(0, 53, 80, 8080, 30080, 65535, 65536);
const portProps = fc.record(
  {
    port,
    targetPort: fc.constantFrom<number | string>(80, 8080, 'http', 'no-such-name-of-a-port', '80'),
    protocol: fc.constantFrom('TCP', 'UDP', 'SCTP', 'HTTP'),
    nodePort: port,
  },
  { requiredKeys: ['port'] },
);
const address = fc.constantFrom('192.0.2.1', '2001:db8::1', '10.96.0.10', '127.0.0.1', '192.0.2', 'None');
const listOf = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 2 });

const anyValue = fc.record({
  type: fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName', 'Headless'),
  headless: fc.boolean(),
  selector: fc.constantFrom({ app: 'api' }, {}),
  endpoints: listOf(fc.record({ address })),
  ports: fc.dictionary(fc.constantFrom('http', 'dns', 'Web', 'a-b'), fc.oneof(port, portProps), { maxKeys: 3 }),
  externalName: fc.constantFrom('db.example.com', '192.0.2.1', 'db.example.com.', 'a_b', ''),
  clusterIP: address,
  externalIPs: listOf(address),
  sessionAffinity: fc.constantFrom('None', 'ClientIP', 'clientIP'),
  sessionAffinityTimeoutSeconds: fc.constantFrom(0, 60, 86401),
  internalTrafficPolicy: fc.constantFrom('Cluster', 'Local'),
  externalTrafficPolicy: fc.constantFrom('Cluster', 'Local'),
  trafficDistribution: fc.constantFrom('PreferClose', 'PreferSameNode', 'PreferZone'),
  loadBalancerSourceRanges: listOf(fc.constantFrom('192.0.2.0/24', ' 198.51.100.0/24 ', '192.0.2.0')),
  loadBalancerClass: fc.constantFrom('example.com/lb', 'lb', 'a b', 'Example.com/lb'),
  allocateLoadBalancerNodePorts: fc.boolean(),
  healthCheckNodePort: port,
  ipFamilies: listOf(fc.constantFrom('IPv4', 'IPv6')),
  ipFamilyPolicy: fc.constantFrom('SingleStack', 'PreferDualStack', 'RequireDualStack', 'DualStack'),
  publishNotReadyAddresses: fc.boolean(),
});

const selector = { app: 'api' };
const ports = { http: 80 };
const SOUND: readonly object[] = [
  { selector, ports },
  { selector, headless: true },
  { type: 'NodePort', selector, ports },
  { type: 'LoadBalancer', selector, ports, externalTrafficPolicy: 'Local' },
  { endpoints: [{ address: '192.0.2.1' }], ports },
  { type: 'ExternalName', externalName: 'db.example.com' },
];

/** Sound props with a few of them replaced, as a program that nobody type-checked may give them. */
const anyProps = fc
  .tuple(fc.constantFrom(...SOUND), anyValue)
  .chain(([sound, values]) =>
    fc
      .subarray(Object.entries(values), { maxLength: 3 })
      .map((replaced): object => ({ ...sound, ...Object.fromEntries(replaced) })),
  );

/** The message of the refusal; `undefined` where the manifests are made and every synth of them can be judged. */
function refusalOf(props: object): string | undefined {
  const chart = chartIn('shop');
  try {
    new Service(chart, 'api', props as ServiceProps<string>);
  } catch (error) {
    return (error as Error).message;
  }
  expect(verify(chart).faults).toEqual([]);
  return undefined;
}

test('what is not refused where it is declared is not refused by the reader of manifests either', () => {
  let accepted = 0;
  fc.assert(
    fc.property(anyProps, (props) => {
      const refusal = refusalOf(props);
      accepted += refusal === undefined ? 1 : 0;
      if (refusal !== undefined) expect(refusal).toMatch(/^Unable to /);
    }),
    { numRuns: 2000, seed: 1 },
  );
  // Else the law would say nothing.
  expect(accepted).toBeGreaterThan(200);
});
