import type { FieldPath, Manifest } from '../../../lib/model/finding/origin';
import { parseManifests } from '../../../lib/model/manifest/parse';
import { faultsOf, networkPolicy, pod, read, service } from './reading';

const namesOf = (...objects: unknown[]) => read(...objects).resources.map(({ kind, name }) => `${kind} ${name}`);
const object = (apiVersion: string, kind: string, name = 'a') => ({ apiVersion, kind, metadata: { name }, spec: {} });

describe('lists', () => {
  const named = (name: string) => ({ ...pod({}), metadata: { name } });

  test('a List is taken apart, however deep', () => {
    const inner = { apiVersion: 'v1', kind: 'List', items: [named('b')] };
    expect(namesOf({ apiVersion: 'v1', kind: 'List', items: [named('a'), inner] }, named('c'))).toEqual([
      'Pod a',
      'Pod b',
      'Pod c',
    ]);
  });

  test('items of a PodList need not say that they are Pods', () => {
    const items = [{ metadata: { name: 'a' }, spec: {} }];
    expect(namesOf({ apiVersion: 'v1', kind: 'PodList', metadata: {}, items })).toEqual(['Pod a']);
  });

  test.each([[[]], [null], [undefined]])('items of %j are none', (items) => {
    expect(read({ apiVersion: 'v1', kind: 'List', items })).toEqual({ resources: [], faults: [] });
  });

  test('faults of an item are told by the way from the root of the document', () => {
    const items = [named('a'), service({ type: 'x' }), 'text', null];
    expect(faultsOf({ apiVersion: 'v1', kind: 'List', items })).toEqual([
      'PTL004 items[1].spec.type',
      'PTL002 items[2]',
      'PTL003 items[3].apiVersion',
      'PTL003 items[3].kind',
    ]);
    expect(faultsOf({ apiVersion: 'v1', kind: 'List', items: {} })).toEqual(['PTL002 items']);
  });
});

describe('kinds', () => {
  test.each([
    ['v1', 'ServiceAccount'],
    ['apps/v1', 'ControllerRevision'],
    ['serving.knative.dev/v1', 'Service'],
    ['batch.volcano.sh/v1alpha1', 'Job'],
    ['projectcalico.org/v3', 'StagedNetworkPolicy'],
    ['example.com/v1', 'AllowList'],
  ])('%s %s says nothing of the network', (apiVersion, kind) => {
    expect(read({ apiVersion, kind, spec: 'anything' })).toEqual({ resources: [], faults: [] });
  });

  test.each([
    ['policy.networking.k8s.io/v1beta1', 'ClusterNetworkPolicy', 'policy', ''],
    ['projectcalico.org/v3', 'NetworkPolicy', 'policy', 'default'],
    ['crd.projectcalico.org/v1', 'GlobalNetworkPolicy', 'policy', ''],
    ['cilium.io/v2', 'CiliumNetworkPolicy', 'policy', 'default'],
    ['cilium.io/v2', 'CiliumClusterwideNetworkPolicy', 'policy', ''],
    ['crd.antrea.io/v1beta1', 'ClusterNetworkPolicy', 'policy', ''],
    ['k8s.cni.cncf.io/v1beta1', 'MultiNetworkPolicy', 'policy', 'default'],
    ['k8s.ovn.org/v1', 'EgressFirewall', 'policy', 'default'],
    ['network.openshift.io/v1', 'EgressNetworkPolicy', 'policy', 'default'],
    ['security.istio.io/v1', 'AuthorizationPolicy', 'mesh', 'default'],
    ['networking.istio.io/v1', 'Sidecar', 'mesh', 'default'],
    ['policy.linkerd.io/v1beta3', 'Server', 'mesh', 'default'],
    ['networking.k8s.io/v1beta1', 'Ingress', 'routing', 'default'],
    ['gateway.networking.k8s.io/v1alpha1', 'HTTPRoute', 'routing', 'default'],
    ['networking.istio.io/v1', 'Gateway', 'routing', 'default'],
    ['route.openshift.io/v1', 'Route', 'routing', 'default'],
  ])('%s %s is known but not modelled', (apiVersion, kind, concern, namespace) => {
    expect(read(object(apiVersion, kind)).resources).toMatchObject([
      { type: 'unmodelled', apiVersion, kind, concern, namespace, spec: {} },
    ]);
  });

  test('the whole object stands in for a spec that is not there, or not alone', () => {
    const bare = { apiVersion: 'k8s.ovn.org/v1', kind: 'EgressFirewall', metadata: { name: 'a' }, rules: [] };
    const cilium = { ...object('cilium.io/v2', 'CiliumNetworkPolicy', 'b'), specs: [{}] };
    expect(read(bare, cilium).resources).toMatchObject([{ spec: { rules: [] } }, { spec: { specs: [{}] } }]);
  });

  test('SVC-04, SVC-08: an EndpointSlice joins by its label, and is ready where nobody says otherwise', () => {
    const labels = { 'kubernetes.io/service-name': 'api' };
    const going = { addresses: ['10.0.0.2'], conditions: { ready: false, serving: true, terminating: true } };
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      addressType: 'IPv4',
      metadata: { name: 'a', labels },
      ports: [{ name: 'http', port: 8080 }],
      endpoints: [{ addresses: ['10.0.0.1'] }, going],
    };
    expect(read(slice).resources).toMatchObject([
      {
        serviceName: 'api',
        ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
        endpoints: [
          { ready: true, serving: true, terminating: false },
          { ready: false, serving: true, terminating: true },
        ],
      },
    ]);
  });

  test('SVC-25: the hints of a slice, and what its endpoints stand for, are read', () => {
    const endpoint = {
      addresses: ['10.0.0.1'],
      nodeName: 'a',
      zone: 'z',
      hints: { forZones: [{ name: 'z' }], forNodes: [{ name: 'a' }] },
      targetRef: { kind: 'Pod', namespace: 'shop', name: 'api-1' },
    };
    const slice = { ...object('discovery.k8s.io/v1', 'EndpointSlice'), addressType: 'IPv4', endpoints: [endpoint] };
    expect(read(slice).resources).toMatchObject([
      { endpoints: [{ nodeName: 'a', zone: 'z', forZones: ['z'], forNodes: ['a'], pod: 'shop/api-1' }] },
    ]);
  });

  test('names stand in a slice of type FQDN, and serve nobody', () => {
    const slice = { ...object('discovery.k8s.io/v1', 'EndpointSlice'), addressType: 'FQDN' };
    expect(read({ ...slice, endpoints: [{ addresses: ['api.example.com'] }] }).resources).toMatchObject([
      { addressType: 'FQDN', endpoints: [{ addresses: [] }] },
    ]);
  });

  test('Endpoints, the older form, keep what is ready apart from what is not', () => {
    const subsets = [
      { addresses: [{ ip: '10.0.0.1' }], notReadyAddresses: [{ ip: '10.0.0.2' }], ports: [{ port: 80 }] },
    ];
    const ports = [{ name: '', port: 80, protocol: 'TCP' }];
    expect(read({ ...object('v1', 'Endpoints'), subsets }).resources).toMatchObject([
      { type: 'endpoints', subsets: [{ addresses: [{}], notReadyAddresses: [{}], ports }] },
    ]);
  });

  test.each([
    ['networking.k8s.io/v1beta1', 'NetworkPolicy', 'PTL004 apiVersion -> networking.k8s.io/v1'],
    ['v1', 'NetworkPolicy', 'PTL004 apiVersion -> networking.k8s.io/v1'],
    ['v1', 'Deployment', 'PTL004 apiVersion -> apps/v1'],
    ['apps/v1', 'Service', 'PTL004 apiVersion -> v1'],
    ['networking.k8s.io/v1', 'Networkpolicy', 'PTL004 kind -> NetworkPolicy'],
    ['apps/v1', 'Deploymnet', 'PTL004 kind -> Deployment'],
    ['v1', 'service', 'PTL004 kind -> Service'],
  ])('%s %s is a slip, which the cluster would refuse', (apiVersion, kind, fault) => {
    expect(faultsOf(object(apiVersion, kind))).toEqual([fault]);
  });
});

describe('the metadata', () => {
  test('NP-44: an object without a namespace is in the default one', () => {
    const named = (namespace: unknown) =>
      read({ ...pod({}), metadata: { name: 'a', namespace } }).resources[0].namespace;
    expect([named(undefined), named(null), named(''), named('shop')]).toEqual([
      'default',
      'default',
      'default',
      'shop',
    ]);
  });

  test.each([
    ['no metadata', undefined, ['PTL003 metadata']],
    ['no name', {}, ['PTL003 metadata.name']],
    ['a name that is no text', { name: 1 }, ['PTL002 metadata.name']],
    ['a namespace that is none', { name: 'a', namespace: 'My NS' }, ['PTL014 metadata.namespace']],
    ['a label that is none', { name: 'a', labels: { app: 'a b' } }, ['PTL014 metadata.labels.app']],
    ['labels in a list', { name: 'a', labels: ['app'] }, ['PTL002 metadata.labels']],
    ['annotations that are no text', { name: 'a', annotations: { port: 80 } }, ['PTL002 metadata.annotations.port']],
  ])('%s is refused', (_what, metadata, faults) => {
    expect(faultsOf({ ...pod({}), metadata })).toEqual(faults);
  });

  test.each([
    ['2026-01-02T03:04:05Z', Date.UTC(2026, 0, 2, 3, 4, 5)],
    [null, undefined],
    ['yesterday', undefined],
    [7, undefined],
  ])('the creationTimestamp %j is %j, and never a fault: the API server writes it', (creationTimestamp, expected) => {
    const { resources, faults } = read({ ...pod({}), metadata: { name: 'a', creationTimestamp } });
    expect([faults, resources[0].createdAt]).toEqual([[], expected]);
  });

  test('a field that only a misspelling explains is ignored outside of NetworkPolicies, as the cluster does', () => {
    expect(faultsOf({ ...pod({ hostnetwork: true }), Spec: {} })).toEqual([]);
  });

  test.each([[undefined], [null], ['text'], [[]], [7]])('%j is no object', (value) => {
    expect(faultsOf(value)).not.toEqual([]);
  });
});

describe('the same object twice', () => {
  test('is a fault that names the first, whatever the version of the API', () => {
    const { resources, faults } = read(networkPolicy({}), { ...networkPolicy({}), apiVersion: 'extensions/v1beta1' });
    expect(resources).toHaveLength(1);
    expect(faults).toMatchObject([
      { code: 'PTL012', object: 'NetworkPolicy shop/db', field: 'metadata.name', related: [{ construct: 'test' }] },
    ]);
  });

  test('is found with and without its default namespace', () => {
    const { faults } = read(object('v1', 'Pod'), { ...pod({}), metadata: { name: 'a', namespace: 'default' } });
    expect(faults).toMatchObject([{ code: 'PTL012', object: 'Pod default/a' }]);
  });

  test('is not the same name in another kind, group or namespace', () => {
    const elsewhere = { ...networkPolicy({}), metadata: { name: 'db' } };
    const calico = { ...networkPolicy({}), apiVersion: 'projectcalico.org/v3' };
    expect(faultsOf(networkPolicy({}), elsewhere, calico, service({ ports: [{ port: 1 }] }))).toEqual([]);
  });

  test('is not two objects whose names the cluster makes up', () => {
    const job = { ...pod({}), metadata: { generateName: 'job-' } };
    expect(namesOf(job, job)).toEqual(['Pod job-', 'Pod job-']);
  });
});

describe('origins', () => {
  const asked: string[] = [];
  const located = (object: unknown): Manifest => ({
    object,
    origin: { position: { file: 'a.yaml', line: 1, column: 1 } },
    locate: (field: FieldPath, part) => {
      asked.push([...field, ...(part === 'key' ? ['(key)'] : [])].join('.'));
      return field.includes('nowhere') ? undefined : { file: 'a.yaml', line: 10 + field.length, column: 1 };
    },
  });

  beforeEach(() => asked.splice(0));

  test('positions are looked up when they are asked for, and once', () => {
    const { resources } = parseManifests([located({ apiVersion: 'v1', kind: 'List', items: [networkPolicy({})] })]);
    expect(asked).toEqual([]);
    const origin = resources[0].originOf(['spec', 'podSelector']);
    expect([origin.position?.line, origin.position?.line]).toEqual([14, 14]);
    expect(asked).toEqual(['items.0.spec.podSelector']);
    expect(resources[0].origin.position?.line).toBe(12);
    expect(resources[0].originOf(['nowhere']).position?.line).toBe(1);
  });

  test('a fault is where its field is; that of a name where the name is', () => {
    const { faults } = parseManifests([located(networkPolicy({ egres: [], policyTypes: ['x'] }))]);
    expect(faults.map(({ origin }) => origin.position?.line)).toEqual([13, 12]);
    expect(asked).toEqual(['spec.policyTypes.0', 'spec.egres.(key)']);
  });
});
