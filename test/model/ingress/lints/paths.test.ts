import { brief, type IngressOptions, ingressOf, lintsOf, type PathSpec } from '../../../support/ingress-lints';
import { deployment, service } from '../../../support/manifests';

const HOST = 'a.example.com';
const apps = ['web', 'api'].flatMap((name) => [
  service(name, { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }] }),
  deployment(name, { ports: [{ containerPort: 8080 }] }),
]);
const REGEX = { 'nginx.ingress.kubernetes.io/use-regex': 'true' };
const at = (path: string, to: string, type = 'Prefix'): PathSpec => ({ path, type, to: `${to}:80` });
const edge = (paths: readonly PathSpec[], options: IngressOptions) => ingressOf('edge', { [HOST]: paths }, options);

type Found = readonly [profile: object, ...ingresses: readonly object[]];
const NGINX = { className: 'nginx', annotations: REGEX };
const TRAEFIK = { className: 'traefik' };

describe('PTL412: a path that can never win', () => {
  const found = ([profile, ...ingresses]: Found) => lintsOf('PTL412', [...apps, ...ingresses], profile);

  test.each<[string, Found, number, object]>([
    [
      'ING-21: Traefik takes the longer rule, which is that of a Prefix',
      [{ ingress: ['traefik'] }, edge([at('/in', 'web', 'Exact'), at('/in', 'api')], TRAEFIK)],
      0,
      { backend: 'web:80', twinBackend: 'api:80', twinPath: '/in (Prefix)', rule: 'ING-21' },
    ],
    [
      'ING-21: so it is where only the class says that it is Traefik',
      [{}, edge([at('/in', 'web', 'Exact'), at('/in', 'api')], TRAEFIK)],
      0,
      { controller: 'Traefik' },
    ],
    [
      'ING-18: of expressions that differ in case alone one is never asked',
      [{ ingress: ['nginx'] }, edge([at('/In', 'web'), at('/in', 'api')], NGINX)],
      0,
      { twinPath: '/in (Prefix)', rule: 'ING-18' },
    ],
  ])('%s', (_, given, index, detail) => {
    const lints = found(given);
    expect(brief(lints)).toEqual([`warning edge spec.rules[0].http.paths[${index}].path`]);
    expect(lints[0]).toMatchObject(detail);
  });

  test.each<[string, Found]>([
    [
      'ING-08: Exact goes first',
      [{ ingress: ['nginx'] }, edge([at('/in', 'web', 'Exact'), at('/in', 'api')], { className: 'nginx' })],
    ],
    [
      'ING-06: case counts',
      [{ ingress: ['nginx'] }, edge([at('/In', 'web'), at('/in', 'api')], { className: 'nginx' })],
    ],
    [
      'both lead to one backend',
      [{ ingress: ['traefik'] }, edge([at('/in', 'web', 'Exact'), at('/in', 'web')], TRAEFIK)],
    ],
    ['nobody says which controller it is', [{}, edge([at('/in', 'web', 'Exact'), at('/in', 'api')], {})]],
    [
      'the order is told by an annotation',
      [
        { ingress: ['traefik'] },
        edge([at('/in', 'web', 'Exact')], {
          ...TRAEFIK,
          annotations: { 'traefik.ingress.kubernetes.io/router.priority': '99' },
        }),
        ingressOf('more', { [HOST]: [at('/in', 'api')] }, TRAEFIK),
      ],
    ],
  ])('nothing is told: %s', (_, given) => {
    expect(found(given)).toEqual([]);
  });
});

describe('PTL416: a Prefix that takes more than its elements', () => {
  const found = ([profile, ...ingresses]: Found) => lintsOf('PTL416', [...apps, ...ingresses], profile);
  const two = [at('/', 'web'), at('/foo', 'api')];

  test.each<[string, Found, object]>([
    [
      'ING-21: Traefik compares the characters',
      [{ ingress: ['traefik'] }, edge(two, TRAEFIK)],
      {
        example: '/foobar',
        backend: 'api:80',
        twinPath: '/',
        twinBackend: 'web:80',
        compares: 'text',
        controller: 'Traefik',
      },
    ],
    [
      'ING-18: an expression is open at its end',
      [{ ingress: ['nginx'] }, edge(two, NGINX)],
      { example: '/foobar', compares: 'expressions', controller: 'ingress-nginx' },
    ],
  ])('%s', (_, given, detail) => {
    const lints = found(given);
    expect(brief(lints)).toEqual(['warning edge spec.rules[0].http.paths[1].path']);
    expect(lints[0]).toMatchObject(detail);
  });

  test('ING-18: the annotation of another Ingress of the host counts as well', () => {
    const other = ingressOf('other', { [HOST]: [at('/x', 'web')] }, NGINX);
    expect(brief(found([{ ingress: ['nginx'] }, edge(two, { className: 'nginx' }), other]))).toEqual([
      'warning edge spec.rules[0].http.paths[1].path',
    ]);
  });

  test.each<[string, Found]>([
    ['ING-06: elements are compared', [{ ingress: ['nginx'] }, edge(two, { className: 'nginx' })]],
    ['ING-20: HAProxy compares elements', [{ ingress: ['haproxy'] }, edge(two, { className: 'haproxy' })]],
    [
      'ING-21: Traefik is told to be strict',
      [{ ingress: [{ name: 'traefik', strictPrefixMatching: true }] }, edge(two, TRAEFIK)],
    ],
    [
      'ING-18: the annotation is of another host',
      [
        { ingress: ['nginx'] },
        edge(two, { className: 'nginx' }),
        ingressOf('x', { 'b.example.com': two }, { className: 'nginx' }),
      ],
    ],
    ['nobody else would have it', [{ ingress: ['traefik'] }, edge([at('/foo', 'api'), at('/x', 'web')], TRAEFIK)]],
    ['the other has the same backend', [{ ingress: ['traefik'] }, edge([at('/', 'api'), at('/foo', 'api')], TRAEFIK)]],
    ['a slash ends it', [{ ingress: ['traefik'] }, edge([at('/', 'web'), at('/foo/', 'api')], TRAEFIK)]],
    ['nobody says which controller it is', [{}, edge(two, {})]],
  ])('nothing is told: %s', (_, given) => {
    expect(found(given)).toEqual([]);
  });
});
