import type { Origin } from '../../model/finding/origin';

/** What libraries call the parts of a construct: no author made these. */
const PARTS: ReadonlySet<string> = new Set(['Resource', 'Service', 'ExternalService', 'PodsService']);

/** What the author of a program may call the construct that made an object: by its id, `order-db` as `orderDb`. */
export function constructVariable({ construct = '' }: Origin): string {
  const ids = construct.split('/');
  return identifier(ids.findLast((id) => !PARTS.has(id)) ?? construct);
}

/** A name with hyphens as programs write it: `orderService`. */
export function identifier(name: string): string {
  return name.replace(/[-.]+(\w)/g, (_, letter: string) => letter.toUpperCase());
}
