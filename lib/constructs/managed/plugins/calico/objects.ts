import type { ApiObjectProps } from 'cdk8s';

/** An object that Calico reads. All are of the whole cluster. */
export function objectOf(apiVersion: string, kind: string, name: string, spec: object): ApiObjectProps {
  return { apiVersion, kind, metadata: { name }, spec } as ApiObjectProps;
}

/** The fields that are said. */
export function said(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** A list that says something. */
export function list<T>(items: readonly T[] | undefined): readonly T[] | undefined {
  return items === undefined || items.length === 0 ? undefined : items;
}

export function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}
