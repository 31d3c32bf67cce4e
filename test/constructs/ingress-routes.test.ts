import { ApiObject, type Chart, Testing } from 'cdk8s';
import { type ISecret, Secret } from 'cdk8s-plus-28';
import {
  DnsApp,
  Ingress,
  IngressController,
  IngressOptions,
  type IngressProps,
  PodNetwork,
  Port,
  Service,
} from 'portolan';
import { chartIn, only } from './manifests';

const image = 'shop/web:3';
const service = (name: string, port: string) => ({ service: { name, port: { name: port } } });

/** Two apps in a chart, with a controller that serves their Ingress. */
class Stage {
  readonly app = Testing.app();
  readonly chart: Chart = chartIn('shop', this.app);
  readonly web = new DnsApp(this.chart, 'web', { image, ports: { http: 3000 } });
  readonly api = new DnsApp(this.chart, 'api', { image, ports: { http: 8080, stats: Port.udp(8125) } });

  constructor(ingress = [IngressController.nginx()]) {
    new PodNetwork(this.app, 'network', { ingress });
  }

  route(props: (stage: Stage) => IngressProps): this {
    new Ingress(this.chart, 'edge', props(this));
    return this;
  }

  get emitted() {
    return only(this.chart, 'Ingress') as ReturnType<typeof only> & {
      readonly metadata: { readonly annotations?: object };
    };
  }
}

function emitted(props: (stage: Stage) => IngressProps) {
  return new Stage().route(props).emitted;
}

function refused(props: (stage: Stage) => unknown) {
  return () => new Stage().route(props as (stage: Stage) => IngressProps);
}

describe('what an Ingress routes', () => {
  test('paths of each type to ports of several apps', () => {
    const { spec } = emitted(({ web, api }) => ({
      host: 'shop.example.com',
      routes: { '/': web.port('http'), '/health': { to: api.port('http'), pathType: 'Exact' } },
    }));
    expect(spec.rules).toEqual([
      {
        host: 'shop.example.com',
        http: {
          paths: [
            { path: '/', pathType: 'Prefix', backend: service('web', 'http') },
            { path: '/health', pathType: 'Exact', backend: service('api', 'http') },
          ],
        },
      },
    ]);
  });

  test('several hosts, wildcards among them', () => {
    const { spec } = emitted(({ web, api }) => ({
      hosts: { '*.example.com': { '/': web.port('http') }, 'api.example.com': { '/': api.port('http') } },
    }));
    expect(spec.rules).toMatchObject([{ host: '*.example.com' }, { host: 'api.example.com' }]);
  });

  test('every host where none is named (ING-03)', () => {
    const { spec } = emitted(({ web }) => ({ routes: { '/': web.port('http') } }));
    expect(spec.rules).toEqual([{ http: { paths: [expect.objectContaining({ path: '/' })] } }]);
  });

  test('all that no route takes, alone or beside routes (ING-10)', () => {
    const alone = emitted(({ web }) => ({ defaultBackend: web.port('http') })).spec;
    expect(alone).toEqual({ ingressClassName: 'nginx', defaultBackend: service('web', 'http') });
    const beside = emitted(({ web, api }) => ({
      routes: { '/api': api.port('http') },
      defaultBackend: web.port('http'),
    }));
    expect(beside.spec).toMatchObject({ defaultBackend: service('web', 'http'), rules: [{}] });
  });

  test('ports of other Services in front of the app, whose policy it opens (ING-15)', () => {
    const stage = new Stage();
    const door = new Service(stage.chart, 'door', { selector: stage.api, ports: { web: stage.api.port('http') } });
    stage.route(() => ({ routes: { '/': door.port('web') } }));
    expect(stage.emitted.spec.rules).toMatchObject([{ http: { paths: [{ backend: service('door', 'web') }] } }]);
    expect(only(stage.chart, 'NetworkPolicy', 'api').spec.ingress).toMatchObject([{ ports: [{ port: 8080 }] }]);
  });

  test('apps of another repository, in the own namespace', () => {
    const blog = DnsApp.existing({ name: 'blog', namespace: 'shop', labels: { app: 'blog' }, ports: { http: 80 } });
    const { spec } = emitted(() => ({ routes: { '/blog': blog.port('http') } }));
    expect(spec.rules).toMatchObject([{ http: { paths: [{ backend: service('blog', 'http') }] } }]);
  });
});

describe('which certificates it shows (ING-16)', () => {
  test('one for all of its hosts', () => {
    const { spec } = emitted(({ web }) => ({
      hosts: { 'a.example.com': { '/': web.port('http') }, 'b.example.com': { '/': web.port('http') } },
      tls: 'shop-tls',
    }));
    expect(spec.tls).toEqual([{ hosts: ['a.example.com', 'b.example.com'], secretName: 'shop-tls' }]);
  });

  test('one of whatever host, where routes are for every host', () => {
    const { spec } = emitted(({ web }) => ({ routes: { '/': web.port('http') }, tls: 'shop-tls' }));
    expect(spec.tls).toEqual([{ secretName: 'shop-tls' }]);
  });

  test('some for some hosts, and the controller for others its own', () => {
    const { spec } = emitted(({ web }) => ({
      host: 'a.example.com',
      routes: { '/': web.port('http') },
      tls: [{ hosts: ['a.example.com'], secret: 'a-tls' }, { hosts: ['b.example.com'] }],
    }));
    expect(spec.tls).toEqual([{ hosts: ['a.example.com'], secretName: 'a-tls' }, { hosts: ['b.example.com'] }]);
  });

  test.each<[string, (chart: Chart) => ISecret | ApiObject]>([
    ['a Secret of cdk8s-plus', (chart) => new Secret(chart, 'tls', { metadata: { name: 'shop-tls' } })],
    [
      'an ApiObject',
      (chart) => new ApiObject(chart, 'tls', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'shop-tls' } }),
    ],
    ['one that lives elsewhere', (chart) => Secret.fromSecretName(chart, 'tls', 'shop-tls')],
  ])('by reference to %s', (_, secret) => {
    const { spec } = emitted(({ web, chart }) => ({ routes: { '/': web.port('http') }, tls: secret(chart) }));
    expect(spec.tls).toEqual([{ secretName: 'shop-tls' }]);
  });

  test('none of another namespace', () => {
    const tls = (app: Stage['app']) =>
      new ApiObject(chartIn('certs', app), 'tls', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'shop-tls' } });
    expect(refused(({ web, app }) => ({ routes: { '/': web.port('http') }, tls: tls(app) }))).toThrow(
      'it is in namespace "certs", and an Ingress names Secrets of its own namespace "shop" only (ING-16)',
    );
  });

  test('nothing but Secrets', () => {
    expect(refused(({ web }) => ({ routes: { '/': web.port('http') }, tls: web.workload }))).toThrow(
      'from "shop/web/Deployment": it is a Deployment, and certificates are in Secrets',
    );
  });
});

describe('what the controller does beyond the API', () => {
  const annotationsOf = (options: IngressProps['options'], controller = IngressController.nginx()) =>
    new Stage([controller]).route(({ web }) => ({ routes: { '/': web.port('http') }, options })).emitted.metadata
      .annotations;

  test('nginx', () => {
    const options = IngressOptions.nginx({
      rewriteTarget: '/$2',
      useRegex: true,
      forceSslRedirect: true,
      backendProtocol: 'HTTPS',
      allowedSources: ['192.0.2.0/24', '198.51.100.0/24'],
    });
    expect(annotationsOf(options)).toEqual({
      'nginx.ingress.kubernetes.io/rewrite-target': '/$2',
      'nginx.ingress.kubernetes.io/use-regex': 'true',
      'nginx.ingress.kubernetes.io/force-ssl-redirect': 'true',
      'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS',
      'nginx.ingress.kubernetes.io/whitelist-source-range': '192.0.2.0/24,198.51.100.0/24',
    });
  });

  test('haproxy', () => {
    const options = IngressOptions.haproxy({ pathRewrite: '/', sslRedirect: false, deniedSources: ['192.0.2.0/24'] });
    expect(annotationsOf(options, IngressController.haproxy())).toEqual({
      'haproxy.org/path-rewrite': '/',
      'haproxy.org/ssl-redirect': 'false',
      'haproxy.org/deny-list': '192.0.2.0/24',
    });
  });

  test('traefik', () => {
    const options = IngressOptions.traefik({
      entryPoints: ['websecure'],
      middlewares: ['shop-a@kubernetescrd', 'shop-b@kubernetescrd'],
      priority: 42,
    });
    expect(annotationsOf(options, IngressController.traefik())).toEqual({
      'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure',
      'traefik.ingress.kubernetes.io/router.middlewares': 'shop-a@kubernetescrd,shop-b@kubernetescrd',
      'traefik.ingress.kubernetes.io/router.priority': '42',
    });
  });

  test('beside annotations for others', () => {
    const { metadata } = emitted(({ web }) => ({
      routes: { '/': web.port('http') },
      options: IngressOptions.nginx({ sslRedirect: false }),
      annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' },
    }));
    expect(metadata.annotations).toEqual({
      'cert-manager.io/cluster-issuer': 'letsencrypt',
      'nginx.ingress.kubernetes.io/ssl-redirect': 'false',
    });
  });

  test('nothing that was not asked for', () => {
    expect(annotationsOf(undefined)).toBeUndefined();
  });

  test('options for a controller that is not there are told', () => {
    const stage = new Stage([IngressController.traefik()]).route(({ web }) => ({
      routes: { '/': web.port('http') },
      options: IngressOptions.nginx({ rewriteTarget: '/' }),
    }));
    expect(() => stage.emitted).toThrow(
      '[shop/edge] the options are for nginx, and requests come through traefik, which does not read them',
    );
  });

  test('sources that are no CIDRs are refused', () => {
    expect(() => IngressOptions.nginx({ allowedSources: ['192.0.2.1/24'] })).toThrow('bits are set behind the prefix');
  });
});

describe('whose pods are let in', () => {
  const controllers = [IngressController.nginx(), IngressController.traefik({ className: 'internal' })];
  const route = (className?: string) =>
    new Stage(controllers).route(({ web }) => ({ routes: { '/': web.port('http') }, className }));
  const letIn = (className?: string) => JSON.stringify(only(route(className).chart, 'NetworkPolicy', 'web').spec);

  test('of the controller that has the class', () => {
    expect(letIn('internal')).toContain('"app.kubernetes.io/name":"traefik"');
  });

  test('of the first where no class is named', () => {
    expect(letIn()).toContain('"app.kubernetes.io/name":"ingress-nginx"');
  });

  test('nobody knows for a class of none of several', () => {
    expect(() => route('public').emitted).toThrow(
      '[shop/edge] class "public" is that of no ingress controller of the PodNetwork, whose classes are "nginx", "internal"',
    );
  });
});

describe('what an Ingress refuses where it is declared', () => {
  test.each<[string, (stage: Stage) => unknown, string]>([
    [
      'a path without a slash',
      ({ web }) => ({ routes: { api: web.port('http') } }),
      'Unable to route api in Ingress "shop/edge": "api" does not begin with /, and the API server refuses it (ING-05)',
    ],
    [
      'a path that proxies read in different ways',
      ({ web }) => ({ routes: { '/a/../b': web.port('http') } }),
      'the path holds /../, and the API server refuses it (ING-05)',
    ],
    [
      'a path type that there is not',
      ({ web }) => ({ routes: { '/': { to: web.port('http'), pathType: 'Regex' } } }),
      '"Regex" is no type of paths. It is one of "Exact", "Prefix", "ImplementationSpecific"',
    ],
    [
      'two prefixes that are the same path (ING-06)',
      ({ web, api }) => ({ routes: { '/shop': web.port('http'), '/shop/': api.port('http') } }),
      'Unable to route both /shop and /shop/ in Ingress "shop/edge": as prefixes they are the same path (ING-06)',
    ],
    ['no routes', () => ({ host: 'a.example.com', routes: {} }), 'it has no routes for host "a.example.com"'],
    ['a host without routes', () => ({ host: 'a.example.com' }), 'host "a.example.com" has no routes'],
    ['nothing at all', () => ({}), 'it has neither routes nor a default backend (ING-10)'],
    [
      'hosts in two places',
      ({ web }) => ({ routes: { '/': web.port('http') }, hosts: { 'a.example.com': { '/': web.port('http') } } }),
      'give `hosts`, or `host` and `routes`, not both',
    ],
    [
      'a port that speaks no TCP',
      ({ api }) => ({ routes: { '/': api.port('stats') } }),
      'it is UDP, and HTTP comes over TCP',
    ],
  ])('%s', (_, props, message) => {
    expect(refused(props)).toThrow(message);
  });

  test.each([
    ['192.0.2.1', 'it is an address, and hosts are names (ING-01, GW-01)'],
    ['shop.example.com:8080', 'it has a port, which is no part of the host'],
    ['*', 'a * alone is no host: leave the host out to match every one (ING-03)'],
    ['shop.*.com', 'a * stands for the first label only (ING-02)'],
    ['Shop.example.com', 'it has upper-case letters'],
    ['https://shop.example.com', 'it is more than a host'],
    ['shop_1.example.com', 'it is no DNS name'],
  ])('%s as a host', (host, message) => {
    expect(refused(({ web }) => ({ host, routes: { '/': web.port('http') } }))).toThrow(
      `Unable to match host "${host}" in Ingress "shop/edge": ${message}`,
    );
  });

  test('an exact path with a slash at its end is another than the prefix without (ING-06)', () => {
    const { spec } = emitted(({ web, api }) => ({
      routes: { '/shop': web.port('http'), '/shop/': { to: api.port('http'), pathType: 'Exact' } },
    }));
    expect(spec.rules).toMatchObject([{ http: { paths: [{ path: '/shop' }, { path: '/shop/' }] } }]);
  });
});
