import type { Cluster } from '../../cluster/cluster';
import type { ObjectReference } from '../../manifest/resources';
import type { Doubt } from '../../values/ternary';
import type { TlsTermination } from '../routing';
import { coverageOf, type SecretName } from '../tls/certificate';
import { showsOneOf } from '../tls/named';
import { grantDoubt, isGranted } from './grants';
import type { ServedListener } from './listeners';

/** The certificates that a listener may show, and why it has none. */
export interface ListenerCertificates {
  readonly secrets: readonly SecretName[];
  /** As the listener's condition ResolvedRefs would say it; `undefined` where every reference is one that may be. */
  readonly fault?: { readonly reason: 'InvalidCertificateRef' | 'RefNotPermitted'; readonly because: string };
  /** What leaves open whether it may use one. */
  readonly doubts: readonly Doubt[];
}

/** GW-10: the Secrets that a listener refers to, of its own namespace or with leave. */
export function certificatesOf({ listener, of }: ServedListener, cluster: Cluster): ListenerCertificates {
  if (listener.protocol === 'HTTPS' && !listener.tls) {
    const because = `listener ${listener.name} for HTTPS has no certificate`;
    return { secrets: [], fault: { reason: 'InvalidCertificateRef', because }, doubts: [] };
  }
  const references = listener.tls?.mode === 'Terminate' ? listener.tls.certificates : [];
  const checked = references.map((reference) => ({ reference, ...checkedReference(reference, of, cluster) }));
  const usable = checked.filter(({ fault }) => fault === undefined);
  return {
    secrets: usable.map(({ reference: { name, namespace = of.namespace } }) => ({ namespace, name })),
    fault: checked.find(({ fault }) => fault !== undefined)?.fault,
    doubts: usable.every(({ doubts }) => doubts.length > 0) ? usable.flatMap(({ doubts }) => doubts) : [],
  };
}

function checkedReference(
  reference: ObjectReference,
  of: ServedListener['of'],
  cluster: Cluster,
): Pick<ListenerCertificates, 'fault' | 'doubts'> {
  const { group, kind, name, namespace = of.namespace } = reference;
  const title = `${kind} ${namespace}/${name}`;
  const doubts = isGranted(of, reference, cluster) ? [] : grantDoubt(of, reference, cluster);
  if (doubts === undefined) {
    const because = `no ReferenceGrant in namespace ${namespace} lets ${of.kind}s of ${of.namespace} refer to ${title}`;
    return { fault: { reason: 'RefNotPermitted', because }, doubts: [] };
  }
  if (group === '' && kind !== 'Secret') return invalid(`${title} is no Secret`);
  const state = group === '' ? cluster.secret(namespace, name)?.certificate().state : undefined;
  if (state === 'none') return invalid(`${title} has no tls.crt`);
  return state === 'unreadable' ? invalid(`the tls.crt of ${title} is no certificate`) : { doubts };
}

function invalid(because: string): Pick<ListenerCertificates, 'fault' | 'doubts'> {
  return { fault: { reason: 'InvalidCertificateRef', because }, doubts: [] };
}

/** What a client of the listener sees of TLS: of several certificates one that is for the name (GW-02). */
export function terminationOf(
  { served, certificates: { secrets } }: { served: ServedListener; certificates: ListenerCertificates },
  name: string,
  cluster: Cluster,
): TlsTermination | undefined {
  const { tls } = served.listener;
  if (!tls) return undefined;
  if (tls.mode === 'Passthrough') {
    return { mode: 'passes-through', covers: 'unknown', because: 'the backend shows its own certificate' };
  }
  if (secrets.length === 0) {
    return {
      mode: 'terminates',
      covers: 'unknown',
      because: 'options of the listener say where its certificate comes from',
    };
  }
  const covering = secrets.filter((secret) => coverageOf(secret, name, cluster).covers === true);
  return showsOneOf(covering.length > 0 ? covering : secrets, name, cluster);
}
