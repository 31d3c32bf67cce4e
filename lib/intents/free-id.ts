import type { Resource } from '../model/manifest/resources';

/** Where something new is to be: an object of the kind in a namespace, and so in a chart of that. */
type Place = Pick<Resource, 'kind' | 'namespace'>;

/**
 * An id for a new construct that no construct has yet in the charts of the namespace, whichever scope in them `this` is.
 *
 * @param instead of `wanted` where that is taken; where that is as well it has a number
 */
export function freeId(
  wanted: string,
  { namespace }: Pick<Resource, 'namespace'>,
  resources: readonly Resource[],
  instead = wanted,
): string {
  return firstFree(wanted, instead, new Set(idsIn(namespace, resources)));
}

/** An id for a construct whose object is called the same: no other of the kind in the namespace has the name (PTL012). */
export function freeName(wanted: string, { kind, namespace }: Place, resources: readonly Resource[]): string {
  const names = resources.filter((r) => r.namespace === namespace && r.kind === kind).map((r) => r.name);
  return firstFree(wanted, wanted, new Set([...idsIn(namespace, resources), ...names]));
}

function idsIn(namespace: string, resources: readonly Resource[]): readonly string[] {
  const near = resources.filter((r) => r.namespace === namespace);
  return near.flatMap(({ origin }) => origin.construct?.split('/') ?? []);
}

function firstFree(wanted: string, instead: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  if (!taken.has(instead)) return instead;
  for (let i = 2; ; i += 1) if (!taken.has(`${instead}-${i}`)) return `${instead}-${i}`;
}

const IN_CHART = '// in the chart of namespace ';

/** A statement, and where it belongs: what a chart creates is in its namespace. */
export function inChartOf(namespace: string, statement: string): string {
  return `${IN_CHART}${namespace}\n${statement}`;
}

/** Code below code: where a statement belongs is said once of those that belong there one after another. */
export function statements(...codes: readonly (string | undefined)[]): string {
  const lines = codes.flatMap((code) => code?.split('\n') ?? []);
  let home: string | undefined;
  return lines
    .filter((line) => {
      if (!line.startsWith(IN_CHART)) return true;
      const isNew = line !== home;
      home = line;
      return isNew;
    })
    .join('\n');
}
