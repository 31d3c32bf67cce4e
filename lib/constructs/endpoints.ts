import type { IConstruct } from 'constructs';
import { ENDPOINT, type EndpointRef, type HasEndpoint, type LabelValues } from '../intents/endpoint';
import { formatCidr, parseCidr } from '../model/values/cidr-set';
import { AppContainer } from './app-container';
import { endpointRef } from './endpoint-ref';
import { Port } from './port';

/** Every address outside the cluster's declared ranges. */
export const internet: HasEndpoint = endpoint({ kind: 'internet' });

/**
 * All pods of the namespace. As a target that must not be reached, or a source that must not get in, it is every pod that
 * anybody may put there; as the subject whose protection is promised, the pods declared here, and those that a rule or a
 * Service means by their labels: against what else people deploy there `DefaultDeny` is the remedy.
 */
export function namespace(name: string): HasEndpoint {
  return endpoint({ kind: 'namespace', name });
}

/** Where to look for the pods; `namespace` and `namespaceLabels` may stand together. */
export interface PodsOptions {
  /** @default - every namespace, unless `namespaceLabels` says otherwise */
  readonly namespace?: string;
  /** Labels of the pods' namespace. @default - any */
  readonly namespaceLabels?: LabelValues;
}

/**
 * Pods by their labels, declared in this app or elsewhere. A label may have one value or a list of them. What is promised not
 * to happen is held against every pod that could carry them.
 */
export function pods(labels: LabelValues, options: PodsOptions = {}): HasEndpoint {
  return endpoint({ kind: 'pods', labels, ...options });
}

/** A node that some manifest of the app declares, with its addresses. */
export interface ClusterNode extends HasEndpoint {
  /** One port of it, of the node itself or of a Service (SVC-20). @param port a number is a TCP port */
  port(port: number | Port): HasEndpoint;
}

/** A node by its name, e.g. `node('worker-1').port(30080)`: to promise about. Names of the cluster mean nothing to it (DNS-19). */
export function node(name: string): ClusterNode {
  const ref: EndpointRef = { kind: 'node', name };
  return Object.freeze({
    ...endpoint(ref),
    port: (port: number | Port) => {
      const { number, protocol } = Port.from(port);
      return endpoint({ kind: 'port', of: ref, port: number, protocol });
    },
  });
}

/**
 * One container of what another construct makes: of a workload or pod of cdk8s-plus, or of an `ApiObject`. That of a `DnsApp` is
 * `app.container(name)`, with names that the compiler knows.
 */
export function container(of: IConstruct, name: string): AppContainer {
  return new AppContainer(name, { home: of, pods: endpointRef(of) });
}

/** Addresses outside the cluster, e.g. `cidr('203.0.113.0/24')`. */
export function cidr(...cidrs: [string, ...string[]]): HasEndpoint {
  return endpoint({ kind: 'addresses', cidrs: checkedCidrs(cidrs) });
}

/** The CIDRs as they were written; throws for none at all, which in a policy would mean every address (NP-07). */
export function checkedCidrs(texts: readonly string[]): readonly string[] {
  if (texts.length === 0)
    throw new Error('Unable to use an empty list of CIDRs: it names no address. Give one at least.');
  return texts.map(checkedCidr);
}

/** The CIDR as it was written; throws with the API server's objection to it. */
export function checkedCidr(text: string): string {
  const parsed = parseCidr(text);
  if (!parsed.ok) throw new Error(`Unable to read "${text}" as a CIDR: ${parsed.problem}.`);
  // The API server takes host bits only in policies that exist already (NP-16).
  if (!parsed.canonical) {
    throw new Error(
      `Unable to use "${text}" as a CIDR: bits are set behind the prefix. Did you mean "${formatCidr(parsed.cidr)}"?`,
    );
  }
  return text;
}

function endpoint(ref: EndpointRef): HasEndpoint {
  return Object.freeze({ [ENDPOINT]: Object.freeze(ref) });
}
