import { readCertificate } from '../../../../lib/certificates/read-certificate';
import { resolveProfile } from '../../../../lib/model/cluster/resolve-profile';
import type { LintOf } from '../../../../lib/model/finding/lint';
import { parseManifests } from '../../../../lib/model/manifest/parse';
import { Network } from '../../../../lib/model/network';
import { BY_SUBJECT, FOR_OTHER, FOR_SHOP, KEY_OF_OTHER, keyOf } from '../../../support/certificates';
import { brief, ingressOf, lintsOf } from '../../../support/ingress-lints';

const SHOP = 'shop.example.com';
const secret = (data: object) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'cert', namespace: 'shop' },
  type: 'Opaque',
  stringData: data,
});
const of = (pem: string, key = keyOf(pem)) => secret({ 'tls.crt': pem, 'tls.key': key });
const edge = (...hosts: readonly string[]) =>
  ingressOf('edge', { [SHOP]: [{ path: '/' }] }, { tls: [{ hosts, secretName: 'cert' }] });
const gateway = (hostname: string | undefined, ...names: readonly string[]) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'public', namespace: 'shop' },
  spec: {
    gatewayClassName: 'istio',
    listeners: [
      {
        name: 'https',
        port: 443,
        protocol: 'HTTPS',
        hostname,
        tls: { certificateRefs: names.map((name) => ({ name })) },
      },
    ],
  },
});

function found(...manifests: readonly object[]) {
  const { resources } = parseManifests(
    manifests.map((object) => ({ object, origin: {} })),
    { readCertificate },
  );
  const { profile } = resolveProfile({ object: {}, origin: {} });
  const lints = Network.of(resources, profile).lints();
  return lints.filter((lint): lint is LintOf<'PTL415'> => lint.code === 'PTL415');
}

describe('PTL415: a certificate that is not for its host (ING-16)', () => {
  test.each<[string, string, readonly string[]]>([
    ['for another host', FOR_OTHER, ['other.example']],
    ['for the host by its subject alone, which counts no more', BY_SUBJECT, []],
  ])('a warning at the host: %s', (_, pem, names) => {
    const lints = found(edge(SHOP), of(pem));
    expect(brief(lints)).toEqual(['warning edge spec.tls[0].hosts[0]']);
    expect(lints[0]).toMatchObject({ host: SHOP, secret: 'shop/cert', names });
    expect(lints[0].certificates).toMatchObject([{ kind: 'Secret', namespace: 'shop', name: 'cert' }]);
  });

  test.each<[string, object]>([
    ['nothing in the Secret', secret({ key: 'x' })],
    ['a certificate without its key', secret({ 'tls.crt': FOR_SHOP })],
    ['a certificate with the key of another', of(FOR_SHOP, KEY_OF_OTHER)],
    ['no certificate in it', of('hello')],
  ])('a warning where there is %s', (_, own) => {
    const lints = found(edge(SHOP), own);
    expect(lints).toMatchObject([{ severity: 'warning', names: undefined }]);
  });

  test('a listener of a Gateway, where none of its certificates is', () => {
    expect(brief(found(gateway(SHOP, 'cert'), of(FOR_OTHER)))).toEqual(['warning public spec.listeners[0].hostname']);
    expect(found(gateway(SHOP, 'cert', 'elsewhere'), of(FOR_OTHER))).toEqual([]);
  });

  test.each<[string, readonly object[]]>([
    ['the certificate is for the host', [edge(SHOP), of(FOR_SHOP)]],
    ['a wildcard of it covers one label', [edge('www.example.org', '*.example.org'), of(FOR_SHOP)]],
    ['the Secret is declared elsewhere', [edge(SHOP)]],
    ['a listener for every host', [gateway(undefined, 'cert'), of(FOR_OTHER)]],
  ])('nothing is told: %s', (_, manifests) => {
    expect(found(...manifests)).toEqual([]);
  });

  test('nothing is told where nobody is there to read it', () => {
    expect(lintsOf('PTL415', [edge(SHOP), of(FOR_OTHER)])).toEqual([]);
  });
});
