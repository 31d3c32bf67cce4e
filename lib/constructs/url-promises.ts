import type { Construct } from 'constructs';
import { ENDPOINT, type UrlRef } from '../intents/endpoint';
import { captureCallSite } from '../synth/call-site';
import { attach } from '../synth/hook';
import type { AppPort } from './app-port';

/** A request that a route is there for, and the port that is to get it. */
export interface PromisedRequest {
  readonly request: Omit<UrlRef, 'kind'>;
  readonly port: AppPort;
}

/**
 * Promises on the author's behalf that requests get where the construct routes them: that no rule of another object takes them,
 * and that policies let the proxy through. Of ports whose Services are no manifests of this app nothing can be proved.
 */
export function promiseRoutes(scope: Construct, routes: readonly PromisedRequest[]): void {
  const callSite = captureCallSite();
  const { promises } = attach(scope);
  const promised = new Set<string>();
  for (const { request, port } of routes) {
    const name = `routes/${textOf(request)}`;
    const { home, nameLeadsTo } = port.owner;
    if (!home || nameLeadsTo || promised.has(name)) continue;
    promised.add(name);
    promises.push({
      scope: scope.node.path,
      name,
      subject: { kind: 'url', ...request },
      callSite,
      implied: true,
      verb: () => ({ verb: 'toRouteTo', negated: false, backend: port[ENDPOINT] }),
    });
  }
}

/** A host that `*.example.com` covers, for Ingresses (ING-02) and Gateways (GW-01) alike. */
export function hostWithin(host: string): string {
  return host.replace(/^\*/, 'any');
}

function textOf({ url, method, headers = {} }: PromisedRequest['request']): string {
  const sent = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [...(method === undefined ? [] : [method]), url, ...sent].join(' ');
}
