import { Network } from '../../../lib/model/network';
import { deployment, ns, pod, service } from '../../support/manifests';
import { ask, dying, podOn, slice, told, web } from './lab';

const from = 'shop/client-a';
const to = '10.96.0.9';

const hosts = (...manifests: readonly object[]) => told(ask(manifests, { from, to }));
const pods = [podOn('a', 'web-0', 10, { labels: { app: 'web' } }), podOn('b', 'web-1', 11, { labels: { app: 'web' } })];
const byHand = web({ selector: undefined });

describe('SVC-04: which pods are ready endpoints', () => {
  const READY = { ready: true };
  const NOT_READY = { ready: false };
  test.each([
    ['ready', READY, false, false, 'x'],
    ['ready, and not ready ones are published', READY, false, true, 'x'],
    ['not ready', NOT_READY, false, false, 'no-endpoints'],
    ['not ready, but published', NOT_READY, false, true, 'x'],
    ['ready and being deleted: the last resort', READY, true, false, 'x'],
    ['ready, being deleted and published', READY, true, true, 'x'],
    ['not ready and being deleted', NOT_READY, true, false, 'no-endpoints'],
    ['not ready, being deleted and published', NOT_READY, true, true, 'x'],
  ])('%s', (_case, state, isDying, publishNotReadyAddresses, answer) => {
    const made = podOn('a', 'x', 10, { labels: { app: 'web' }, ...state });
    expect(hosts(isDying ? dying(made) : made, web({ publishNotReadyAddresses }))).toBe(answer);
  });

  test('a pod that has yet to start is not ready, whether the status says so or not', () => {
    const starting = {
      ...(podOn('a', 'x', 10, { labels: { app: 'web' } }) as object),
      status: { phase: 'Pending', podIP: '10.244.0.10' },
    };
    expect(hosts(starting, web())).toBe('no-endpoints');
    expect(hosts(starting, web({ publishNotReadyAddresses: true }))).toBe('x');
  });

  test('of one ready pod and one that is being deleted the ready one answers', () => {
    expect(hosts(pods[0], dying(pods[1]), web())).toBe('web-0');
  });

  test('a pod that is being deleted counts beside a ready one where both are published', () => {
    expect(hosts(pods[0], dying(pods[1]), web({ publishNotReadyAddresses: true }))).toBe('web-0 web-1');
  });
});

describe('who is an endpoint', () => {
  test('SVC-02: an empty selector takes nobody', () => {
    expect(hosts(...pods, web({ selector: {} }))).toBe('no-selector');
  });

  test('SVC-03: finished pods and pods without an address are none', () => {
    const done = podOn('a', 'done', 12, { labels: { app: 'web' }, phase: 'Succeeded' });
    const failed = podOn('a', 'failed', 13, { labels: { app: 'web' }, phase: 'Failed' });
    const waiting = pod('shop/waiting', { labels: { app: 'web' }, phase: 'Pending' });
    expect(hosts(...pods, done, failed, waiting, web({ publishNotReadyAddresses: true }))).toBe('web-0 web-1');
  });

  test('SVC-03, SVC-30: pods of another namespace are none, but clients there get to the Service', () => {
    const other = pod('ops/web-9', { labels: { app: 'web' }, ip: '10.244.2.99', nodeName: 'c' });
    expect(told(ask([...pods, other, web()], { from: 'ops/web-9', to }))).toBe('web-0 web-1');
  });

  test('SVC-06: a number needs no declared container port', () => {
    expect(hosts(pods[0], web({ ports: [{ port: 80, targetPort: 9999 }] }))).toBe('web-0');
  });

  test('SVC-07: a name is looked up in each pod, sidecars too, and with the protocol', () => {
    const named = (name: string, containerPort: number, protocol = 'TCP') =>
      podOn('a', name, containerPort % 200, {
        labels: { app: 'web' },
        ports: [{ name: 'http', containerPort, protocol }],
      });
    const sidecar = podOn('a', 'sidecar', 77, { labels: { app: 'web' } }) as { spec: object };
    const container = { name: 's', image: 'example/image:1', ports: [{ name: 'http', containerPort: 8083 }] };
    const withSidecar = {
      ...sidecar,
      spec: { ...sidecar.spec, initContainers: [{ ...container, restartPolicy: 'Always' }] },
    };
    const manifests = [named('one', 8081), named('two', 8082), named('udp', 8085, 'UDP'), withSidecar];
    const verdict = ask([...manifests, web({ ports: [{ port: 80, targetPort: 'http' }] })], { from, to });
    expect(told(verdict)).toBe('one sidecar two');
    const ports = verdict.pairs.flatMap(({ hops }) =>
      hops.flatMap((hop) => (hop.hop === 'service' && hop.proxy ? [hop.proxy.endpoint] : [])),
    );
    expect(ports.sort()).toEqual(['shop/one:8081', 'shop/sidecar:8083', 'shop/two:8082']);
  });

  test('SVC-27: a Service of one family has no endpoints of the other', () => {
    const dual = pod('shop/dual', { labels: { app: 'web' }, ips: ['10.244.0.20', 'fd00::20'], nodeName: 'a' });
    const v4 = pod('shop/v4', { labels: { app: 'web' }, ips: ['10.244.0.21'], nodeName: 'a' });
    const v6Service = web({ clusterIP: 'fd00:96::9', ipFamilies: ['IPv6'] });
    const client = pod('shop/six', { ips: ['10.244.0.30', 'fd00::30'], nodeName: 'a' });
    const profile = { podCidr: ['10.244.0.0/16', 'fd00::/64'], serviceCidr: ['10.96.0.0/16', 'fd00:96::/112'] };
    const network = Network.from([ns('shop'), dual, v4, client, v6Service], profile);
    expect(network.reach({ from: 'shop/six', to: 'fd00:96::9', port: 80 }).endpoints).toEqual(['shop/dual']);
    const both = web({ clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.9', 'fd00:96::9'], ipFamilies: ['IPv4', 'IPv6'] });
    const dualStack = Network.from([ns('shop'), dual, v4, client, both], profile);
    const answering = (to: string) => dualStack.reach({ from: 'shop/six', to, port: 80 }).endpoints;
    expect(answering('fd00:96::9')).toEqual(['shop/dual']);
    expect(answering('10.96.0.9')).toEqual(['shop/dual', 'shop/v4']);
  });

  test('SVC-31: a hostNetwork pod is one, at the address of its node', () => {
    const host = podOn('c', 'host', 0, { labels: { app: 'web' }, hostNetwork: true, ports: [{ containerPort: 8080 }] });
    expect(hosts(host, web())).toBe('host');
  });
});

describe('SVC-08: slices made by hand', () => {
  const addresses = ['10.244.0.10'];

  test.each([
    ['both without a name', undefined, '', 'TCP', 'web-0'],
    ['both of one name', 'http', 'http', 'TCP', 'web-0'],
    ['other names', 'http', 'web', 'TCP', 'no-selector'],
    ["the Service's port alone has a name", 'http', '', 'TCP', 'no-selector'],
    ["the slice's port alone has a name", undefined, 'http', 'TCP', 'no-selector'],
    ['another protocol', 'http', 'http', 'UDP', 'no-selector'],
  ])('join by the name and protocol of the port: %s', (_case, name, sliceName, protocol, answer) => {
    const port = { name, port: 80, targetPort: 1 };
    const byName = slice([{ addresses }], [{ name: sliceName, port: 8080, protocol }]);
    expect(hosts(...pods, byName, web({ selector: undefined, ports: [port] }))).toBe(answer);
  });

  test("need the label with the Service's name, in its namespace", () => {
    expect(hosts(...pods, slice([{ addresses }], undefined, {}), byHand)).toBe('no-selector');
    const elsewhere = {
      ...slice([{ addresses }]),
      metadata: { name: 'x', namespace: 'ops', labels: { 'kubernetes.io/service-name': 'web' } },
    };
    expect(hosts(ns('ops'), ...pods, elsewhere, byHand)).toBe('no-selector');
  });

  test('that carry the headless label are passed over', () => {
    const labels = { 'kubernetes.io/service-name': 'web', 'service.kubernetes.io/headless': '' };
    expect(hosts(...pods, slice([{ addresses }], undefined, labels), byHand)).toBe('no-selector');
  });

  test('count by their first address alone', () => {
    expect(hosts(...pods, slice([{ addresses: ['10.244.0.10', '10.244.1.11'] }]), byHand)).toBe('web-0');
  });

  test('add to what a selector takes', () => {
    const third = podOn('c', 'third', 12);
    expect(hosts(...pods, third, slice([{ addresses: ['10.244.2.12'] }]), web())).toBe('third web-0 web-1');
  });

  test('lead to addresses outside the cluster, told bare', () => {
    expect(ask([slice([{ addresses: ['192.0.2.50'] }]), byHand], { from, to }).endpoints).toEqual(['192.0.2.50']);
  });

  test('count as ready without conditions, and as a last resort where they are served and terminating', () => {
    const conditions = { ready: false, serving: true, terminating: true };
    const last = { addresses: ['10.244.1.11'], conditions };
    expect(hosts(...pods, slice([{ addresses }, last]), byHand)).toBe('web-0');
    expect(hosts(...pods, slice([last]), byHand)).toBe('web-1');
    expect(hosts(...pods, slice([{ addresses, conditions: { ready: false } }]), byHand)).toBe('no-selector');
    const served = { addresses, conditions: { ready: false, serving: true, terminating: false } };
    const gone = { addresses: ['10.244.1.11'], conditions: { ready: false, serving: false, terminating: true } };
    expect(hosts(...pods, slice([served, gone]), byHand)).toBe('no-selector');
  });

  test('of the controller count where the Service has lost its selector', () => {
    const own = 'endpointslice-controller.k8s.io';
    const labels = { 'kubernetes.io/service-name': 'web', 'endpointslice.kubernetes.io/managed-by': own };
    expect(hosts(...pods, slice([{ addresses }], undefined, labels), byHand)).toBe('web-0');
    expect(hosts(pods[1], slice([{ addresses }], undefined, labels), web())).toBe('web-1');
  });

  test('SVC-31: name the hostNetwork pod that they stand for', () => {
    const host = podOn('c', 'host', 0, { hostNetwork: true });
    const targetRef = { kind: 'Pod', namespace: 'shop', name: 'host' };
    expect(hosts(host, slice([{ addresses: ['192.168.77.12'], targetRef }]), byHand)).toBe('host');
    expect(hosts(host, slice([{ addresses: ['192.168.77.12'] }]), byHand)).toBe('192.168.77.12');
  });

  test('that contradict each other about an endpoint leave open whether it is used', () => {
    const contrary = slice([{ addresses, conditions: { ready: false } }]);
    expect(hosts(pods[0], contrary, web())).toBe('unknown SVC-05');
    expect(hosts(...pods, contrary, web())).toBe('web-0 web-1');
  });
});

describe('SVC-08: Endpoints objects', () => {
  const subsets = [
    { addresses: [{ ip: '10.244.0.10' }], notReadyAddresses: [{ ip: '10.244.1.11' }], ports: [{ port: 8080 }] },
  ];
  const legacy = { apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'web', namespace: 'shop' }, subsets };

  test('are the endpoints of a Service without a selector', () => {
    expect(hosts(...pods, legacy, byHand)).toBe('web-0');
  });

  test('say nothing new of a Service with one', () => {
    expect(hosts(pods[1], legacy, web())).toBe('web-1');
  });

  test('that ask not to be mirrored leave open what their maker has put into slices', () => {
    const labels = { 'endpointslice.kubernetes.io/skip-mirror': 'true' };
    const own = { ...legacy, metadata: { ...legacy.metadata, labels } };
    expect(hosts(...pods, own, byHand)).toBe('unknown SVC-02');
    expect(hosts(...pods, own, slice([{ addresses: ['10.244.1.11'] }]), byHand)).toBe('web-1');
  });

  test('with nobody ready are no endpoints', () => {
    const [{ notReadyAddresses, ports }] = subsets;
    expect(hosts(...pods, { ...legacy, subsets: [{ notReadyAddresses, ports }] }, byHand)).toBe('no-selector');
  });

  test('count once where the slice that mirrors them is there too', () => {
    const labels = {
      'kubernetes.io/service-name': 'web',
      'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io',
    };
    expect(hosts(...pods, legacy, slice([{ addresses: ['10.244.1.11'] }], undefined, labels), byHand)).toBe('web-1');
  });
});

describe('without a place in the cluster', () => {
  test('SVC-01: a minimal Service is one of TCP whose pods listen on its port', () => {
    const minimal = service('web', { selector: { app: 'web' }, ports: [{ port: 8080 }] });
    const network = Network.from([ns('shop'), deployment('web'), deployment('client'), minimal]);
    const { outcome, pairs } = network.reach({ from: 'shop/client', to: 'service/shop/web', port: 8080 });
    expect(outcome).toBe('allowed');
    expect(pairs[0].hops.at(-1)).toMatchObject({ traffic: '8080/TCP' });
  });

  test('SVC-21: a headless Service without a selector has the addresses of its slices', () => {
    const headless = web({ clusterIP: 'None', selector: undefined });
    const question = { from, to: 'service/shop/web', port: 8080, by: 'service' as const };
    expect(told(ask([...pods, slice([{ addresses: ['10.244.1.11'] }]), headless], question))).toBe('web-1');
  });

  test('SVC-02: what the API server has behind its own Service nobody tells', () => {
    const api = web({ clusterIP: '10.96.0.1', selector: undefined }) as { metadata: object };
    const own = { ...api, metadata: { name: 'kubernetes', namespace: 'default' } };
    expect(told(ask([own], { from, to: '10.96.0.1' }))).toBe('unknown SVC-02');
    const namesake = { ...api, metadata: { name: 'kubernetes', namespace: 'shop' } };
    expect(told(ask([namesake], { from, to: '10.96.0.1' }))).toBe('no-selector');
    // A dump with slices would have those of the API server.
    expect(told(ask([own, slice([])], { from, to: '10.96.0.1' }))).toBe('no-selector');
  });
});
