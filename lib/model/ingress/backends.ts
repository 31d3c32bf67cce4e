import type { IngressRequests } from '../finding/ingress-lint';
import type { IngressBackend, IngressResource } from '../manifest/resources';

/** A backend, with the requests that are sent to it. */
export interface Routed {
  readonly requests: IngressRequests;
  readonly backend: IngressBackend;
}

/** Every backend of an Ingress, in the order of its rules; the default one last. */
export function backendsOf({ rules, defaultBackend }: IngressResource): readonly Routed[] {
  const routed = rules.flatMap(({ host, paths = [] }) =>
    paths.map(({ path, backend }): Routed => ({ requests: { host, path }, backend })),
  );
  return defaultBackend ? [...routed, { requests: { isDefault: true }, backend: defaultBackend }] : routed;
}
