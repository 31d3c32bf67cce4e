import type { Manifest } from '../../lib/model/finding/origin';
import { SHOP } from './shop';

/** Where the shop is. */
export const NAMESPACE = 'online-boutique';

/** One change to what the example emits. */
export interface Mutation {
  /** What was done, e.g. `drop a rule`: by this the table of blame tells what must be found. */
  readonly kind: string;
  /** Which place, e.g. `cartservice ingress 0`. */
  readonly place: string;
  /** The app whose object it is; absent for what is the namespace's. */
  readonly app?: string;
  /** Path of the construct whose object was changed, removed or added. */
  readonly mutated: string;
  readonly manifests: readonly Manifest[];
}

/** An object as JSON, of which mutations know more than types can say. */
export interface Draft<S> {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  spec: S;
}

/** One object of the shop, ready to be changed in many ways. */
export interface Original<S> {
  /** The path of its construct. */
  readonly path: string;
  readonly name: string;
  readonly spec: S;
  /** The app that it belongs to. */
  readonly app: string;
  readonly changed: (kind: string, place: string, change: (draft: Draft<S>) => void) => Mutation;
  readonly removed: (kind: string) => Mutation;
}

/** The objects of one kind. */
export function originalsOf<S>(kind: string): readonly Original<S>[] {
  return SHOP.flatMap((manifest) => {
    const object = manifest.object as Draft<S>;
    return object.kind === kind ? [originalOf(manifest, object)] : [];
  });
}

function originalOf<S>(manifest: Manifest, { metadata: { name }, spec }: Draft<S>): Original<S> {
  const path = manifest.origin.construct!;
  const app = path.split('/')[1];
  return {
    path,
    name,
    spec,
    app,
    changed: (kind, place, change) => {
      const object = structuredClone(manifest.object) as Draft<S>;
      change(object);
      const manifests = SHOP.map((each) => (each === manifest ? { ...manifest, object } : each));
      return { kind, place: place === '' ? name : `${name} ${place}`, app, mutated: path, manifests };
    },
    removed: (kind) => {
      return { kind, place: name, app, mutated: path, manifests: SHOP.filter((each) => each !== manifest) };
    },
  };
}

/** Adds an object that no construct of the example makes. */
export function added(kind: string, app: string, object: object): Mutation {
  const mutated = 'added';
  return { kind, place: app, app, mutated, manifests: [...SHOP, { object, origin: { construct: mutated } }] };
}

/** The slip of a finger: the last letter is another. */
export function misspelt(text: string): string {
  return `${text.slice(0, -1)}${text.endsWith('x') ? 'y' : 'x'}`;
}

/** Labels of which one has another value, or another key. */
export function misspeltLabels(
  labels: Readonly<Record<string, string>>,
  part: 'key' | 'value',
): Record<string, string> {
  const [[key, value], ...rest] = Object.entries(labels);
  const [slip, kept] = part === 'key' ? [misspelt(key), value] : [key, misspelt(value)];
  return Object.fromEntries([[slip, kept], ...rest]);
}
