import { nearest } from '../model/values/nearest';

/** ` Did you mean "http"?` when one of the candidates is near enough to be meant, else nothing. */
export function didYouMean(written: string, candidates: readonly string[]): string {
  const meant = nearest(written, candidates);
  return meant === undefined ? '' : ` Did you mean "${meant}"?`;
}

/** `"a", "b"`, or `none`. */
export function quoted(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', ');
}

/**
 * Throws unless Kubernetes takes `name` as the name of a container port.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports
 */
export function assertPortName(name: string, where: string): void {
  const problem = portNameProblem(name);
  if (problem) {
    throw new Error(
      `Unable to name a port "${name}" (${where}): ${problem}. ` +
        'A port name has at most 15 characters: lower-case letters, digits and single hyphens, at least one letter.',
    );
  }
}

function portNameProblem(name: string): string | undefined {
  if (name.length > 15) return `it has ${name.length} characters`;
  if (/[A-Z]/.test(name)) return 'it has upper-case letters';
  if (!/[a-z]/.test(name)) return 'it has no letter';
  if (name.includes('--')) return 'it has two hyphens in a row';
  return /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name) ? undefined : 'it has characters that are not allowed';
}

/**
 * Throws unless `name` can name a Service (RFC 1035), which is the strictest of the objects that carry it.
 *
 * @param what `an app`, `a Service`
 */
export function assertServiceName(what: string, name: string, where: string): void {
  if (/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name) && name.length <= 63) return;
  throw new Error(
    `Unable to name ${what} "${name}" (${where}): the name becomes a DNS name. ` +
      'It has at most 63 lower-case letters, digits and hyphens, begins with a letter and ends with no hyphen; set `name`.',
  );
}

/** Throws unless `name` can be one part of a DNS name (RFC 1123). */
export function assertDnsLabel(name: string, where: string): void {
  if (/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name) && name.length <= 63) return;
  throw new Error(
    `Unable to use the name "${name}" (${where}): it becomes a part of DNS names. ` +
      'It has at most 63 lower-case letters, digits and hyphens, and no hyphen at its ends.',
  );
}
