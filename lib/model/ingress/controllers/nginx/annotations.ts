import type { IngressResource } from '../../../manifest/resources';

/** What all annotations of ingress-nginx begin with. */
export const NGINX_PREFIX = 'nginx.ingress.kubernetes.io/';

/** An annotation of ingress-nginx; an empty one says nothing. */
export function annotation({ annotations }: IngressResource, name: string): string | undefined {
  return annotations.get(`${NGINX_PREFIX}${name}`)?.trim() || undefined;
}

const TRUE: readonly string[] = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE: readonly string[] = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

/** As Go reads truth values: what is none says nothing. */
export function flag(ingress: IngressResource, name: string): boolean | undefined {
  const value = annotation(ingress, name);
  return value === undefined ? undefined : truth(value);
}

/** `undefined` for what is no truth value. */
export function truth(value: string): boolean | undefined {
  return TRUE.includes(value) ? true : FALSE.includes(value) ? false : undefined;
}

/** A status of a redirect, where the annotation gives one. */
export function redirectCode(ingress: IngressResource, name: string, usual: number): number {
  const code = Number(annotation(ingress, name));
  return Number.isInteger(code) && code >= 300 && code <= 308 ? code : usual;
}

/** ING-17: an Ingress that takes a share of the requests for another one's backend, and serves none by itself. */
export function isCanary(ingress: IngressResource): boolean {
  return flag(ingress, 'canary') === true;
}
