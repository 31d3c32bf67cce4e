import type { Protocol } from '../../model/values/traffic-set';
import type { EndpointRef, LabelValues } from '../endpoint';
import { endpointText } from './endpoint-text';

/** An endpoint as JSON: a text in the command's notation, or a map for what has no name of its own. */
export type EndpointJson = string | (EndpointHead & PortJson);

/** One port of the endpoint, or the port of every node that leads there (SVC-20). */
interface PortJson {
  readonly port?: string | number;
  readonly nodePort?: string | number;
  readonly protocol?: Protocol;
}

type EndpointHead =
  | { readonly pods: LabelValues; readonly namespace?: string; readonly namespaceLabels?: LabelValues }
  | { readonly namespace: string }
  /** An object whose text would read as something else. */
  | { readonly name: string; readonly namespace: string; readonly kind?: string }
  | { readonly cidr: readonly string[] }
  /** A host outside the cluster. */
  | { readonly host: string; readonly cidrs?: readonly string[] }
  /** What the construct at this path makes; known only where constructs made the manifests. */
  | { readonly construct: string; readonly knownBy?: Readonly<Record<string, string>> }
  /** One container of its pods. */
  | { readonly container: string; readonly of: EndpointJson }
  /** The endpoint of whose port it speaks. */
  | { readonly of: EndpointJson };

/** The JSON form of an endpoint; `readEndpoint` is its inverse. */
export function endpointToJson(ref: EndpointRef): EndpointJson {
  const text = endpointText(ref);
  if (text !== undefined) return text;
  if (ref.kind === 'port') return ported(ref.of, { port: ref.port, ...protocolOf(ref) });
  if (ref.kind === 'nodePort') return ported(ref.of, { nodePort: ref.port, ...protocolOf(ref) });
  return headOf(ref);
}

/** The port stands beside the fields of the endpoint where that is a map without one. */
function ported(of: EndpointRef, port: PortJson): EndpointJson {
  const whole = endpointToJson(of);
  const isPlainMap = typeof whole !== 'string' && of.kind !== 'port' && of.kind !== 'nodePort';
  return isPlainMap ? { ...whole, ...port } : { of: whole, ...port };
}

function protocolOf({ protocol }: { readonly protocol?: Protocol }): PortJson {
  return protocol === undefined ? {} : { protocol };
}

function headOf(ref: Exclude<EndpointRef, { kind: 'port' | 'nodePort' }>): EndpointHead {
  switch (ref.kind) {
    case 'pods': {
      const { labels, namespace, namespaceLabels } = ref;
      return {
        pods: labels,
        ...(namespace !== undefined && { namespace }),
        ...(namespaceLabels && { namespaceLabels }),
      };
    }
    case 'namespace':
      return { namespace: ref.name };
    case 'object': {
      const { object, namespace, name } = ref;
      return { name, namespace, ...(object !== undefined && { kind: object }) };
    }
    case 'addresses':
      return { cidr: ref.cidrs };
    case 'external':
      return { host: ref.host, ...(ref.cidrs && { cidrs: ref.cidrs }) };
    case 'construct':
      return { construct: ref.path, ...(ref.knownBy && { knownBy: ref.knownBy }) };
    case 'container':
      return { container: ref.name, of: endpointToJson(ref.of) };
    default:
      // INVARIANT: nodes, what listens on them and the internet always have a text.
      throw new Error(`no map of fields for an endpoint of kind ${ref.kind}`);
  }
}
