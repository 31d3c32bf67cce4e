import { type Invalid, invalid, type Place } from '../reader/place';
import { andThen, mapOf, part, type Reader, textWithDefault } from '../reader/reader';
import { text, textOrNull } from '../reader/scalars';
import type { ReadCertificate, SecretCertificate } from '../secret-resource';
import { dataKey } from './data-key';
import { kind } from './kind';

const CERTIFICATE = 'tls.crt';
const KEY = 'tls.key';

/** RFC 4648 with its padding, where line breaks say nothing, as Go reads it. */
const base64: Reader<string> = andThen(textOrNull, (value, place) => {
  const plain = value.replace(/[\r\n]/g, '');
  if (plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain)) return plain;
  return place.as(undefined).fault({
    code: 'PTL002',
    problem: 'the value is no base64',
    expected: 'base64 text, or the plain one in `stringData`',
  });
});

interface Body {
  readonly type: string;
  readonly data: ReadonlyMap<string, string>;
  readonly stringData: ReadonlyMap<string, string>;
  readonly read?: ReadCertificate;
  readonly isEncrypted?: boolean;
}

const type = textWithDefault(text, 'Opaque');

const plain: Reader<Body> = andThen(
  part({ type, data: mapOf(base64, dataKey), stringData: mapOf(textOrNull, dataKey) }),
  (read, place) => {
    const lacks = [CERTIFICATE, KEY].filter((name) => !read.data.has(name) && !read.stringData.has(name));
    return read.type === 'kubernetes.io/tls' && lacks.length > 0
      ? missing(lacks, place)
      : { ...read, read: place.subject.readCertificate };
  },
);

/** What SOPS has encrypted is decrypted before it gets to the API server: nobody here can say what it holds. */
const encrypted: Reader<Body> = andThen(part({ type }), (read) => {
  return { ...read, data: new Map(), stringData: new Map(), isEncrypted: true };
});

const body: Reader<Body> = (place) => (place.has('sops') ? encrypted(place) : plain(place));

function missing(names: readonly string[], place: Place): Invalid {
  for (const name of names) {
    place
      .at('data')
      .at(name)
      .fault({
        code: 'PTL003',
        problem: `a Secret of type kubernetes.io/tls has no ${name}`,
        expected: `${CERTIFICATE} and ${KEY}`,
        rule: 'ING-16',
      });
  }
  return invalid;
}

export const secretKind = kind({
  kind: 'Secret',
  apiVersions: ['v1'],
  body,
  make: ({ type, data, stringData, read, isEncrypted }) => {
    let known: SecretCertificate | undefined;
    const held = (name: string) => stringData.get(name) ?? decoded(data.get(name));
    const certificate = () => {
      known ??= isEncrypted ? { state: 'unread' } : certificateOf(held(CERTIFICATE), held(KEY), read);
      return known;
    };
    return { type: 'secret', secretType: type, certificate };
  },
});

function certificateOf(
  pem: string | undefined,
  key: string | undefined,
  read: ReadCertificate | undefined,
): SecretCertificate {
  if (pem === undefined) return { state: 'none' };
  if (!read) return { state: 'unread' };
  const found = read(pem, key);
  return found ? { state: 'read', ...found } : { state: 'unreadable' };
}

/** INVARIANT: the text is sound base64; what a certificate holds is ASCII. */
function decoded(value: string | undefined): string | undefined {
  return value === undefined ? undefined : atob(value);
}
