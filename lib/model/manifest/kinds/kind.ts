import { groupOf } from '../api-group';
import { type Invalid, invalid, type Place } from '../reader/place';
import { type Reader, readField } from '../reader/reader';
import { text } from '../reader/scalars';
import type { Resource, ResourceBase } from '../resources';
import { metadata } from './metadata';

/** How objects of one kind are read. */
export interface Kind {
  readonly kind: string;
  /** The API group, empty for the core group. */
  readonly group: string;
  readonly namespaced: boolean;
  /** The versions that the API server knows, the current one first; `undefined`: whatever the group offers. */
  readonly apiVersions?: readonly string[];
  /** Whether a field that the kind does not have is a fault (PTL015). @default false: ignored, as the API server prunes it */
  readonly strict: boolean;
  /** Reads a whole object, of whose apiVersion and kind the caller has made sure. */
  readonly read: (object: Place) => Resource | Invalid;
}

interface KindOptions<Body> {
  readonly kind: string;
  /** @default that of the first of `apiVersions` */
  readonly group?: string;
  readonly apiVersions?: readonly string[];
  /** @default true */
  readonly namespaced?: boolean;
  /** @default false */
  readonly strict?: boolean;
  /** The grammar of its names. @default any text: what the API server asks of most names is nothing to the network */
  readonly name?: Reader<string>;
  /** Reads, from the root of the object, what is beside the metadata. */
  readonly body: Reader<Body>;
  /** The kind's own fields, beside those that every resource has, in an object that nobody else has. */
  readonly make: (body: Body, base: ResourceBase) => Own<Resource>;
}

type Own<R> = R extends Resource ? Omit<R, keyof ResourceBase> : never;

export function kind<Body>(options: KindOptions<Body>): Kind {
  const { kind, apiVersions, strict = false, namespaced = true, name = text, body, make } = options;
  const readMetadata = metadata(namespaced, name);
  return {
    kind,
    group: options.group ?? groupOf(apiVersions?.[0] ?? ''),
    namespaced,
    apiVersions,
    strict,
    read: (object) => {
      const own = readField(readMetadata, object, 'metadata');
      const rest = body(object);
      if (own === invalid || rest === invalid) {
        return invalid;
      }
      const { originOf } = object.subject;
      const { apiVersion } = object.value as { readonly apiVersion: string };
      const base = { apiVersion, kind, origin: originOf([]), originOf, ...own };
      // What the kind made grows into the resource: it has more fields than the base, and V8 is slow on objects to which many
      // are added.
      return Object.assign(make(rest, base), base) as Resource;
    },
  };
}
