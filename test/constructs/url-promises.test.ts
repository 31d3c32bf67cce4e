import { ApiObject, type Chart, JsonPatch, Testing } from 'cdk8s';
import {
  DefaultDeny,
  DnsApp,
  Gateway,
  GatewayController,
  GrpcMatch,
  GrpcRoute,
  type GrpcRule,
  HttpMatch,
  HttpRoute,
  type HttpRouteProps,
  Ingress,
  IngressController,
  IngressOptions,
  type IngressProps,
  Listener,
  PodNetwork,
  type PodNetworkProps,
  verify,
} from 'portolan';
import { chartIn } from './manifests';

const image = 'shop/web:3';
const SERVED: PodNetworkProps = { ingress: [IngressController.nginx()], gateways: [GatewayController.envoy()] };

/** Two apps, and a Gateway for their routes. */
class Stage {
  readonly app = Testing.app();
  readonly chart: Chart = chartIn('shop', this.app);
  readonly web = new DnsApp(this.chart, 'web', { image, ports: { http: 3000 } });
  readonly api = new DnsApp(this.chart, 'api', { image, ports: { http: 8080 } });
  readonly gateway = new Gateway(this.chart, 'public', {
    className: 'eg',
    listeners: {
      http: Listener.http({ port: 8080 }),
      https: Listener.https({ hostname: '*.example.com', tls: 'public-tls' }),
    },
  });
  readonly http = this.web.port('http');
  readonly other = this.api.port('http');

  constructor(network = SERVED) {
    new PodNetwork(this.app, 'network', network);
  }

  /** The requests that are promised, and kept. */
  get promised(): readonly string[] {
    const { findings, kept } = verify(this.app);
    expect(findings).toEqual([]);
    return kept.flatMap(({ intent: { id } }) => id.split('#routes/')[1] ?? []);
  }

  /** What is told instead. */
  get told(): readonly string[] {
    return verify(this.app).findings.map(({ code, subject }) => `${code} ${subject}`);
  }
}

describe('an Ingress promises', () => {
  const promised = (props: (stage: Stage) => IngressProps) => {
    const stage = new Stage();
    new Ingress(stage.chart, 'edge', props(stage));
    return stage.promised;
  };

  test('one request for each route, by HTTPS where there is a certificate (ING-16)', () => {
    const urls = promised(({ http, other }) => ({
      hosts: {
        'a.example.com': { '/': http, '/api': { to: other, pathType: 'Exact' } },
        'b.example.com': { '/': other },
      },
      tls: [{ hosts: ['a.example.com'], secret: 'a-tls' }],
    }));
    expect(urls).toEqual(['https://a.example.com/', 'https://a.example.com/api']);
    expect(promised(({ http }) => ({ host: 'a.example.com', routes: { '/': http } }))).toEqual([
      'http://a.example.com/',
    ]);
  });

  test('of a wildcard one host that it covers (ING-02)', () => {
    const urls = promised(({ http }) => ({ host: '*.example.com', routes: { '/': http }, tls: 'tls' }));
    expect(urls).toEqual(['https://any.example.com/']);
  });

  test('by HTTPS alone where options let nothing else through', () => {
    const options = IngressOptions.nginx({ forceSslRedirect: true });
    expect(promised(({ http }) => ({ host: 'a.example.com', routes: { '/': http }, options }))).toEqual([
      'https://a.example.com/',
    ]);
  });

  test('nothing where only some clients are let in (NP-39)', () => {
    const options = IngressOptions.nginx({ allowedSources: ['203.0.113.0/24'] });
    expect(promised(({ http }) => ({ host: 'a.example.com', routes: { '/': http }, options }))).toEqual([]);
  });

  test('nothing of routes for every host, regular expressions and Services of another repository', () => {
    const options = IngressOptions.nginx({ rewriteTarget: '/$1' });
    const blog = DnsApp.existing({ name: 'blog', namespace: 'shop', labels: { app: 'blog' }, ports: { http: 80 } });
    expect(promised(({ http }) => ({ routes: { '/': http } }))).toEqual([]);
    expect(
      promised(({ http }) => ({
        host: 'a.example.com',
        routes: { '/api/(.*)': { to: http, pathType: 'ImplementationSpecific' }, '/blog': blog.port('http') },
        options,
      })),
    ).toEqual([]);
  });
});

describe('an HttpRoute promises', () => {
  const promised = (props: (stage: Stage) => Omit<HttpRouteProps<'http' | 'https'>, 'gateway'>) => {
    const stage = new Stage();
    new HttpRoute(stage.chart, 'route', { gateway: stage.gateway, ...props(stage) });
    return stage.promised;
  };

  test('each host on each of its listeners (GW-01)', () => {
    const hostnames = ['a.example.com', 'b.example.org'];
    expect(promised(({ http }) => ({ hostnames, routes: { '/': http } }))).toEqual([
      'http://a.example.com:8080/',
      'http://b.example.org:8080/',
      'https://a.example.com/',
    ]);
  });

  test('the hosts of the listener where it names none', () => {
    expect(promised(({ http }) => ({ listener: 'https', routes: { '/': http } }))).toEqual([
      'https://any.example.com/',
    ]);
  });

  test('a request for each match that no other match of the route takes (GW-06)', () => {
    const cart = HttpMatch.prefix('/cart');
    const urls = promised(({ http, other }) => ({
      listener: 'https',
      rules: [
        { matches: cart, to: http },
        { matches: [cart.method('GET'), HttpMatch.exact('/cart')], to: other },
        { matches: cart.header('X-Env', 'beta').query('v', '2'), to: other },
      ],
    }));
    expect(urls).toEqual([
      'POST https://any.example.com/cart/',
      'https://any.example.com/cart/',
      'POST https://any.example.com/cart',
      'POST https://any.example.com/cart/?v=2 X-Env: beta',
    ]);
  });

  test('nothing of shares, redirects and regular expressions', () => {
    const urls = promised(({ http, other }) => ({
      listener: 'https',
      rules: [{ to: [{ port: http }, { port: other }] }, { matches: HttpMatch.regex('/v[0-9]'), to: http }],
    }));
    expect(urls).toEqual([]);
  });

  test('nothing on a Gateway of another repository', () => {
    const stage = new Stage();
    const gateway = Gateway.existing({ name: 'edge', namespace: 'platform', listeners: ['https'] });
    new HttpRoute(stage.chart, 'route', { gateway, listener: 'https', routes: { '/': stage.http } });
    expect(stage.promised).toEqual([]);
  });
});

test('a GrpcRoute promises a call for each match (GW-08)', () => {
  const stage = new Stage();
  const matches = [GrpcMatch.service('shop.v1.Cart'), GrpcMatch.method('shop.v1.Pay', 'Charge').header('x-env', 'a')];
  const rules: [GrpcRule] = [{ matches, to: stage.other }];
  new GrpcRoute(stage.chart, 'calls', { gateway: stage.gateway, listener: 'https', rules });
  expect(stage.promised).toEqual([
    'POST https://any.example.com/shop.v1.Cart/Any',
    'POST https://any.example.com/shop.v1.Pay/Charge x-env: a',
  ]);
});

describe('what breaks such a promise', () => {
  const edge = (stage: Stage, props: Partial<IngressProps> = {}) =>
    new Ingress(stage.chart, 'edge', { host: 'a.example.com', routes: { '/': stage.http }, ...props } as IngressProps);

  test('nothing, where all is well', () => {
    const stage = new Stage();
    edge(stage);
    expect(stage.told).toEqual([]);
  });

  test('a policy that keeps the controller out, whatever opened it (NP-40)', () => {
    const stage = new Stage();
    edge(stage);
    const policy = stage.web.node
      .findAll()
      .find((child) => ApiObject.isApiObject(child) && child.kind === 'NetworkPolicy');
    (policy as ApiObject).addJsonPatch(JsonPatch.replace('/spec/ingress', []));
    expect(stage.told).toEqual(['PTL101 http://a.example.com/']);
    expect(() => stage.app.synthYaml()).toThrow('toRouteTo(web:http) (made by the route)');
  });

  test('a class that nobody serves (ING-13)', () => {
    const stage = new Stage();
    edge(stage, { className: 'internal' });
    expect(stage.told).not.toEqual([]);
  });

  test('another rule that takes the path', () => {
    const stage = new Stage();
    edge(stage);
    new Ingress(stage.chart, 'later', { host: 'a.example.com', routes: { '/': stage.other } });
    expect(stage.told).not.toEqual([]);
  });
});

test('a controller that the Ingress names is one of the cluster, so that it can be proved', () => {
  const stage = new Stage({ gateways: [GatewayController.envoy()] });
  const controller = IngressController.haproxy();
  new Ingress(stage.chart, 'edge', { host: 'a.example.com', routes: { '/': stage.http }, controller });
  new DefaultDeny(stage.chart, 'deny');
  expect(stage.promised).toEqual(['http://a.example.com/']);
});
