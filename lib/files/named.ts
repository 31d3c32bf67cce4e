import type { EndpointRef } from '../intents/endpoint';
import { near, resolveEndpoint } from '../intents/resolve';
import { missingPort } from '../intents/targets';
import type { Network } from '../model/network';

/** The workload of this name, as promises refer to it. */
export function workloadRef(network: Network, text: string): EndpointRef {
  const parsed = network.endpoint(text);
  if (!parsed.ok) throw unknown('workload', text, parsed.problem, parsed.near);
  const { endpoint } = parsed;
  const workload = endpoint.type === 'pods' && endpoint.address === undefined ? endpoint.workload : undefined;
  if (!workload) throw unknown('workload', text, `\`${text}\` is not the name of one`, []);
  const { kind, namespace, name } = workload;
  if (endpoint.type === 'pods' && endpoint.pods.length < workload.pods.length) {
    throw unknown('workload', text, `\`${text}\` is one pod of ${namespace}/${name}`, []);
  }
  return { kind: 'object', object: kind, namespace, name };
}

/** The Service of this name, as promises refer to it. */
export function serviceRef(network: Network, text: string): EndpointRef {
  const label = `service/${text}`;
  const parsed = network.endpoint(label);
  if (parsed.ok && parsed.endpoint.type === 'service') {
    const { namespace, name } = parsed.endpoint.service;
    return { kind: 'object', object: 'Service', namespace, name };
  }
  const known = network.cluster.services.map(({ namespace, name }) => `${namespace}/${name}`);
  throw unknown('Service', text, `no manifest declares Service ${text}`, known);
}

/** Misspelt names of ports show at their own line. */
export function assertPort(network: Network, of: EndpointRef, port: string | number): void {
  const target = resolveEndpoint({ kind: 'port', of, port }, network.cluster);
  const missing = missingPort(network, target);
  if (!missing) return;
  const meant = missing.didYouMean === undefined ? '' : ` Did you mean "${missing.didYouMean}"?`;
  throw new Error(
    `Unable to find port "${port}" of ${resolveEndpoint(of, network.cluster).label}: ${missing.problem}.${meant}`,
  );
}

function unknown(what: string, text: string, problem: string, known: readonly string[]): Error {
  const bare = known.map((name) => (text.includes('[') ? name : name.replace(/\[.*\]$/, '')));
  const meant = near(text, bare);
  const several =
    known.length > 0 && meant === undefined && bare.includes(text) ? ` It may be ${known.join(' or ')}.` : '';
  return new Error(`Unable to find ${what} "${text}": ${problem}.${meant ? ` Did you mean "${meant}"?` : several}`);
}
