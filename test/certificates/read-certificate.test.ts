import { readCertificate } from '../../lib/certificates/read-certificate';
import { BY_SUBJECT, FOR_OTHER, FOR_SHOP } from '../support/certificates';

test.each<[string, string, readonly string[] | undefined]>([
  ['names and addresses', FOR_SHOP, ['shop.example.com', '*.example.org', '192.0.2.1']],
  ['of a chain the first', FOR_OTHER + FOR_SHOP, ['other.example']],
  ['none where only the subject has one', BY_SUBJECT, []],
  ['no certificate', 'REPLACE ME', undefined],
  ['nothing', '', undefined],
])('ING-16: the names of a certificate: %s', (_, pem, names) => {
  expect(readCertificate(pem)?.names).toEqual(names);
});
