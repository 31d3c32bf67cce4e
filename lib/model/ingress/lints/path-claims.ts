import type { FieldPath } from '../../finding/origin';
import type { IngressBackend, IngressPath, IngressResource } from '../../manifest/resources';

/** One path of a rule of an Ingress. */
export interface PathClaim {
  readonly ingress: IngressResource;
  readonly host?: string;
  readonly path: IngressPath;
  /** Of the path, from the root of the Ingress. */
  readonly field: FieldPath;
}

export function claimsOf(ingress: IngressResource): readonly PathClaim[] {
  return ingress.rules.flatMap(({ host, paths = [] }, i) =>
    paths.map((path, j): PathClaim => ({ ingress, host, path, field: ['spec', 'rules', i, 'http', 'paths', j] })),
  );
}

/** Tells apart where requests go. */
export function backendId({ ingress: { namespace }, path: { backend } }: PathClaim): string {
  return JSON.stringify([namespace, { ...backend, field: undefined }]);
}

/** `web:http`, or `StorageBucket static`. */
export function backendText(backend: IngressBackend): string {
  return backend.type === 'service' ? `${backend.name}:${backend.port}` : `${backend.kind} ${backend.name}`;
}
