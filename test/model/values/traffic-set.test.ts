import fc from 'fast-check';
import { PortSet } from '../../../lib/model/values/port-set';
import { PROTOCOLS, TrafficSet } from '../../../lib/model/values/traffic-set';

const web = TrafficSet.of('TCP', PortSet.of(80, 443));
const dns = TrafficSet.of('UDP', PortSet.of(53)).union(TrafficSet.of('TCP', PortSet.of(53)));

describe('a set of traffic', () => {
  test.each([
    [TrafficSet.empty, 'No Connections'],
    [TrafficSet.icmp, 'No Connections'],
    [TrafficSet.all, 'All Connections'],
    [TrafficSet.allPorts, 'All Connections'],
    [dns, 'TCP 53,UDP 53'],
    [TrafficSet.of('TCP', PortSet.all), 'TCP 1-65535'],
    [
      TrafficSet.of('SCTP', PortSet.all)
        .union(TrafficSet.of('TCP', PortSet.all.minus(PortSet.of(80))))
        .union(TrafficSet.of('UDP', PortSet.of(53))),
      'SCTP 1-65535,TCP 1-79,81-65535,UDP 53',
    ],
  ])('is printed by protocol in the order SCTP, TCP, UDP (%#)', (set, text) => {
    expect(String(set)).toBe(text);
  });

  it('is made up of ports, ICMP and other protocols', () => {
    expect(TrafficSet.allPorts.union(TrafficSet.icmp).union(TrafficSet.other)).toBe(TrafficSet.all);
    expect(TrafficSet.all.minus(TrafficSet.allPorts).minus(TrafficSet.icmp).equals(TrafficSet.other)).toBe(true);
    expect([TrafficSet.all.icmp, TrafficSet.all.other]).toEqual([true, true]);
    expect([TrafficSet.allPorts.icmp, TrafficSet.allPorts.other]).toEqual([false, false]);
    expect(web.ports('TCP').ranges).toHaveLength(2);
    expect([web.hasPort('TCP', 443), web.hasPort('UDP', 443), web.hasPort('TCP', 8080)]).toEqual([true, false, false]);
  });

  it('is the same object for nothing and for everything, so that comparing is free', () => {
    expect(TrafficSet.of('TCP', PortSet.empty)).toBe(TrafficSet.empty);
    expect(web.minus(TrafficSet.all)).toBe(TrafficSet.empty);
    expect(web.intersect(dns)).toBe(TrafficSet.empty);
  });

  it('returns an operand where it is the result', () => {
    const http = TrafficSet.of('TCP', PortSet.of(80));
    expect(web.union(web)).toBe(web);
    expect(web.union(http)).toBe(web);
    expect(http.union(web)).toBe(web);
    expect(web.intersect(http)).toBe(http);
    expect(web.union(TrafficSet.of('TCP', PortSet.of(443, 80)))).toBe(web);
    expect(web.minus(dns)).toBe(web);
    expect(web.union(TrafficSet.all)).toBe(TrafficSet.all);
    expect(web.intersect(TrafficSet.all)).toBe(web);
    expect(TrafficSet.all.minus(TrafficSet.empty)).toBe(TrafficSet.all);
  });
});

const PORTS = [1, 2, 3, 65535];
const ATOMS = ['icmp', 'other', ...PROTOCOLS.flatMap((protocol) => PORTS.map((port) => `${protocol} ${port}`))];

const ports = fc.oneof(
  fc.constant(PortSet.empty),
  fc.subarray(PORTS).map((some) => PortSet.of(...some)),
  fc.constant(PortSet.all),
);
const sets = fc
  .tuple(ports, ports, ports, fc.boolean(), fc.boolean())
  .map(([sctp, tcp, udp, icmp, other]) =>
    [
      TrafficSet.of('SCTP', sctp),
      TrafficSet.of('TCP', tcp),
      TrafficSet.of('UDP', udp),
      icmp ? TrafficSet.icmp : TrafficSet.empty,
      other ? TrafficSet.other : TrafficSet.empty,
    ].reduce((all, part) => all.union(part)),
  );

/** One more port stands for all that no set names. */
const REST = PROTOCOLS.map((protocol) => `${protocol} 9999`);

function members(set: TrafficSet): boolean[] {
  return [...ATOMS, ...REST].map((atom) => {
    if (atom === 'icmp' || atom === 'other') {
      return set[atom];
    }
    const protocol = PROTOCOLS.find((candidate) => atom.startsWith(candidate))!;
    return set.hasPort(protocol, Number(atom.split(' ')[1]));
  });
}

describe('the algebra of traffic sets, against a list of booleans', () => {
  it('unites, intersects and subtracts', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const [inA, inB] = [members(a), members(b)];
        expect(members(a.union(b))).toEqual(inA.map((has, i) => has || inB[i]));
        expect(members(a.intersect(b))).toEqual(inA.map((has, i) => has && inB[i]));
        expect(members(a.minus(b))).toEqual(inA.map((has, i) => has && !inB[i]));
      }),
    );
  });

  it('compares, and has one key for each set', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        const [inA, inB] = [members(a), members(b)];
        const equal = inB.every((has, i) => has === inA[i]);
        expect(a.covers(b)).toBe(inB.every((has, i) => !has || inA[i]));
        expect(a.intersects(b)).toBe(inB.some((has, i) => has && inA[i]));
        expect([a.equals(b), a.key === b.key]).toEqual([equal, equal]);
        expect(a.isEmpty).toBe(!inA.includes(true));
      }),
    );
  });

  it('ends at the one object for nothing and for everything', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        expect(a.minus(b).intersect(b)).toBe(TrafficSet.empty);
        expect(TrafficSet.all.minus(a).union(a)).toBe(TrafficSet.all);
      }),
    );
  });
});
