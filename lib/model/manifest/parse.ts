import type { InputFault } from '../finding/input-fault';
import type { Manifest } from '../finding/origin';
import { type Document, documentsOf } from './documents';
import type { Kind } from './kinds/kind';
import { DEFAULT_NAMESPACE } from './kinds/metadata';
import { type Invalid, invalid, isObject, ownField, Place } from './reader/place';
import { part, wrongType } from './reader/reader';
import { text } from './reader/scalars';
import { checkUnknownKind, findKind } from './registry';
import type { Resource } from './resources';
import type { ReadCertificate } from './secret-resource';

/** What the manifests say. An object with faults gives no resource. */
export interface ParsedManifests {
  /** In the order of the manifests; kinds that say nothing of the network are left out. */
  readonly resources: readonly Resource[];
  /** Every fault of every object, in the same order. */
  readonly faults: readonly InputFault[];
}

export interface ParseOptions {
  /** What reads certificates, which needs more than pure functions. @default - what they are for stays unknown */
  readonly readCertificate?: ReadCertificate;
}

/** Reads objects of any kind, as strictly as the API server does where it matters to the network. */
export function parseManifests(manifests: Iterable<Manifest>, options: ParseOptions = {}): ParsedManifests {
  const resources: Resource[] = [];
  const faults: InputFault[] = [];
  const firsts = new Map<string, Document>();
  for (const manifest of manifests) {
    for (const document of documentsOf(manifest)) {
      const resource = readDocument(document, firsts, faults, options);
      if (resource !== invalid && resource !== undefined) {
        resources.push(resource);
      }
    }
  }
  return { resources, faults };
}

const typeMeta = part({ apiVersion: text, kind: text });

/** Nearly every object says what it is, and then nobody need read it to tell faults. */
function isTyped(object: unknown): object is { readonly apiVersion: string; readonly kind: string } {
  return (
    isObject(object) &&
    typeof ownField(object, 'apiVersion') === 'string' &&
    typeof ownField(object, 'kind') === 'string'
  );
}

function readDocument(
  document: Document,
  firsts: Map<string, Document>,
  faults: InputFault[],
  { readCertificate }: ParseOptions,
): Resource | Invalid | undefined {
  const { object, prefix, originOf } = document;
  const root = () => new Place(object, { title: titleOf(object), strict: false, faults, prefix, originOf });
  const type = isTyped(object) ? object : typeMeta(root());
  if (type === invalid) {
    return invalid;
  }
  if (type.kind === 'List') {
    return wrongType(root().at('items'), 'a list');
  }
  const kind = findKind(type.apiVersion, type.kind);
  if (kind === undefined) {
    return checkUnknownKind(root(), type.apiVersion, type.kind);
  }
  const title = titleOf(object, kind);
  const place = new Place(object, { title, strict: kind.strict, faults, prefix, originOf, readCertificate });
  const resource = kind.read(place);
  return isTwin(place, kind, document, firsts) ? invalid : resource;
}

/** One object has one manifest; of two the cluster would keep the last applied, which nobody can know. */
function isTwin(place: Place, kind: Kind, document: Document, firsts: Map<string, Document>): boolean {
  const metadata = isObject(place.value) ? ownField(place.value, 'metadata') : undefined;
  const name = isObject(metadata) ? ownField(metadata, 'name') : undefined;
  if (typeof name !== 'string' || name === '') {
    return false;
  }
  const { title } = place.subject;
  const id = `${kind.group}/${title}`;
  const first = firsts.get(id);
  if (first === undefined) {
    firsts.set(id, document);
    return false;
  }
  place
    .at('metadata')
    .at('name')
    .fault({
      code: 'PTL012',
      problem: `there is another manifest of ${title}`,
      expected: 'one manifest for each kind, namespace and name',
      related: [first.originOf(['metadata', 'name'])],
    });
  return true;
}

/** `NetworkPolicy shop/db`, as far as the object tells. */
function titleOf(object: unknown, kind?: Kind): string | undefined {
  if (!isObject(object) || typeof object.kind !== 'string') {
    return undefined;
  }
  const { name, namespace } = isObject(object.metadata) ? object.metadata : {};
  if (typeof name !== 'string') {
    return object.kind;
  }
  const given = typeof namespace === 'string' && namespace !== '' ? namespace : undefined;
  const where = kind === undefined ? given : kind.namespaced ? (given ?? DEFAULT_NAMESPACE) : undefined;
  return `${object.kind} ${where === undefined ? '' : `${where}/`}${name}`;
}
