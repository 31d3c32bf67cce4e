import type { InputFault } from '../../../lib/model/finding/input-fault';
import { parseManifests } from '../../../lib/model/manifest/parse';
import type { Resource } from '../../../lib/model/manifest/resources';

/** Reads plain objects, as a construct would hand them over. */
export function read(...objects: readonly unknown[]) {
  return parseManifests(objects.map((object) => ({ object, origin: { construct: 'test' } })));
}

/** The one resource that a sound object gives. */
export function readOne<T extends Resource['type']>(type: T, object: unknown): Extract<Resource, { type: T }> {
  const { resources, faults } = read(object);
  expect(faults).toEqual([]);
  expect(resources.map((resource) => resource.type)).toEqual([type]);
  return resources[0] as Extract<Resource, { type: T }>;
}

/** The faults of an object in brief: `PTL004 spec.type -> ClusterIP`. */
export function faultsOf(...objects: readonly unknown[]): readonly string[] {
  const { resources, faults } = read(...objects);
  const faulty = new Set(faults.map(({ object }) => object));
  expect(resources.filter(({ kind, namespace, name }) => faulty.has(`${kind} ${namespace}/${name}`))).toEqual([]);
  return faults.map(brief);
}

function brief({ code, field, didYouMean }: InputFault): string {
  return [code, field, ...(didYouMean === undefined ? [] : ['->', didYouMean])].join(' ');
}

export function networkPolicy(spec: unknown, metadata: object = {}): object {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'db', namespace: 'shop', ...metadata },
    spec,
  };
}

export function service(spec: unknown): object {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'db', namespace: 'shop' }, spec };
}

export function pod(spec: unknown, rest: object = {}): object {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'db-0', namespace: 'shop' }, spec, ...rest };
}

const EVERY_POD = { namespaces: {} };

/** Of v1alpha2; about every pod in the Admin tier unless the spec says otherwise. */
export function clusterNetworkPolicy(spec: object): object {
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'a' },
    spec: { tier: 'Admin', priority: 10, subject: EVERY_POD, ...spec },
  };
}

/** Of v1alpha1; about every pod unless the spec says otherwise. */
export function adminNetworkPolicy(spec: object): object {
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'AdminNetworkPolicy',
    metadata: { name: 'a' },
    spec: { priority: 10, subject: EVERY_POD, ...spec },
  };
}

/** Of v1alpha1; about every pod unless the spec says otherwise. */
export function baselineAdminNetworkPolicy(spec: object, metadata: object = { name: 'default' }): object {
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'BaselineAdminNetworkPolicy',
    metadata,
    spec: { subject: EVERY_POD, ...spec },
  };
}
