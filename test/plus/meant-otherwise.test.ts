import { Chart } from 'cdk8s';
import {
  Deployment,
  Ingress,
  IngressBackend,
  LabelExpression,
  Namespaces,
  Pods,
  Protocol,
  Service,
} from 'cdk8s-plus-28';
import { deployment, emitted, lineAbove, refusalOf, shopApp, warningsOf } from './support';

const having = (part: object) => expect.objectContaining({ spec: expect.objectContaining(part) });

describe('what cdk8s-plus synthesizes, the API server accepts, and nobody meant', () => {
  test('NP-09: a UDP port of the peer is opened as TCP', () => {
    const { app, chart, intents } = shopApp();
    const metrics = deployment(chart, 'metrics', { number: 8125, protocol: Protocol.UDP });
    const web = deployment(chart, 'web');
    web.connections.allowTo(metrics);
    const culprit = lineAbove();
    const ports = [{ port: 8125, protocol: 'TCP' }];
    expect(emitted(chart, 'NetworkPolicy')).toEqual([
      having({ egress: [expect.objectContaining({ ports })] }),
      having({ ingress: [expect.objectContaining({ ports })] }),
    ]);

    expect(warningsOf(app)).toMatch(new RegExp(`warning\\[PTL139\\]: [^>]* ${culprit} `));

    intents.expect(web).toReach(metrics, { by: 'podIP' });
    const refusal = refusalOf(app);
    expect(refusal).toContain(
      'error[PTL106]: `shop-web` cannot reach `shop-metrics`: the rule meant for it is for TCP',
    );
    expect(refusal).toContain(`${culprit} `);
    expect(refusal).toContain('+ kplus.NetworkPolicyPort.udp(8125)');
  });

  test('NP-07: a peer that declares no port is opened on all of them', () => {
    const { app, chart, intents } = shopApp();
    const [db, web] = [deployment(chart, 'db'), deployment(chart, 'web')];
    web.connections.allowTo(db);
    const culprit = lineAbove();
    expect(emitted(chart, 'NetworkPolicy')).toEqual([
      having({ egress: [expect.objectContaining({ ports: [] })] }),
      having({ ingress: [expect.objectContaining({ ports: [] })] }),
    ]);

    expect(warningsOf(app)).toMatch(new RegExp(`warning\\[PTL143\\]: [^>]* ${culprit} `));

    intents.expect(web).not.toReach(db);
    const refusal = refusalOf(app);
    expect(refusal).toContain('error[PTL104]: `shop-web` can reach `shop-db`, and was promised not to');
    expect(refusal).toContain(`${culprit} `);
    expect(refusal).toContain('lists no port, which means all ports');
    expect(refusal).toContain('cdk8s-plus takes them from the containers of the peer, or from `{ ports:');
  });

  test('NP-11: the peer is a pod of another namespace, and the rule names none', () => {
    const { app, chart, intents } = shopApp();
    const front = new Chart(app, 'front', { disableResourceNameHashes: true });
    const db = deployment(chart, 'db', { number: 5432 });
    const web = deployment(front, 'web');
    web.connections.allowTo(db);
    const culprit = lineAbove();
    const from = [{ podSelector: { matchLabels: { 'cdk8s.io/metadata.addr': expect.stringMatching(/^front-web-/) } } }];
    expect(emitted(front, 'NetworkPolicy')).toContainEqual(having({ ingress: [expect.objectContaining({ from })] }));

    expect(warningsOf(app)).toMatch(new RegExp(`warning\\[PTL131\\]: [^>]* ${culprit} `));

    intents.expect(web).toReach(db, { by: 'podIP' });
    const refusal = refusalOf(app);
    expect(refusal).toContain(
      'error[PTL107]: `front-web` cannot reach `shop-db`: the rule meant for it selects pods of `shop` only, and `front-web` is in `default`',
    );
    expect(refusal).toContain(`${culprit} `);
    expect(refusal).toContain('cdk8s-plus does so for pods whose `metadata`, chart or `namespaces` tell it');
  });

  test('SVC-02: a Service loses the expressions of its selector', () => {
    const { app, chart, intents } = shopApp();
    const web = deployment(chart, 'web');
    const expressions = [LabelExpression.in('app', ['db', 'replica'])];
    const databases = Pods.select(chart, 'databases', { expressions });
    const service = new Service(chart, 'service', { selector: databases, ports: [{ port: 5432 }] });
    const culprit = lineAbove();
    expect(emitted(chart, 'Service')).toEqual([having({ selector: {} })]);

    expect(warningsOf(app)).toMatch(new RegExp(`warning\\[PTL232\\]: [^>]* ${culprit} `));

    intents.expect(web).toReach(service);
    const refusal = refusalOf(app);
    expect(refusal).toContain(
      'error[PTL202]: `shop-web` cannot reach `shop-service`: Service `shop/shop-service` has an empty selector',
    );
    expect(refusal).toContain(`${culprit} `);
    expect(refusal).toContain(
      'a Service knows no expressions, and cdk8s-plus drops those of the pods that it is given',
    );
  });

  test('DNS-29: isolate() shuts off the DNS as well', () => {
    const { app, chart, intents } = shopApp();
    const api = deployment(chart, 'api', { number: 8080 });
    const service = api.exposeViaService();
    const web = deployment(chart, 'web');
    web.connections.allowTo(api);
    web.connections.isolate();
    const culprit = lineAbove();

    expect(warningsOf(app)).toContain('warning[PTL534]: ');

    intents.expect(web).toReach(service);
    const refusal = refusalOf(app);
    expect(refusal).toContain('error[PTL102]: `shop-web` cannot reach `shop-api-service`: the name lookup is blocked');
    expect(refusal).toContain(`${culprit} `);
  });

  test('SVC-30: a Service loses the namespaces of its selector', () => {
    const { app, chart, intents } = shopApp();
    const data = new Chart(app, 'data', { namespace: 'data', disableResourceNameHashes: true });
    const web = deployment(chart, 'web');
    new Deployment(data, 'db', { containers: [{ image: 'shop/db:1' }], podMetadata: { labels: { app: 'db' } } });
    const namespaces = Namespaces.select(chart, 'namespaces', { names: ['data'] });
    const databases = Pods.select(chart, 'databases', { labels: { app: 'db' }, namespaces });
    const service = new Service(chart, 'service', { selector: databases, ports: [{ port: 5432 }] });
    const culprit = lineAbove();
    expect(emitted(chart, 'Service')).toEqual([having({ selector: { app: 'db' } })]);

    expect(warningsOf(app)).toMatch(new RegExp(`warning\\[PTL230\\]: [^>]* ${culprit} `));

    intents.expect(web).toReach(service);
    const refusal = refusalOf(app);
    expect(refusal).toContain(
      'error[PTL202]: `shop-web` cannot reach `shop-service`: Service `shop/shop-service` selects',
    );
    expect(refusal).toContain(`${culprit} `);
    expect(refusal).toContain('no pod of its namespace has app=db, but `data/data-db` elsewhere');
    expect(refusal).toContain('put the Service into the namespace of the pods');
  });

  test('SVC-02: a Service that loses one of two requirements selects more than was meant', () => {
    const { app, chart, intents } = shopApp();
    const db = (role: string) =>
      new Deployment(chart, role, {
        containers: [{ image: 'shop/db:1', portNumber: 5432 }],
        podMetadata: { labels: { app: 'db', role } },
      });
    const [primary, replica] = [db('primary'), db('replica')];
    const web = deployment(chart, 'web');
    web.connections.allowTo(primary);
    replica.connections.isolate();
    const expressions = [LabelExpression.in('role', ['primary'])];
    const writable = Pods.select(chart, 'writable', { labels: { app: 'db' }, expressions });
    const service = new Service(chart, 'service', { selector: writable, ports: [{ port: 5432 }] });
    expect(emitted(chart, 'Service')).toEqual([having({ selector: { app: 'db' } })]);

    intents.expect(web).toReach(service, { by: 'service' });
    expect(refusalOf(app)).toContain('error[PTL101]: `shop-web` cannot reach `shop-service`');
  });

  test('ING-14: an Ingress names a Service of another namespace', () => {
    const { app, chart } = shopApp();
    const service = deployment(chart, 'api', { number: 8080 }).exposeViaService({
      ports: [{ port: 80, targetPort: 8080 }],
    });
    const front = new Chart(app, 'front', { namespace: 'front', disableResourceNameHashes: true });
    const ingress = new Ingress(front, 'edge');
    const culprit = lineAbove();
    ingress.addHostRule('shop.example.com', '/api', IngressBackend.fromService(service));
    const named = { service: { name: 'shop-api-service', port: { number: 80 } } };
    const paths = [{ path: '/api', pathType: 'Prefix', backend: named }];
    expect(emitted(front, 'Ingress')).toEqual([having({ rules: [{ host: 'shop.example.com', http: { paths } }] })]);

    const refusal = refusalOf(app);
    expect(refusal).toContain(
      'error[PTL402]: `shop.example.com/api` leads nowhere: namespace `front` has no Service `shop-api-service`',
    );
    expect(refusal).toContain(`${culprit} `);
    expect(refusal).toContain('put the Ingress into `shop`; in cdk8s-plus create it in the chart of the Service');
  });

  test('NP-04: both ends allow the other, each for both, which is twice the same', () => {
    const { app, chart } = shopApp();
    const db = deployment(chart, 'db', { number: 5432 });
    const web = deployment(chart, 'web');
    db.connections.allowFrom(web);
    web.connections.allowTo(db);
    const culprit = lineAbove();
    expect(emitted(chart, 'NetworkPolicy')).toHaveLength(4);

    expect(warningsOf(app)).toMatch(new RegExp(`warning\\[PTL136\\]: [^>]* ${culprit} `));
  });
});
