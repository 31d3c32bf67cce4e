import type { Cluster } from '../../cluster/cluster';
import type { ObjectReference } from '../../manifest/resources';
import type { TlsTermination } from '../routing';
import { isGranted } from './grants';
import type { ServedListener } from './listeners';

/** The certificates that a listener may show, and why it has none. */
export interface ListenerCertificates {
  readonly secrets: readonly { readonly namespace: string; readonly name: string }[];
  /** As the listener's condition ResolvedRefs would say it; `undefined` where every reference is one that may be. */
  readonly fault?: { readonly reason: 'InvalidCertificateRef' | 'RefNotPermitted'; readonly because: string };
}

/** GW-10: the Secrets that a listener refers to, of its own namespace or with leave. */
export function certificatesOf({ listener, of }: ServedListener, cluster: Cluster): ListenerCertificates {
  if (listener.protocol === 'HTTPS' && !listener.tls) {
    const because = `listener ${listener.name} for HTTPS has no certificate`;
    return { secrets: [], fault: { reason: 'InvalidCertificateRef', because } };
  }
  const references = listener.tls?.mode === 'Terminate' ? listener.tls.certificates : [];
  const faults = references.map((each) => faultOf(each, of, cluster));
  return {
    secrets: references
      .filter((_, i) => faults[i] === undefined)
      .map(({ name, namespace = of.namespace }) => ({ namespace, name })),
    fault: faults.find((each) => each !== undefined),
  };
}

function faultOf(
  reference: ObjectReference,
  of: ServedListener['of'],
  cluster: Cluster,
): ListenerCertificates['fault'] | undefined {
  const { group, kind, name, namespace = of.namespace } = reference;
  const title = `${kind} ${namespace}/${name}`;
  if (!isGranted(of, reference, cluster)) {
    const because = `no ReferenceGrant in namespace ${namespace} lets ${of.kind}s of ${of.namespace} refer to ${title}`;
    return { reason: 'RefNotPermitted', because };
  }
  if (group === '' && kind !== 'Secret') return { reason: 'InvalidCertificateRef', because: `${title} is no Secret` };
  return undefined;
}

/** What a client of the listener sees of TLS. */
export function terminationOf({
  served,
  certificates,
}: {
  served: ServedListener;
  certificates: ListenerCertificates;
}): TlsTermination | undefined {
  const { tls } = served.listener;
  if (!tls) return undefined;
  if (tls.mode === 'Passthrough') {
    return { mode: 'passes-through', covers: 'unknown', because: 'the backend shows its own certificate' };
  }
  const [secret] = certificates.secrets;
  const because = secret
    ? `nobody reads the Secret ${secret.namespace}/${secret.name}`
    : 'options of the listener say where it comes from';
  return { mode: 'terminates', secret, covers: 'unknown', because };
}
