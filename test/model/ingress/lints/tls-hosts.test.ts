import { brief, ingressOf, lintsOf } from '../../../support/ingress-lints';

const ROOT = [{ path: '/' }];
const tls = (...hosts: readonly string[]) => ({ tls: [{ hosts, secretName: 'cert' }] });
const SHOP = 'shop.example.com';

describe('PTL413: a certificate for a host without a rule (ING-16)', () => {
  const found = (...manifests: readonly object[]) => lintsOf('PTL413', manifests);

  test.each<[string, object, string | undefined]>([
    ['a slip', ingressOf('edge', { [SHOP]: ROOT }, tls('shop.exmaple.com')), SHOP],
    [
      'ING-02: a wildcard covers one label, not two',
      ingressOf('edge', { '*.example.com': ROOT }, tls('a.b.example.com')),
      undefined,
    ],
    ['ING-02: nor the name itself', ingressOf('edge', { '*.example.com': ROOT }, tls('example.com')), undefined],
  ])('a warning, with the host of a rule that was meant: %s', (_, ingress, meant) => {
    const lints = found(ingress);
    expect(brief(lints)).toEqual(['warning edge spec.tls[0].hosts[0]']);
    expect(lints[0].didYouMean).toBe(meant);
  });

  test.each<[string, readonly object[]]>([
    ['a rule has the host', [ingressOf('edge', { [SHOP]: ROOT }, tls(SHOP))]],
    ['a wildcard of a rule covers it', [ingressOf('edge', { '*.example.com': ROOT }, tls(SHOP))]],
    ['it is a wildcard that covers the host of a rule', [ingressOf('edge', { [SHOP]: ROOT }, tls('*.example.com'))]],
    [
      'another Ingress has the rule',
      [ingressOf('a', { 'a.example.com': ROOT }, tls(SHOP)), ingressOf('b', { [SHOP]: ROOT })],
    ],
    ['ING-03: a rule is for every host', [ingressOf('edge', { '': ROOT }, tls(SHOP))]],
    [
      'ING-10: a default backend takes it',
      [ingressOf('edge', { 'a.example.com': ROOT }, { ...tls(SHOP), defaultBackend: 'web:80' })],
    ],
    [
      'an annotation makes it an alias',
      [
        ingressOf(
          'edge',
          { 'a.example.com': ROOT },
          { ...tls(SHOP), annotations: { 'nginx.ingress.kubernetes.io/server-alias': SHOP } },
        ),
      ],
    ],
  ])('nothing is told: %s', (_, manifests) => {
    expect(found(...manifests)).toEqual([]);
  });
});

describe('PTL414: a host without a certificate among others that have one (ING-16)', () => {
  const found = (...manifests: readonly object[]) => lintsOf('PTL414', manifests);
  const two = { [SHOP]: ROOT, 'admin.shop.example.com': ROOT };

  test('a warning at the host, with those that have one', () => {
    const lints = found(ingressOf('edge', two, tls(SHOP)));
    expect(brief(lints)).toEqual(['warning edge spec.rules[1].host']);
    expect(lints[0]).toMatchObject({ host: 'admin.shop.example.com', covered: [SHOP] });
  });

  test.each<[string, readonly object[]]>([
    ['all have one', [ingressOf('edge', two, tls(...Object.keys(two)))]],
    ['none has one', [ingressOf('edge', two)]],
    ['a wildcard covers it', [ingressOf('edge', two, tls(SHOP, '*.shop.example.com'))]],
    [
      'another Ingress has its certificate',
      [ingressOf('a', two, tls(SHOP)), ingressOf('b', { 'b.example.com': ROOT }, tls('admin.shop.example.com'))],
    ],
    [
      'a certificate without hosts may be for all',
      [ingressOf('edge', two, { tls: [...tls(SHOP).tls, { secretName: 'all' }] })],
    ],
    [
      'certificates are told by an annotation too',
      [ingressOf('edge', two, { ...tls(SHOP), annotations: { 'traefik.ingress.kubernetes.io/router.tls': 'true' } })],
    ],
    [
      'its certificate is there with a slip, which is told',
      [ingressOf('edge', two, tls(SHOP, 'admin.shp.example.com'))],
    ],
  ])('nothing is told: %s', (_, manifests) => {
    expect(found(...manifests)).toEqual([]);
  });
});
