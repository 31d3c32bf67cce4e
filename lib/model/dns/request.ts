import { labelsBelow } from './name';

/** A name below the cluster domain, as CoreDNS takes it apart. */
export type ZoneRequest =
  /** The zone itself, `svc`, `pod`, or a namespace below one of the two. */
  | { readonly type: 'non-terminal'; readonly namespace?: string; readonly below?: 'svc' | 'pod' }
  | {
      readonly type: 'service';
      readonly namespace: string;
      readonly service: string;
      /** The label of an endpoint below the Service. */
      readonly endpoint?: string;
      /** A port by name, empty for any, with its protocol. */
      readonly port?: { readonly name: string; readonly protocol: string };
    }
  | { readonly type: 'pod'; readonly namespace: string; readonly label: string }
  /** DNS-15: no name of this form is ever there; too many labels are such a form. */
  | { readonly type: 'invalid' };

/** Takes a name apart: `[_port._protocol.|endpoint.]service.namespace.svc`, `address.namespace.pod` (DNS-02 to DNS-12). */
export function parseRequest(name: string, zone: string): ZoneRequest {
  const [below, namespace, service, ...rest] = [...labelsBelow(name, zone)].reverse();
  if (below === undefined) return { type: 'non-terminal' };
  if (below !== 'svc' && below !== 'pod') return { type: 'invalid' };
  if (service === undefined) return { type: 'non-terminal', namespace, below };
  if (rest.length > 2) return { type: 'invalid' };
  // CoreDNS looks at no label before that of the address.
  if (below === 'pod') return { type: 'pod', namespace, label: service };
  const [last, first] = rest;
  if (first === undefined) return { type: 'service', namespace, service, endpoint: last };
  return {
    type: 'service',
    namespace,
    service,
    port: { name: withoutUnderscore(first), protocol: withoutUnderscore(last) },
  };
}

/** CoreDNS takes `pg.tcp` for `_pg._tcp`. */
function withoutUnderscore(label: string): string {
  return label.startsWith('_') ? label.slice(1) : label;
}
