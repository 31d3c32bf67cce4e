import { mostTelling, reasonOf } from '../diagnostics/reason';
import type { PodGroup } from '../model/cluster/workload';
import type { Origin } from '../model/finding/origin';
import { formatField } from '../model/manifest/reader/place';
import type { NearMiss } from '../model/policy/explain';
import type { RuleOrigin } from '../model/policy/language';
import { podLabel } from '../model/reach/policy-hops';
import type { FabricHop, Hop, PolicyHop, Verdict } from '../model/reach/verdict';
import { formatCidr } from '../model/values/cidr';

/** The verdict as other programs read it: see `schemas/verdict.schema.json`. The hops are those of the most telling pair. */
export function verdictJson(verdict: Verdict): object {
  return {
    outcome: verdict.outcome,
    endpoints: verdict.endpoints,
    reason: reasonOf(verdict),
    hops: hopsJson(mostTelling(verdict)?.hops ?? []),
  };
}

/** The way of a packet, hop by hop. */
export function hopsJson(hops: readonly Hop[]): readonly object[] {
  return hops.map(hopJson);
}

function hopJson(hop: Hop): object {
  switch (hop.hop) {
    case 'lookup': {
      const { decision, name, server, problem, doubts, ways } = hop;
      return { hop: hop.hop, decision, name, server, problem, doubts, ways: ways.map(policyHopJson) };
    }
    case 'service': {
      const { decision, service, port, problem, alias, selected, lacking, doubts, node, proxy } = hop;
      return {
        hop: hop.hop,
        decision,
        service: service ? `${service.namespace}/${service.name}` : null,
        port,
        problem,
        alias,
        selected: labels(selected),
        lacking: labels(lacking),
        doubts,
        node,
        proxy,
      };
    }
    case 'node-firewall': {
      const { decision, at, role, traffic, rule, origin, doubts } = hop;
      const place = origin && originJson(origin);
      return { hop: hop.hop, decision, at, role, traffic, rule: rule && formatField(rule), ...place, doubts };
    }
    case 'fabric':
      return fabricHopJson(hop);
    default:
      return policyHopJson(hop);
  }
}

function fabricHopJson({ hop, decision, from, to, legs, needs, mayShareNode, mtu, seenAs, doubts }: FabricHop): object {
  return {
    hop,
    decision,
    from: from.toCidrs().map(formatCidr),
    to: to.toCidrs().map(formatCidr),
    mayShareNode,
    legs: legs.map(({ family, between, carriage }) => ({
      family,
      between,
      by: carriage.by,
      ...(carriage.by === 'encapsulation' ? carriage.encapsulation : {}),
      ...(carriage.by === 'unreachable' ? { because: carriage.because } : {}),
    })),
    needs: needs.map(({ purpose, over }) => ({ purpose, ...over })),
    mtu,
    seenAs,
    doubts: doubts.map(({ rule, wouldDecide }) => ({ rule, wouldDecide })),
  };
}

function policyHopJson(policyHop: PolicyHop): object {
  const { hop, decision, at, peer, traffic, decidedBy, tiers, nearMisses, doubts, exempt } = policyHop;
  return {
    hop,
    decision,
    at: podLabel(at),
    peer,
    traffic,
    exempt,
    decidedBy: decidedBy.map(ruleJson),
    tiers: tiers.map(({ tier, result, by }) => ({ tier, result, by: by.map(ruleJson) })),
    nearMisses: nearMisses.map(nearMissJson),
    doubts: doubts.map(({ rule, wouldDecide }) => ({ rule, wouldDecide })),
  };
}

function nearMissJson({ rule, missed, wants }: NearMiss): object {
  return { ...ruleJson(rule), missed, wants: { peer: wants.peer, traffic: wants.traffic } };
}

/** `rule` is the position in the policy's own list; what the policy does as a whole has none. */
function ruleJson({ kind, namespace, name, direction, index, field, origin }: RuleOrigin): object {
  return { kind, namespace, name, direction, rule: index, field: formatField(field), ...originJson(origin) };
}

function originJson({ construct, position }: Origin): object {
  return { construct, ...(position ? { file: position.file, line: position.line, column: position.column } : {}) };
}

function labels(pods: readonly PodGroup[]): readonly string[] {
  return [...new Set(pods.map(podLabel))].sort();
}
