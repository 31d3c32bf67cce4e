import { type Workload, workloadLabel } from '../cluster/workload';
import type { Peer } from '../policy/endpoint-set';
import type { PolicyEngine } from '../policy/engine';
import { doubtsOf, judge, type Outcome, rulesOf } from '../policy/evaluate';
import type { Direction } from '../policy/language';
import { OutcomeRows } from '../policy/outcome-rows';
import { type AddressRange, CidrSet, splitIntoAtoms } from '../values/cidr-set';
import { formatIp, type IpFamily } from '../values/ip';
import { type Doubt, distinctDoubts } from '../values/ternary';
import { TrafficSet } from '../values/traffic-set';
import { peerOf } from './policy-hops';

/** Traffic that surely passes from one end to another. */
export interface Connection {
  readonly src: string;
  readonly dst: string;
  readonly traffic: TrafficSet;
}

/** Traffic of which nobody can know whether it passes, and why. */
export interface UnknownConnection extends Connection {
  readonly because: readonly Doubt[];
}

/** Who may connect to whom by policy: every pair of declared workloads, and each with the addresses outside. */
export interface ConnectivityMap {
  readonly connections: readonly Connection[];
  readonly unknown: readonly UnknownConnection[];
}

/** Sorted by source, then destination, by code unit. A workload's connections to itself are not listed. */
export function connectivityMap(engine: PolicyEngine, families: readonly IpFamily[]): ConnectivityMap {
  const workloads = engine.cluster.workloads.filter((workload) => workload.provenance === 'declared');
  const found: Found[] = [
    ...betweenWorkloads(engine, workloads, families),
    ...withOutside(engine, workloads, families),
  ];
  return { connections: sorted(found.flatMap(certainPart)), unknown: sorted(found.flatMap(uncertainPart)) };
}

interface Found {
  readonly src: string;
  readonly dst: string;
  readonly outcomes: readonly Outcome[];
  readonly doubts: () => readonly Doubt[];
}

const SOME_PAIRS: Doubt = {
  rule: 'SVC-28',
  wouldDecide: 'which pods of the workload: some pairs pass and others do not',
};

/** Only certain when every pair of pods agrees. */
function certainPart({ src, dst, outcomes }: Found): readonly Connection[] {
  const traffic = outcomes.map(surelyAllowed).reduce((a, b) => a.intersect(b));
  return traffic.isEmpty ? [] : [{ src, dst, traffic }];
}

function uncertainPart({ src, dst, outcomes, doubts }: Found): readonly UnknownConnection[] {
  const certain = outcomes.map(surelyAllowed).reduce((a, b) => a.intersect(b));
  const possible = outcomes.map((o) => o.mayAllow.intersect(TrafficSet.allPorts)).reduce((a, b) => a.union(b));
  const traffic = possible.minus(certain);
  if (traffic.isEmpty) return [];
  const partial = outcomes.some((o) => surelyAllowed(o).intersects(traffic));
  return [{ src, dst, traffic, because: [...(partial && outcomes.length > 1 ? [SOME_PAIRS] : []), ...doubts()] }];
}

function surelyAllowed(outcome: Outcome): TrafficSet {
  return outcome.mayDeny.isEmpty ? TrafficSet.allPorts : TrafficSet.allPorts.minus(outcome.mayDeny);
}

function* betweenWorkloads(
  engine: PolicyEngine,
  workloads: readonly Workload[],
  families: readonly IpFamily[],
): Generator<Found> {
  const rows = new OutcomeRows(engine, families);
  for (const from of workloads) {
    for (const to of workloads) {
      // Most pairs are shut: they must cost nothing but the look.
      if (from === to || !opensPorts(rows, from, to)) continue;
      const outcomes = from.pods.flatMap((source) => to.pods.flatMap((target) => rows.between(source, target) ?? []));
      const doubts = () => distinctDoubts(doubtsBetween(engine, from, to, families));
      yield { src: workloadLabel(from), dst: workloadLabel(to), outcomes, doubts };
    }
  }
}

function opensPorts(rows: OutcomeRows, from: Workload, to: Workload): boolean {
  for (const source of from.pods) {
    for (const target of to.pods) if (rows.between(source, target)?.opensPorts) return true;
  }
  return false;
}

function doubtsBetween(
  engine: PolicyEngine,
  from: Workload,
  to: Workload,
  families: readonly IpFamily[],
): readonly Doubt[] {
  return from.pods.flatMap((source) =>
    to.pods.flatMap((target) =>
      families.flatMap((family) => [
        ...doubtsOf(engine.of('egress', source), source, peerOf({ pod: target }, family), TrafficSet.allPorts),
        ...doubtsOf(engine.of('ingress', target), target, peerOf({ pod: source }, family), TrafficSet.allPorts),
      ]),
    ),
  );
}

function* withOutside(
  engine: PolicyEngine,
  workloads: readonly Workload[],
  families: readonly IpFamily[],
): Generator<Found> {
  const outside = families.reduce((all, family) => all.union(engine.cluster.outside.ofFamily(family)), CidrSet.empty);
  if (outside.isEmpty) return;
  const atoms = splitIntoAtoms(outside, mentionedAddresses(engine)).flatMap((atom) =>
    families.map((family) => atom.ofFamily(family)).filter((part) => !part.isEmpty),
  );
  for (const workload of workloads) {
    for (const direction of ['egress', 'ingress'] as const) {
      for (const [addresses, outcomes] of byAnswer(engine, workload, direction, atoms)) {
        for (const range of addresses.ranges) {
          const ends = [workloadLabel(workload), externalLabel(range)];
          const [src, dst] = direction === 'egress' ? ends : ends.reverse();
          const peer: Peer = { addresses: CidrSet.ofRanges([range]) };
          const doubts = () =>
            distinctDoubts(
              workload.pods.flatMap((pod) => doubtsOf(engine.of(direction, pod), pod, peer, TrafficSet.allPorts)),
            );
          yield { src, dst, outcomes, doubts };
        }
      }
    }
  }
}

/** Addresses with one answer for all pods of a workload, touching ranges merged. */
function byAnswer(
  engine: PolicyEngine,
  workload: Workload,
  direction: Direction,
  atoms: readonly CidrSet[],
): readonly (readonly [CidrSet, readonly Outcome[]])[] {
  const answers = new Map<string, { addresses: CidrSet; outcomes: readonly Outcome[] }>();
  for (const addresses of atoms) {
    const family = addresses.ranges[0].family;
    const pods = workload.pods.filter((pod) => !pod.domain.ofFamily(family).isEmpty);
    if (pods.length === 0) continue;
    const outcomes = pods.map((pod) => judge(engine.of(direction, pod), pod, { addresses }));
    const key = outcomes.map((o) => `${o.mayAllow.key}|${o.mayDeny.key}`).join(' ');
    const known = answers.get(key);
    answers.set(key, { outcomes, addresses: known ? known.addresses.union(addresses) : addresses });
  }
  return [...answers.values()].map(({ addresses, outcomes }) => [addresses, outcomes] as const);
}

/** Every address range that some rule mentions. */
export function mentionedAddresses(engine: PolicyEngine): readonly CidrSet[] {
  const mentioned = new Set<CidrSet>();
  for (const rule of rulesOf([...engine.stages.egress, ...engine.stages.ingress])) {
    mentioned.add(rule.peer.may.others);
    mentioned.add(rule.peer.must.others);
  }
  return [...mentioned].filter((set) => !set.isEmpty);
}

function externalLabel(range: AddressRange): string {
  const { family, first, last } = range;
  return `${formatIp({ family, value: first })}-${formatIp({ family, value: last })}[External]`;
}

function sorted<C extends Connection>(connections: readonly C[]): readonly C[] {
  const key = (c: Connection) => `${c.src} => ${c.dst} : ${c.traffic}`;
  const keyed = connections.map((connection) => ({ connection, key: key(connection) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ connection }) => connection);
}
