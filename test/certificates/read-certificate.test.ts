import { readCertificate } from '../../lib/certificates/read-certificate';
import {
  BY_SUBJECT,
  FOR_OTHER,
  FOR_SHOP,
  KEY_OF_OTHER,
  KEY_OF_SHOP,
  LOCKED_KEY_OF_SHOP,
} from '../support/certificates';

test.each<[string, string, readonly string[] | undefined]>([
  ['names and addresses', FOR_SHOP, ['shop.example.com', '*.example.org', '192.0.2.1']],
  ['of a chain the first', FOR_OTHER + FOR_SHOP, ['other.example']],
  ['none where only the subject has one', BY_SUBJECT, []],
  ['no certificate', 'REPLACE ME', undefined],
  ['nothing', '', undefined],
])('ING-16: the names of a certificate: %s', (_, pem, names) => {
  expect(readCertificate(pem, undefined)?.names).toEqual(names);
});

test.each<[string, string | undefined, string]>([
  ['its own', KEY_OF_SHOP, 'own'],
  [
    'behind parameters of its curve',
    `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${KEY_OF_SHOP}`,
    'own',
  ],
  ['that of another', KEY_OF_OTHER, 'of-another'],
  ['one that needs a passphrase', LOCKED_KEY_OF_SHOP, 'unreadable'],
  ['empty', '', 'unreadable'],
  ['nowhere', undefined, 'none'],
])('ING-16: the private key beside a certificate: %s', (_, key, expected) => {
  expect(readCertificate(FOR_SHOP, key)?.key).toBe(expected);
});
