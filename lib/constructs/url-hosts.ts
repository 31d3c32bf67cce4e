import { parseIp } from '../model/values/ip';

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Throws unless an Ingress or a Gateway can match requests by this host. @param where for messages, e.g. `Ingress "shop/edge"` */
export function assertUrlHost(where: string, host: string): void {
  const problem = problemOf(host);
  if (problem === undefined) return;
  throw new Error(
    `Unable to match host "${host}" in ${where}: ${problem}. Give a name such as shop.example.com, or *.example.com.`,
  );
}

function problemOf(host: string): string | undefined {
  if (parseIp(host.replace(/^\[|\]$/g, '')).ok) return 'it is an address, and hosts are names (ING-01, GW-01)';
  if (host.includes('/')) return 'it is more than a host';
  if (/:\d*$/.test(host)) return 'it has a port, which is no part of the host (ING-01, GW-07)';
  if (host === '*') return 'a * alone is no host: leave the host out to match every one (ING-03)';
  const rest = host.replace(/^\*\./, '');
  if (rest.includes('*')) return 'a * stands for the first label only (ING-02)';
  if (/[A-Z]/.test(rest)) return 'it has upper-case letters, and hosts are compared in lower case';
  return NAME.test(rest) && rest.length <= 253 ? undefined : 'it is no DNS name';
}
