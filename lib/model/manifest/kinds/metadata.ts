import { groupOf } from '../api-group';
import { dnsLabel } from '../reader/names';
import type { Place } from '../reader/place';
import {
  list,
  mapped,
  object,
  only,
  optional,
  optionalText,
  plain,
  type Reader,
  textWithDefault,
} from '../reader/reader';
import { anything, boolean, text } from '../reader/scalars';
import type { OwnerReference } from '../resources';
import { annotations, labels } from './labels';

/** What every object tells of itself in `metadata`. */
export interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  readonly owner?: OwnerReference;
  readonly createdAt?: number;
}

/** Where objects live that name no namespace: NP-44, in the context of `kubectl apply` without `-n`. */
export const DEFAULT_NAMESPACE = 'default';

/** The `metadata` of one kind; `name` is the grammar of its names. */
export function metadata(namespaced: boolean, name: Reader<string>): Reader<Metadata> {
  const own = {
    name: optionalText(name),
    generateName: optionalText(text),
    namespace: namespaced ? namespace : clusterWide,
    labels,
    annotations,
    ownerReferences: owner,
    creationTimestamp: instant,
  };
  const named = only(
    object(own, UNREAD),
    (read) => (read.name ?? read.generateName) !== undefined,
    (_, place) => place.at('name').fault({ code: 'PTL003', problem: 'the object has no name', expected: 'a name' }),
  );
  return mapped(
    named,
    ({ name, generateName, namespace, labels, annotations, ownerReferences, creationTimestamp }) => ({
      // The API server makes up the end of a generated name.
      name: (name ?? generateName)!,
      namespace,
      labels,
      annotations,
      owner: ownerReferences,
      createdAt: creationTimestamp,
    }),
  );
}

const namespace = textWithDefault(dnsLabel, DEFAULT_NAMESPACE);

/** A cluster-scoped object lives in no namespace, whatever its manifest says. */
const clusterWide = plain<string>(
  () => '',
  () => '',
);

const ownerReference = object({
  apiVersion: anything,
  kind: optional(text),
  name: text,
  uid: anything,
  controller: optional(boolean),
  blockOwnerDeletion: anything,
});

/** The owner that controls the object; of several without a controller the first. */
const owner: Reader<OwnerReference | undefined> = optional(
  mapped(list(ownerReference), (references) => {
    const first = references.find(({ controller }) => controller === true) ?? references[0];
    if (!first) return undefined;
    const { kind = '', name, apiVersion } = first;
    return { kind, name, group: apiVersion && typeof apiVersion === 'string' ? groupOf(apiVersion) : undefined };
  }),
);

/** The API server writes it itself: what is no time says nothing. */
const instant: Reader<number | undefined> = Object.assign(
  ({ value }: Place) => {
    const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(time) ? undefined : time;
  },
  { whenAbsent: { value: undefined } },
);

/** What the API server puts in itself, or what the network does not look at. */
const UNREAD = [
  'uid',
  'resourceVersion',
  'generation',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'finalizers',
  'managedFields',
  'selfLink',
  'clusterName',
  'initializers',
];
