import { X509Certificate } from 'node:crypto';
import type { ReadCertificate } from '../model/manifest/secret-resource';

/** The names that clients look for: what stands in the subject alone counts no more (RFC 9525). */
export const readCertificate: ReadCertificate = (pem) => {
  const certificate = parse(pem);
  if (!certificate) return undefined;
  const names = (certificate.subjectAltName ?? '').split(', ').flatMap((entry) => {
    const name = /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1];
    return name === undefined ? [] : [name.replace(/^"(.*)"$/, '$1').toLowerCase()];
  });
  return { names };
};

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
