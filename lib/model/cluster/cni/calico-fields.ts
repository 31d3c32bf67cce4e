import type { Fields } from '../profile-fields';

/** RFC 1123: a DNS subdomain. */
const OBJECT_NAME = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Tells that a field is missing. */
export function demand(fields: Fields, key: string, expected: string): void {
  if (fields.raw(key) === undefined) fields.refuse(key, `\`${key}\` is missing`, expected);
}

/** The name that the user gives the object which Calico reads. */
export function objectName(fields: Fields): string | undefined {
  const name = fields.text('name');
  if (name === undefined || OBJECT_NAME.test(name)) return name;
  fields.refuse('name', 'this is no name of an object', "up to 253 lower-case letters, digits, '-' and '.'");
  return undefined;
}
