import type { Lint, ObjectName } from '../finding/lint';
import type { FieldPath } from '../finding/origin';
import type { ResourceBase } from './resources';

/** What a lint says of its place; `within` is the part of the field to point at. */
export function blame(
  resource: ResourceBase,
  field: FieldPath,
  within = field,
): Pick<Lint, 'object' | 'field' | 'origin'> {
  return { object: nameOf(resource), field, origin: resource.originOf(within) };
}

export function nameOf({ kind, namespace, name }: ObjectName): ObjectName {
  return { kind, namespace, name };
}
