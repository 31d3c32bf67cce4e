import { readCertificate } from '../../../../lib/certificates/read-certificate';
import { gatewayEdges } from '../../../../lib/model/ingress/gateway/gateway-edges';
import { asManifest, clusterOf } from '../../../../lib/model/network';
import { FOR_OTHER, FOR_SHOP, keyOf } from '../../../support/certificates';
import { BASE, gateway, INFRA, listener, ref, route, to } from './conformance/suite';
import { answerTo, edgeOf, routed } from './lab';

const V1 = 'infra-backend-v1';
const URL = 'https://shop.example.com/';

function secured(tls: object, ...secrets: readonly object[]) {
  const https = listener('https', undefined, { port: 443, protocol: 'HTTPS', tls });
  const objects = [...BASE, gateway('g', [https]), route('a', [to('v1')], { parents: ['g'] }), ...secrets];
  const edges = gatewayEdges(clusterOf(objects.map(asManifest), {}, { readCertificate }));
  return edges.find((edge) => edge.gateway?.name === 'g')!;
}

const certificates = (...names: readonly string[]) => ({ certificateRefs: names.map((name) => ({ name })) });

function secret(name: string, data: object): object {
  return { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata: { name, namespace: INFRA }, data };
}

const tlsOf = (edge: ReturnType<typeof secured>) => routed(edge, [URL, '']).tls;

describe('the certificate of a listener', () => {
  test('is in a Secret that may be declared elsewhere', () => {
    const edge = secured(certificates('cert'));
    expect(answerTo(edge, [URL, ''])).toBe(V1);
    expect(tlsOf(edge)).toMatchObject({ mode: 'terminates', secret: { name: 'cert' }, covers: 'unknown' });
  });

  test.each([
    ['no certificate', {}],
    ['what is none', { 'tls.crt': 'AAAA' }],
  ])('in a Secret that has %s lets nobody in', (_what, data) => {
    expect(answerTo(secured(certificates('cert'), secret('cert', data)), [URL, ''])).toBe('refused');
  });

  test('GW-10: of a namespace that is declared elsewhere may be granted there', () => {
    expect(answerTo(secured({ certificateRefs: [{ name: 'cert', namespace: 'elsewhere' }] }), [URL, ''])).toBe(
      `${V1} or refused (GW-10)`,
    );
  });

  test('comes from where its options say, where it names none', () => {
    const tls = tlsOf(secured({ options: { 'example.com/certificate': 'a' } }));
    expect(tls).toEqual({
      mode: 'terminates',
      covers: 'unknown',
      because: 'options of the listener say where its certificate comes from',
    });
  });

  test('GW-02: is of several the one that is for the name', () => {
    const paired = (pem: string) => ({ 'tls.crt': btoa(pem), 'tls.key': btoa(keyOf(pem)) });
    const own = [secret('other', paired(FOR_OTHER)), secret('shop', paired(FOR_SHOP))];
    expect(tlsOf(secured(certificates('other', 'shop'), ...own))).toMatchObject({
      secret: { name: 'shop' },
      covers: true,
    });
    expect(tlsOf(secured(certificates('other'), ...own))).toMatchObject({ secret: { name: 'other' }, covers: false });
  });
});

test('GW-10: a backend of a namespace that is declared elsewhere may be granted there', () => {
  const edge = edgeOf([route('a', [to([ref('api', { namespace: 'elsewhere' })])])]);
  expect(answerTo(edge, ['/', ''])).toBe('500 (GW-10)');
});
