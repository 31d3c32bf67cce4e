import { parseManifests } from '../../../lib/model/manifest/parse';
import type { SecretResource } from '../../../lib/model/manifest/resources';
import type { ReadCertificate } from '../../../lib/model/manifest/secret-resource';
import { faultsOf, readOne } from './reading';

const secret = (body: object) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'tls', namespace: 'shop' },
  ...body,
});
const certificateOf = (body: object) => {
  const readCertificate: ReadCertificate = (pem, key) =>
    pem.startsWith('for ')
      ? { names: [pem.slice('for '.length)], key: key === undefined ? 'none' : key === pem ? 'own' : 'of-another' }
      : undefined;
  const { resources, faults } = parseManifests([{ object: secret(body), origin: {} }], { readCertificate });
  expect(faults).toEqual([]);
  return (resources[0] as SecretResource).certificate();
};

test.each<[string, object, object]>([
  ['of data', { data: { 'tls.crt': btoa('for shop') } }, { state: 'read', names: ['shop'], key: 'none' }],
  [
    'of data with line breaks',
    { data: { 'tls.crt': `${btoa('for a shop')}\n` } },
    { state: 'read', names: ['a shop'], key: 'none' },
  ],
  ['of stringData', { stringData: { 'tls.crt': 'for shop' } }, { state: 'read', names: ['shop'], key: 'none' }],
  [
    'of stringData before data',
    { data: { 'tls.crt': btoa('for a') }, stringData: { 'tls.crt': 'for b' } },
    { state: 'read', names: ['b'], key: 'none' },
  ],
  [
    'with its key, of stringData before data',
    { data: { 'tls.crt': btoa('for a'), 'tls.key': btoa('for b') }, stringData: { 'tls.key': 'for a' } },
    { state: 'read', names: ['a'], key: 'own' },
  ],
  ['that is none', { stringData: { 'tls.crt': 'REPLACE ME' } }, { state: 'unreadable' }],
  ['that is not there', { stringData: { password: 'a' } }, { state: 'none' }],
])('ING-16: the certificate %s', (_, body, expected) => {
  expect(certificateOf(body)).toEqual(expected);
});

test('ING-16: nobody knows for whom a certificate is that nobody reads', () => {
  expect(readOne('secret', secret({ stringData: { 'tls.crt': 'a' } })).certificate()).toEqual({ state: 'unread' });
});

test('what SOPS has encrypted is no fault, and nobody can read it', () => {
  const values = { 'tls.crt': 'ENC[AES256_GCM,data:a==]', 'tls.key': 'ENC[AES256_GCM,data:b==]' };
  const encrypted = { ...secret({ type: 'kubernetes.io/tls', data: values }), sops: { version: '3.9.0' } };
  expect(readOne('secret', encrypted).certificate()).toEqual({ state: 'unread' });
});

test.each<[string, object, readonly string[]]>([
  ['no base64', { data: { a: 'not base64!' } }, ['PTL002 data.a']],
  ['base64 without its padding', { data: { a: 'YQ' } }, ['PTL002 data.a']],
  ['a number in data', { data: { a: 7 } }, ['PTL002 data.a']],
  ['a number in stringData', { stringData: { a: 7 } }, ['PTL002 stringData.a']],
  ['a key with a slash', { stringData: { 'a/b': 'c' } }, ['PTL014 stringData[a/b]']],
  ['a key of dots', { stringData: { '..': 'c' } }, ['PTL014 stringData[..]']],
  ['a key too long', { stringData: { ['a'.repeat(254)]: 'c' } }, [`PTL014 stringData.${'a'.repeat(254)}`]],
  ['TLS without anything', { type: 'kubernetes.io/tls' }, ['PTL003 data[tls.crt]', 'PTL003 data[tls.key]']],
  ['TLS without its key', { type: 'kubernetes.io/tls', data: { 'tls.crt': '' } }, ['PTL003 data[tls.key]']],
])('ING-16: a Secret with %s is refused', (_, body, faults) => {
  expect(faultsOf(secret(body))).toEqual(faults);
});

test('what is wrong is not shown where it may be secret', () => {
  const { faults } = parseManifests([{ object: secret({ data: { a: 'hunter2!' } }), origin: {} }]);
  expect(JSON.stringify(faults)).not.toContain('hunter2');
});
