import type { Protocol } from '../model/values/traffic-set';

/** How authors of cdk8s-plus write the port of a rule. */
export function plusPort(port: number, protocol: Protocol): string {
  return protocol === 'SCTP'
    ? `kplus.NetworkPolicyPort.of({ port: ${port}, protocol: kplus.NetworkProtocol.SCTP })`
    : `kplus.NetworkPolicyPort.${protocol.toLowerCase()}(${port})`;
}
