import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { CertificateKey, ReadCertificate } from '../model/manifest/secret-resource';

/** The names that clients look for: what stands in the subject alone counts no more (RFC 9525). */
export const readCertificate: ReadCertificate = (pem, key) => {
  const certificate = parse(pem);
  if (!certificate) return undefined;
  const names = (certificate.subjectAltName ?? '').split(', ').flatMap((entry) => {
    const name = /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1];
    return name === undefined ? [] : [name.replace(/^"(.*)"$/, '$1').toLowerCase()];
  });
  return { names, key: key === undefined ? 'none' : compared(certificate, key) };
};

/** One that needs a passphrase no controller reads. */
function compared(certificate: X509Certificate, pem: string): CertificateKey {
  const key = parseKey(pem);
  if (!key) return 'unreadable';
  return certificate.checkPrivateKey(key) ? 'own' : 'of-another';
}

function parseKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
