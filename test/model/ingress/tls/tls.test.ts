import { readCertificate } from '../../../../lib/certificates/read-certificate';
import type { ClusterProfileSpec } from '../../../../lib/model/cluster/profile';
import { ingressEdges } from '../../../../lib/model/ingress/ingress-edges';
import { coversHost } from '../../../../lib/model/ingress/tls/certificate';
import { asManifest, clusterOf } from '../../../../lib/model/network';
import { FOR_OTHER, FOR_SHOP, KEY_OF_OTHER, keyOf, LOCKED_KEY_OF_SHOP } from '../../../support/certificates';
import { answerer, type IngressSpec, routedBy, withApps } from '../lab';

const HOST = 'shop.example.com';
const rules = { [HOST]: [{ path: '/', to: 'web' }] };
const secret = (name: string, pem: string, key = keyOf(pem)) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: 'shop' },
  type: 'kubernetes.io/tls',
  data: { 'tls.crt': btoa(pem), 'tls.key': btoa(key) },
});
const served = (name: string) => ({ ingress: [{ name, servesWithoutClass: true }] });
const SHOP = { hosts: [HOST], secretName: 'shop-tls' };
const OTHER = { hosts: ['other.example'], secretName: 'other-tls' };

/** `shop-tls covers`, `none covers not`: which Secret is shown, and whether its certificate is one for the host. */
function shown(
  specs: readonly IngressSpec[],
  secrets: readonly object[],
  profile?: ClusterProfileSpec,
  url = `https://${HOST}/`,
) {
  const manifests = [...withApps(...specs), ...secrets].map(asManifest);
  const [edge] = ingressEdges(clusterOf(manifests, profile ?? {}, { readCertificate }));
  const { tls } = routedBy(edge, url);
  const covers = { true: 'covers', false: 'covers not', unknown: 'unknown' }[String(tls?.covers)];
  return tls && `${tls.secret?.name ?? 'none'} ${covers}`;
}

const own = [secret('shop-tls', FOR_SHOP)];
const wrong = [secret('shop-tls', FOR_OTHER)];
const mismatched = [secret('shop-tls', FOR_SHOP, KEY_OF_OTHER)];
const locked = [secret('shop-tls', FOR_SHOP, LOCKED_KEY_OF_SHOP)];
const one = (tls: readonly object[]): readonly IngressSpec[] => [{ rules, tls }];
const two: readonly IngressSpec[] = [
  { name: 'a', rules, tls: [SHOP] },
  { name: 'b', rules: {}, defaultBackend: 'web', tls: [{ hosts: [HOST], secretName: 'b-tls' }] },
];

test.each<[string, ReturnType<typeof shown>, string | undefined]>([
  ['the Secret of the host', shown(one([SHOP]), own), 'shop-tls covers'],
  ['one that is not for it', shown(one([SHOP]), wrong), 'shop-tls covers not'],
  ['one with the key of another', shown(one([SHOP]), mismatched), 'shop-tls covers not'],
  ['one whose key needs a passphrase', shown(one([SHOP]), locked), 'shop-tls covers not'],
  ['one with an empty key', shown(one([SHOP]), [secret('shop-tls', FOR_SHOP, '')]), 'shop-tls covers not'],
  ['one that is declared elsewhere', shown(one([SHOP]), []), 'shop-tls unknown'],
  ['one of several', shown(one([OTHER, SHOP]), own), 'shop-tls covers'],
  [
    'a precise host before a wildcard',
    shown(one([{ ...OTHER, hosts: ['*.example.com'] }, SHOP]), own),
    'shop-tls covers',
  ],
  ['a `tls` without a Secret', shown(one([{ hosts: [HOST] }]), own), 'none unknown'],
  ['no `tls` at all', shown(one([]), own), 'none unknown'],
  ['a `tls` for whatever host', shown(one([{ secretName: 'shop-tls' }]), own), 'shop-tls covers'],
  ['two Secrets for one host', shown(two, own), 'none unknown'],
  ['plain http', shown(one([SHOP]), own, {}, `http://${HOST}/`), undefined],
])('ING-16: by what the API says a connection gets %s', (_, actual, expected) => {
  expect(actual).toBe(expected);
});

const aged = (first: string, second: string): readonly IngressSpec[] => [
  { name: 'a', createdAt: first, rules, tls: [SHOP] },
  { name: 'b', createdAt: second, rules, tls: [{ hosts: [HOST], secretName: 'b-tls' }] },
];
const nginx = (specs: readonly IngressSpec[], secrets: readonly object[]) => shown(specs, secrets, served('nginx'));

test.each<[string, ReturnType<typeof shown>, string]>([
  ['the Secret of the host', nginx(one([SHOP]), own), 'shop-tls covers'],
  ['its own instead of one that is not for the host', nginx(one([SHOP]), wrong), 'none covers not'],
  ['its own instead of one with the key of another', nginx(one([SHOP]), mismatched), 'none covers not'],
  ['one for the host that is listed for none', nginx(one([{ ...SHOP, hosts: [] }]), own), 'shop-tls covers'],
  ['its own for a host that no `tls` lists', nginx(one([OTHER]), [secret('other-tls', FOR_OTHER)]), 'none unknown'],
  ['that of the older Ingress', nginx(aged('2025-02-01T00:00:00Z', '2025-01-01T00:00:00Z'), own), 'b-tls unknown'],
  ['one of two where nobody tells their age', nginx(aged('', ''), own), 'none unknown'],
])('ING-16, ING-17: ingress-nginx shows %s', (_, actual, expected) => {
  expect(actual).toBe(expected);
});

test.each(['haproxy', 'traefik'])(
  'ING-16: %s chooses by the names in the certificates, whatever hosts they are listed for',
  (name) => {
    const misplaced = [secret('shop-tls', FOR_OTHER), secret('other-tls', FOR_SHOP)];
    expect(shown(one([SHOP, OTHER]), misplaced, served(name))).toBe('other-tls covers');
    expect(shown(one([SHOP]), wrong, served(name))).toBe('shop-tls covers not');
    expect(shown(one([SHOP]), mismatched, served(name))).toBe('shop-tls covers not');
    expect(shown(one([SHOP]), [], served(name))).toBe('shop-tls unknown');
  },
);

test('ING-16: the name of the handshake chooses the certificate, the Host header the rule', () => {
  const manifests = [...withApps({ rules, tls: [SHOP, OTHER] }), ...own, secret('other-tls', FOR_OTHER)].map(
    asManifest,
  );
  const [edge] = ingressEdges(clusterOf(manifests, {}, { readCertificate }));
  const { tls, rule } = routedBy(edge, 'https://other.example/', { headers: [['Host', HOST]] });
  expect([tls?.secret?.name, tls?.covers, rule?.matches]).toEqual(['other-tls', true, `${HOST}/ (Prefix)`]);
});

test('ING-16: for a host without `tls` the API promises plain http alone', () => {
  const ask = answerer(withApps({ rules }));
  expect(ask(`https://${HOST}/`)).toBe('refused | shop/web:80 ? ING-16');
  expect(ask(`http://${HOST}/`)).toBe('shop/web:80');
});

test('ING-16: a host in `tls` makes no rule', () => {
  expect(answerer(withApps({ rules, tls: [OTHER] }))('https://other.example/')).toBe('404');
});

test.each<[readonly string[], string, boolean]>([
  [['a.example'], 'a.example', true],
  [['A.Example'], 'a.example', true],
  [['*.example'], 'a.example', true],
  [['*.example'], 'b.a.example', false],
  [['*.example'], 'example', false],
  [['a*.example'], 'ab.example', false],
  [['*.*.example'], 'b.a.example', false],
  [['b.example', 'a.example'], 'a.example', true],
  [[], 'a.example', false],
])('RFC 9525: %j and %s', (names, host, covers) => {
  expect(coversHost(names, host)).toBe(covers);
});
