import type { EndpointRef } from '../../lib/intents/endpoint';
import { deployment, ns, pod, policy, service } from '../support/manifests';
import { app, checking, codes, internet, portOf, promise } from './support';

const web = deployment('web', { ports: [{ name: 'http', containerPort: 3000 }] });
const db = deployment('db', { ports: [{ name: 'sql', containerPort: 5432 }] });
const shop = [ns('shop'), web, db];
const object = (kind: string, name: string): EndpointRef => ({ kind: 'object', object: kind, namespace: 'shop', name });
const never = (subject: EndpointRef, ...targets: EndpointRef[]) =>
  promise({ verb: 'toReach', negated: true, subject, targets });
const notExposed = (subject: EndpointRef) =>
  promise({ verb: 'toBeExposedTo', negated: true, subject, zone: internet, except: [] });
const closed = (name: string, ...ingress: object[]) =>
  policy(`${name}-in`, { podSelector: { matchLabels: { app: name } }, policyTypes: ['Ingress'], ingress });
const open = (port?: number | string) => ({ ports: port === undefined ? [] : [{ port }] });
const webOut = (...egress: object[]) =>
  policy('web-out', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'], egress });
const ranges = { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12', nodeCidr: '192.168.0.0/24' };

describe('a negative promise and the Service of its target', () => {
  const dbService = service('db', {
    selector: { app: 'db' },
    ports: [{ name: 'postgres', port: 80, targetPort: 'sql' }],
  });

  test('NP-20: an egress rule around its address may let the packet out before it is translated', () => {
    const toService = webOut({ to: [{ ipBlock: { cidr: '10.96.0.0/12' } }] });
    const report = checking([...shop, dbService, toService], [never(app('web'), app('db'))], ranges);
    expect(report.findings).toMatchObject([{ code: 'PTL904', cause: { doubts: [{ rule: 'NP-20' }] } }]);
    expect(codes(checking([...shop, toService], [never(app('web'), app('db'))], ranges))).toEqual([]);
  });

  test.each([
    ['the name of the Service port', portOf(object('Service', 'db'), 'postgres')],
    ['the number of the Service port', portOf(object('Service', 'db'), 80)],
    ['the name of the Service port, of the workload', portOf(app('db'), 'postgres')],
  ])('SVC-08: %s means the container port to which it leads', (_, target) => {
    const only = (port: number) => [...shop, dbService, closed('db', open(port))];
    expect(codes(checking(only(5432), [never(app('web'), target)]))).toEqual(['PTL104']);
    expect(codes(checking(only(9187), [never(app('web'), target)]))).toEqual([]);
  });

  test('SVC-07: a port that leads nowhere is no port to be kept from', () => {
    const slip = service('db', {
      selector: { app: 'db' },
      ports: [{ name: 'postgres', port: 80, targetPort: 'sqll' }],
    });
    expect(codes(checking([...shop, slip], [never(app('web'), portOf(object('Service', 'db'), 'postgres'))]))).toEqual([
      'PTL901',
    ]);
  });

  test('is about the pods of the Service too where a name means both', () => {
    const other = deployment('standby', { labels: { app: 'standby' }, ports: [{ containerPort: 5432 }] });
    const both = service('db', { selector: { app: 'standby' }, ports: [{ port: 5432 }] });
    const target: EndpointRef = { kind: 'object', namespace: 'shop', name: 'db' };
    expect(codes(checking([...shop, closed('db'), other, both], [never(app('web'), target)]))).toEqual(['PTL104']);
  });

  test('SVC-08: is about pods in its slices beside those of its selector', () => {
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'db-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'db' } },
      addressType: 'IPv4',
      ports: [{ name: 'postgres', port: 5432, protocol: 'TCP' }],
      endpoints: [{ addresses: ['10.244.0.9'] }],
    };
    const standby = pod('shop/standby', { ip: '10.244.0.9' });
    const report = checking(
      [...shop, closed('db'), dbService, slice, standby],
      [never(app('web'), object('Service', 'db'))],
    );
    expect(codes(report)).toEqual(['PTL104']);
    const edge = { ...dbService, spec: { type: 'LoadBalancer', ports: [{ name: 'postgres', port: 80 }] } };
    const exposed = notExposed(object('Pod', 'standby'));
    expect(codes(checking([closed('standby'), standby, edge, slice], [exposed]))).toEqual(['PTL904']);
  });
});

test('NP-30: a hostNetwork pod as a target may be on the own node of the client, to which plugins may let it out', () => {
  const agent = deployment('agent', { hostNetwork: true });
  const shut = policy('web', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Egress'] });
  const promised = promise({ verb: 'toReach', negated: true, subject: app('web'), targets: [app('agent')] });
  const { findings } = checking([ns('shop'), deployment('web'), agent, shut], [promised], { cni: 'calico' });
  expect(findings).toMatchObject([{ code: 'PTL904', cause: { doubts: [{ rule: 'NP-30' }] } }]);
});

describe('NP-30: the own node of a target', () => {
  const agent = deployment('agent', { hostNetwork: true });

  test('may be that of a hostNetwork pod that the promise names', () => {
    const manifests = [...shop, agent, closed('db')];
    const { findings } = checking(manifests, [never(app('agent'), app('db'))], { cni: 'calico' });
    expect(findings).toMatchObject([{ code: 'PTL904', cause: { doubts: [{ rule: 'NP-30' }] } }]);
  });

  test('is not that of a pod which runs on another', () => {
    const on = (name: string, nodeName: string, more: object = {}) => pod(`shop/${name}`, { nodeName, ...more });
    const manifests = [on('agent', 'n1', { hostNetwork: true }), on('db', 'n2'), closed('db')];
    expect(codes(checking(manifests, [never(object('Pod', 'agent'), object('Pod', 'db'))], { cni: 'calico' }))).toEqual(
      [],
    );
  });
});

test('NP-38: a family that only a promise mentions leaves it undecided, unless the profile tells the families', () => {
  const v6: EndpointRef = { kind: 'addresses', cidrs: ['2001:db8::/32'] };
  const { findings } = checking(shop, [never(app('web'), v6)]);
  expect(findings).toMatchObject([{ code: 'PTL904', cause: { doubts: [{ rule: 'NP-38' }] } }]);
  expect(codes(checking(shop, [never(app('web'), v6)], ranges))).toEqual([]);
  expect(codes(checking(shop, [never(app('web'), v6)], { podCidr: 'fd00::/56' }))).toEqual(['PTL104']);
});

describe('front doors', () => {
  const edge = (spec: object) => service('edge', { selector: { app: 'db' }, ports: [{ port: 5432 }], ...spec });

  test('stand open to a workload that is scaled to nothing today', () => {
    const idle = deployment('db', { replicas: 0, ports: [{ containerPort: 5432 }] });
    const manifests = [idle, closed('db'), edge({ type: 'NodePort' })];
    expect(codes(checking(manifests, [notExposed(app('db'))]))).toEqual(['PTL904']);
  });

  test('SVC-22: an ExternalName is none, whatever its selector', () => {
    const name = edge({ type: 'ExternalName', externalName: 'db.example.com', externalIPs: ['203.0.113.7'] });
    expect(codes(checking([...shop, closed('db'), name], [notExposed(app('db'))]))).toEqual([]);
  });

  test('SVC-17: a LoadBalancer lets in the clients of its ranges, but its node ports let in others', () => {
    const clients = { type: 'LoadBalancer', loadBalancerSourceRanges: ['198.51.100.0/24'] };
    const office: EndpointRef = { kind: 'addresses', cidrs: ['203.0.113.0/24'] };
    const kept = (spec: object) =>
      codes(
        checking(
          [...shop, closed('db', { from: [{ ipBlock: { cidr: '192.168.0.0/24' } }] }), edge(spec)],
          [promise({ verb: 'toBeExposedTo', negated: true, subject: app('db'), zone: office, except: [] })],
          ranges,
        ),
      );
    expect(kept({ ...clients, allocateLoadBalancerNodePorts: false })).toEqual([]);
    expect(kept(clients)).toEqual(['PTL904']);
    expect(kept({ type: 'LoadBalancer' })).toEqual(['PTL120']);
  });

  test('NET-08: behind a hostPort a pod may come with the address of a node', () => {
    const host = deployment('db', { ports: [{ containerPort: 5432, hostPort: 5432 }] });
    const { findings } = checking([web, host, closed('db')], [never(app('web'), app('db'))]);
    expect(findings).toMatchObject([{ code: 'PTL904', cause: { doubts: [{ rule: 'NP-30' }, { rule: 'NET-08' }] } }]);
  });

  test('SVC-20: an egress rule for nodes lets a client out to the ports of other nodes', () => {
    const toNodes = webOut({ to: [{ ipBlock: { cidr: '192.168.0.0/24' } }] });
    const promises = [never(app('web'), app('db'))];
    expect(codes(checking([...shop, toNodes, edge({ type: 'NodePort' })], promises, ranges))).toEqual(['PTL904']);
    expect(codes(checking([...shop, toNodes, edge({ type: 'ClusterIP' })], promises, ranges))).toEqual([]);
  });
});

describe('routes that are not modelled', () => {
  const dbService = service('db', { selector: { app: 'db' }, ports: [{ port: 5432 }] });
  const leading = (apiVersion: string, kind: string, spec: object, namespace = 'shop') => ({
    apiVersion,
    kind,
    metadata: { name: 'edge', namespace },
    spec,
  });
  const exposedBy = (route: object) =>
    codes(checking([...shop, closed('db'), dbService, route], [notExposed(app('db'))]));
  const backend = { defaultBackend: { service: { name: 'db', port: { number: 5432 } } } };

  test.each([
    [
      'a full name',
      leading(
        'networking.istio.io/v1',
        'VirtualService',
        { tcp: [{ route: [{ destination: { host: 'db.shop.svc.cluster.local' } }] }] },
        'edge',
      ),
    ],
    [
      'a kind of Traefik',
      leading('traefik.io/v1alpha1', 'IngressRouteTCP', { routes: [{ services: [{ name: 'db' }] }] }),
    ],
    ['a kind of Contour', leading('projectcontour.io/v1', 'HTTPProxy', { routes: [{ services: [{ name: 'db' }] }] })],
  ])('leave it undecided: %s', (_, route) => {
    expect(exposedBy(route)).toEqual(['PTL302']);
  });

  test('GW-05: so does a route of a Gateway that others declare, and without a Gateway none leads anywhere', () => {
    const rules = [{ backendRefs: [{ name: 'db', namespace: 'shop', port: 5432 }] }];
    const route = (spec: object) =>
      exposedBy(leading('gateway.networking.k8s.io/v1', 'TCPRoute', { ...spec, rules }, 'edge'));
    expect(route({ parentRefs: [{ name: 'public', namespace: 'infra' }] })).toEqual(['PTL904']);
    expect(route({})).toEqual([]);
  });

  test('ING-14: an Ingress means a Service of its own namespace, and is a way in by whatever serves it', () => {
    expect(exposedBy(leading('networking.k8s.io/v1', 'Ingress', backend))).toEqual(['PTL904']);
    expect(exposedBy(leading('networking.k8s.io/v1', 'Ingress', backend, 'blog'))).toEqual([]);
  });
});
