import type { IngressSpec } from '../lab';

/** One request of the suite, and who answers: a Service or a status. */
export interface Scenario {
  readonly feature: 'path_rules' | 'host_rules' | 'default_backend' | 'ingress_class' | 'load_balancing';
  readonly ingress: IngressSpec;
  readonly url: string;
  readonly method?: string;
  readonly answer: string | 404;
}

const PATH_RULES: IngressSpec = {
  name: 'path-rules',
  rules: {
    'exact-path-rules': [{ path: '/foo', type: 'Exact', to: 'foo-exact' }],
    'prefix-path-rules': [
      { path: '/foo', to: 'foo-prefix' },
      { path: '/aaa/bbb', to: 'aaa-slash-bbb-prefix' },
      { path: '/aaa', to: 'aaa-prefix' },
    ],
    'mixed-path-rules': [
      { path: '/foo', to: 'foo-prefix' },
      { path: '/foo', type: 'Exact', to: 'foo-exact' },
    ],
    'trailing-slash-path-rules': [
      { path: '/aaa/bbb/', to: 'aaa-slash-bbb-slash-prefix' },
      { path: '/foo/', type: 'Exact', to: 'foo-slash-exact' },
    ],
  },
};

const HOST_RULES: IngressSpec = {
  name: 'host-rules',
  tls: [{ hosts: ['foo.bar.com'], secretName: 'conformance-tls' }],
  rules: { '*.foo.com': [{ path: '/', to: 'wildcard-foo-com' }], 'foo.bar.com': [{ path: '/', to: 'foo-bar-com' }] },
};

const DEFAULT_BACKEND: IngressSpec = { name: 'default-backend', defaultBackend: 'echo-service' };

const BALANCED: IngressSpec = {
  name: 'path-rules',
  rules: { 'load-balancing': [{ path: '/', to: 'echo-service' }] },
};

const path = (url: string, answer: Scenario['answer']): Scenario => ({
  feature: 'path_rules',
  ingress: PATH_RULES,
  url,
  answer,
});
const host = (url: string, answer: Scenario['answer']): Scenario => ({
  feature: 'host_rules',
  ingress: HOST_RULES,
  url,
  answer,
});
const leftOver = (method: string, url: string): Scenario => ({
  feature: 'default_backend',
  ingress: DEFAULT_BACKEND,
  url,
  method,
  answer: 'echo-service',
});

/** kubernetes-sigs/ingress-controller-conformance, features/*.feature: all of them, in their order. */
export const SCENARIOS: readonly Scenario[] = [
  path('http://exact-path-rules/foo', 'foo-exact'),
  path('http://exact-path-rules/foo/', 404),
  path('http://exact-path-rules/FOO', 404),
  path('http://exact-path-rules/bar', 404),
  path('http://prefix-path-rules/foo', 'foo-prefix'),
  path('http://prefix-path-rules/foo/', 'foo-prefix'),
  path('http://prefix-path-rules/FOO', 404),
  path('http://prefix-path-rules/aaa/bbb', 'aaa-slash-bbb-prefix'),
  path('http://prefix-path-rules/aaa/bbb/ccc', 'aaa-slash-bbb-prefix'),
  path('http://prefix-path-rules/aaa/ccc', 'aaa-prefix'),
  path('http://prefix-path-rules/aaaccc', 404),
  path('http://prefix-path-rules/foo/', 'foo-prefix'),
  path('http://mixed-path-rules/foo', 'foo-exact'),
  path('http://trailing-slash-path-rules/aaa/bbb', 'aaa-slash-bbb-slash-prefix'),
  path('http://trailing-slash-path-rules/aaa/bbb/', 'aaa-slash-bbb-slash-prefix'),
  path('http://trailing-slash-path-rules/foo', 404),
  host('https://foo.bar.com', 'foo-bar-com'),
  host('http://foo.bar.com', 'foo-bar-com'),
  host('http://subdomain.bar.com', 404),
  host('http://bar.foo.com', 'wildcard-foo-com'),
  host('http://baz.bar.foo.com', 404),
  host('http://foo.com', 404),
  leftOver('GET', 'http://my-host/'),
  leftOver('GET', 'http://my-host/sub-path'),
  leftOver('POST', 'http://some-host/'),
  leftOver('PUT', 'http://192.0.2.1/resource'),
  leftOver('DELETE', 'http://some-host/resource'),
  leftOver('PATCH', 'http://my-host/resource'),
  { feature: 'load_balancing', ingress: BALANCED, url: 'http://load-balancing/', answer: 'echo-service' },
];

/** ingress_class.feature: an Ingress whose class nobody implements. */
export const UNSERVED: IngressSpec = {
  name: 'test-ingress-class',
  className: 'some-invalid-class-name',
  rules: { 'ingress-class': [{ path: '/', to: 'ingress-class-prefix' }] },
};
