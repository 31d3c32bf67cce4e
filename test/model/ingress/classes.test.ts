import type { ClusterProfileSpec } from '../../../lib/model/cluster/profile';
import { brief, edgesFor, type IngressSpec, ingressClass, routedBy, withApps } from './lab';

const URL = 'http://shop.example.com/';
const spec = (className?: string): IngressSpec => ({
  className,
  rules: { 'shop.example.com': [{ path: '/', to: 'web' }] },
});
const isDefault = (createdAt?: string) => ({
  annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' },
  creationTimestamp: createdAt,
});

/** Each controller with what it answers, and whether its pods are known. */
function served(ingress: IngressSpec, classes: readonly object[], profile: ClusterProfileSpec = {}): readonly string[] {
  return edgesFor([...withApps(ingress), ...classes], profile).map((edge) => {
    const doubts = edge.doubts.map(({ rule }) => rule).join(' ');
    return `${edge.label}${edge.controller ? ' with pods' : ''}${doubts && ` (${doubts})`}: ${brief(routedBy(edge, URL))}`;
  });
}

const NGINX = ingressClass('public', 'k8s.io/ingress-nginx');
const FOREIGN = ingressClass('public', 'example.com/their-own');
const two = { ingress: [{ name: 'nginx', className: 'public' }, { name: 'traefik' }] };

test.each<[string, readonly string[], readonly string[]]>([
  [
    'the class leads to the controller of the profile',
    served(spec('public'), [NGINX], { ingress: ['nginx'] }),
    ['ingress-nginx with pods: shop/web:80'],
  ],
  [
    'without an IngressClass by the name of its class',
    served(spec('public'), [], two),
    ['ingress-nginx with pods: shop/web:80', 'Traefik with pods: 404'],
  ],
  [
    'a class that is declared elsewhere may be that of any controller of the profile',
    served(spec('bogus'), [], two),
    ['ingress-nginx with pods: 404 | shop/web:80 ? ING-13', 'Traefik with pods: 404 | shop/web:80 ? ING-13'],
  ],
  [
    'a class of a controller that the profile leaves out',
    served(spec('public'), [FOREIGN], { ingress: ['traefik'] }),
    ['Traefik with pods: 404', 'example.com/their-own (ING-13): shop/web:80'],
  ],
  [
    'of two of a kind the one with the class',
    served(spec('public'), [NGINX], { ingress: ['nginx', { name: 'nginx', className: 'public' }] }),
    ['ingress-nginx with pods: 404', 'ingress-nginx with pods: shop/web:80'],
  ],
  [
    'of two of a kind that both have other classes nobody knows',
    served(spec('public'), [NGINX], { ingress: ['nginx', { name: 'nginx', className: 'internal' }] }),
    ['ingress-nginx with pods: 404 | shop/web:80 ? ING-13', 'ingress-nginx with pods: 404 | shop/web:80 ? ING-13'],
  ],
  [
    'a known controller that the profile does not tell of',
    served(spec('public'), [NGINX]),
    ['ingress-nginx: shop/web:80'],
  ],
  ['a known name of a class alone', served(spec('traefik'), []), ['Traefik: shop/web:80']],
  ['a controller that nobody knows', served(spec('public'), [FOREIGN]), ['example.com/their-own: shop/web:80']],
  ['a class that nobody declares', served(spec('bogus'), []), ['the ingress controller: 404 | shop/web:80 ? ING-13']],
])('ING-13: %s', (_, actual, expected) => {
  expect(actual).toEqual(expected);
});

test.each<[string, readonly string[], readonly string[]]>([
  ['nobody tells of any', served(spec(), []), ['the ingress controller: shop/web:80']],
  [
    'the only default one is taken',
    served(spec(), [ingressClass('public', 'k8s.io/ingress-nginx', isDefault())], { ingress: ['nginx'] }),
    ['ingress-nginx with pods: shop/web:80'],
  ],
  [
    'of several the newest',
    served(
      spec(),
      [
        ingressClass('a', 'k8s.io/ingress-nginx', isDefault('2025-01-01T00:00:00Z')),
        ingressClass('b', 'traefik.io/ingress-controller', isDefault('2025-02-01T00:00:00Z')),
      ],
      { ingress: ['nginx', 'traefik'] },
    ),
    ['ingress-nginx with pods: 404', 'Traefik with pods: shop/web:80'],
  ],
  [
    'of several of one age the first by name',
    served(
      spec(),
      [
        ingressClass('b', 'traefik.io/ingress-controller', isDefault('2025-01-01T00:00:00Z')),
        ingressClass('a', 'k8s.io/ingress-nginx', isDefault('2025-01-01T00:00:00Z')),
      ],
      { ingress: ['nginx', 'traefik'] },
    ),
    ['ingress-nginx with pods: shop/web:80', 'Traefik with pods: 404'],
  ],
  [
    'of several whose age nobody tells any',
    served(
      spec(),
      [
        ingressClass('a', 'k8s.io/ingress-nginx', isDefault()),
        ingressClass('b', 'traefik.io/ingress-controller', isDefault()),
      ],
      { ingress: ['nginx', 'traefik'] },
    ),
    ['ingress-nginx with pods: 404 | shop/web:80 ? ING-12', 'Traefik with pods: 404 | shop/web:80 ? ING-12'],
  ],
  [
    'without one nobody knows whether the controller cares',
    served(spec(), [], { ingress: ['nginx'] }),
    ['ingress-nginx with pods: 404 | shop/web:80 ? ING-12'],
  ],
  [
    'unless the profile says that it does',
    served(spec(), [], { ingress: [{ name: 'nginx', servesWithoutClass: true }] }),
    ['ingress-nginx with pods: shop/web:80'],
  ],
  [
    'or that it does not',
    served(spec(), [], { ingress: [{ name: 'nginx', servesWithoutClass: false }] }),
    ['ingress-nginx with pods: 404'],
  ],
])('ING-12: of Ingresses without a class %s', (_, actual, expected) => {
  expect(actual).toEqual(expected);
});

test.each<[string, Readonly<Record<string, string>>, string, string]>([
  [
    'what only one controller reads leaves it open which there is',
    { 'nginx.ingress.kubernetes.io/permanent-redirect': 'https://new.example' },
    URL,
    '301 https://new.example | shop/web:80 ? ING-13',
  ],
  [
    'what makes no difference leaves nothing open',
    { 'nginx.ingress.kubernetes.io/proxy-body-size': '8m' },
    URL,
    'shop/web:80',
  ],
  [
    'what another controller alone reads is left open',
    { 'konghq.com/strip-path': 'true' },
    URL,
    'shop/web:80 ? ING-17',
  ],
  ['what says how it runs is passed over', { 'alb.ingress.kubernetes.io/scheme': 'internal' }, URL, 'shop/web:80'],
  ['what says nothing of requests is passed over', { 'cert-manager.io/issuer': 'ours' }, URL, 'shop/web:80'],
])('ING-13: annotations: %s', (_, annotations, url, expected) => {
  const [edge] = edgesFor(withApps({ ...spec(), annotations }));
  expect(brief(routedBy(edge, url))).toBe(expected);
});
