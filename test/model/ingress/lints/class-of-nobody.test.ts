import { brief, type IngressOptions, ingressOf, lintsOf } from '../../../support/ingress-lints';
import { service } from '../../../support/manifests';

const edge = (options: IngressOptions = {}) => ingressOf('edge', { 'a.example.com': [{ path: '/' }] }, options);
const ofClass = (className: string) => edge({ className });
const ingressClass = (name: string, controller: string, isDefault = false) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name, annotations: { 'ingressclass.kubernetes.io/is-default-class': String(isDefault) } },
  spec: { controller },
});
const NGINX = { ingress: ['nginx'] };
const found = (manifests: readonly object[], profile: object = {}) => lintsOf('PTL410', manifests, profile);

describe('PTL410: a class that nobody serves (ING-12, ING-13)', () => {
  test.each<[string, readonly object[], object, string, object]>([
    [
      'a slip in the class',
      [ofClass('ngnix')],
      NGINX,
      'spec.ingressClassName',
      { didYouMean: 'nginx', has: ['nginx'] },
    ],
    ['a class of no controller', [ofClass('contour')], NGINX, 'spec.ingressClassName', { problem: 'no-class' }],
    [
      'the older annotation',
      [edge({ annotations: { 'kubernetes.io/ingress.class': 'ngnix' } })],
      NGINX,
      'metadata.annotations.kubernetes.io/ingress.class',
      { problem: 'no-class', didYouMean: 'nginx' },
    ],
    [
      'ING-13: the class of another controller',
      [ofClass('x'), ingressClass('x', 'example.com/x')],
      NGINX,
      'spec.ingressClassName',
      { problem: 'no-controller', controller: 'example.com/x' },
    ],
    [
      'ING-12: no class, and none is the default one',
      [edge(), ingressClass('nginx', 'k8s.io/ingress-nginx')],
      { ingress: [{ name: 'nginx', servesWithoutClass: false }] },
      'spec',
      { problem: 'none', has: ['nginx'] },
    ],
    [
      'a slip for a controller that is well known',
      [ofClass('ngnix')],
      {},
      'spec.ingressClassName',
      { didYouMean: 'nginx' },
    ],
    [
      'a slip for a class that is declared',
      [ofClass('publik'), ingressClass('public', 'example.com/x')],
      {},
      'spec.ingressClassName',
      { didYouMean: 'public' },
    ],
  ])('a warning: %s', (_, manifests, profile, field, detail) => {
    const lints = found(manifests, profile);
    expect(brief(lints)).toHaveLength(1);
    expect(
      brief(lints)[0]
        .replaceAll(/\["?|"?\]/g, '.')
        .replace(/\.$/, ''),
    ).toBe(`warning edge ${field}`);
    expect(lints[0]).toMatchObject(detail);
  });

  test('an error in a dump of a whole cluster that has its classes', () => {
    const whole = service('kubernetes', { clusterIP: '10.96.0.1', ports: [{ port: 443 }] }, 'default');
    const lints = found([whole, ofClass('x'), ingressClass('nginx', 'k8s.io/ingress-nginx')]);
    expect(lints.map(({ severity }) => severity)).toEqual(['error']);
    expect(found([whole, ofClass('x')])).toEqual([]);
  });

  test.each<[string, readonly object[], object]>([
    ['a controller serves it', [ofClass('nginx')], NGINX],
    [
      'it is the class of a controller by its IngressClass',
      [ofClass('x'), ingressClass('x', 'k8s.io/ingress-nginx')],
      NGINX,
    ],
    ['ING-12: it gets the default class', [edge(), ingressClass('x', 'k8s.io/ingress-nginx', true)], NGINX],
    ['nobody says whether controllers serve Ingresses without class', [edge()], NGINX],
    ['nobody names the controllers', [ofClass('contour')], {}],
    ['a class of a similar name', [ofClass('nginx-2')], {}],
    ['it is declared, and nobody names the controllers', [ofClass('x'), ingressClass('x', 'example.com/x')], {}],
  ])('nothing is told: %s', (_, manifests, profile) => {
    expect(found(manifests, profile)).toEqual([]);
  });
});
