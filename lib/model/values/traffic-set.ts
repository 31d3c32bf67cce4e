import { PortSet } from './port-set';

/** The transport protocols that Kubernetes knows. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** The protocols in the order of output. */
export const PROTOCOLS: readonly Protocol[] = ['SCTP', 'TCP', 'UDP'];

/** An immutable set of traffic: ports by protocol, ICMP, and every other IP protocol. Operations return an operand where it is the result. */
export class TrafficSet {
  static readonly empty = new TrafficSet(PortSet.empty, PortSet.empty, PortSet.empty, false, false);
  static readonly all = new TrafficSet(PortSet.all, PortSet.all, PortSet.all, true, true);
  /** Every port of the three protocols, without ICMP and the other IP protocols. */
  static readonly allPorts = new TrafficSet(PortSet.all, PortSet.all, PortSet.all, false, false);
  static readonly icmp = new TrafficSet(PortSet.empty, PortSet.empty, PortSet.empty, true, false);
  /** IP protocols other than TCP, UDP, SCTP and ICMP. */
  static readonly other = new TrafficSet(PortSet.empty, PortSet.empty, PortSet.empty, false, true);
  private static readonly icmpAndOther = new TrafficSet(PortSet.empty, PortSet.empty, PortSet.empty, true, true);
  private static readonly everyPort: Readonly<Record<Protocol, TrafficSet>> = {
    SCTP: new TrafficSet(PortSet.all, PortSet.empty, PortSet.empty, false, false),
    TCP: new TrafficSet(PortSet.empty, PortSet.all, PortSet.empty, false, false),
    UDP: new TrafficSet(PortSet.empty, PortSet.empty, PortSet.all, false, false),
  };

  static of(protocol: Protocol, ports: PortSet): TrafficSet {
    const none = PortSet.empty;
    if (ports === none) return TrafficSet.empty;
    if (ports === PortSet.all) return TrafficSet.everyPort[protocol];
    return new TrafficSet(
      protocol === 'SCTP' ? ports : none,
      protocol === 'TCP' ? ports : none,
      protocol === 'UDP' ? ports : none,
      false,
      false,
    );
  }

  #text: string | undefined;
  /** All but this: what stays open behind the first rule that matches, of most policies. */
  #rest: TrafficSet | undefined;

  private constructor(
    private readonly sctp: PortSet,
    private readonly tcp: PortSet,
    private readonly udp: PortSet,
    readonly icmp: boolean,
    readonly other: boolean,
  ) {}

  ports(protocol: Protocol): PortSet {
    return protocol === 'TCP' ? this.tcp : protocol === 'UDP' ? this.udp : this.sctp;
  }

  get isEmpty(): boolean {
    return this === TrafficSet.empty;
  }

  hasPort(protocol: Protocol, port: number): boolean {
    return this.ports(protocol).has(port);
  }

  union(that: TrafficSet): TrafficSet {
    if (this === that || this === TrafficSet.all || that === TrafficSet.empty) {
      return this;
    }
    if (this === TrafficSet.empty || that === TrafficSet.all) {
      return that;
    }
    return this.choose(
      that,
      this.sctp.union(that.sctp),
      this.tcp.union(that.tcp),
      this.udp.union(that.udp),
      this.icmp || that.icmp,
      this.other || that.other,
    );
  }

  intersect(that: TrafficSet): TrafficSet {
    if (this === that || this === TrafficSet.empty || that === TrafficSet.all) {
      return this;
    }
    if (this === TrafficSet.all || that === TrafficSet.empty) {
      return that;
    }
    return this.choose(
      that,
      this.sctp.intersect(that.sctp),
      this.tcp.intersect(that.tcp),
      this.udp.intersect(that.udp),
      this.icmp && that.icmp,
      this.other && that.other,
    );
  }

  minus(that: TrafficSet): TrafficSet {
    if (this === TrafficSet.empty || that === TrafficSet.empty) {
      return this;
    }
    if (this === that || that === TrafficSet.all) {
      return TrafficSet.empty;
    }
    if (this === TrafficSet.all) {
      that.#rest ??= this.without(that);
      return that.#rest;
    }
    return this.without(that);
  }

  private without(that: TrafficSet): TrafficSet {
    return this.choose(
      that,
      this.sctp.minus(that.sctp),
      this.tcp.minus(that.tcp),
      this.udp.minus(that.udp),
      this.icmp && !that.icmp,
      this.other && !that.other,
    );
  }

  covers(that: TrafficSet): boolean {
    return (
      this === that ||
      (this.sctp.covers(that.sctp) &&
        this.tcp.covers(that.tcp) &&
        this.udp.covers(that.udp) &&
        (this.icmp || !that.icmp) &&
        (this.other || !that.other))
    );
  }

  intersects(that: TrafficSet): boolean {
    return (
      (this.icmp && that.icmp) ||
      (this.other && that.other) ||
      this.tcp.intersects(that.tcp) ||
      this.udp.intersects(that.udp) ||
      this.sctp.intersects(that.sctp)
    );
  }

  equals(that: TrafficSet): boolean {
    return (
      this === that ||
      (this.icmp === that.icmp &&
        this.other === that.other &&
        this.tcp.equals(that.tcp) &&
        this.udp.equals(that.udp) &&
        this.sctp.equals(that.sctp))
    );
  }

  /** Equal sets, and only those, have the same key. */
  get key(): string {
    this.#text ??= `${this.sctp}|${this.tcp}|${this.udp}${this.icmp ? '|icmp' : ''}${this.other ? '|other' : ''}`;
    return this.#text;
  }

  /** What the map prints: ports only; ICMP and other protocols don't show. */
  toString(): string {
    if (this.sctp.isAll && this.tcp.isAll && this.udp.isAll) {
      return 'All Connections';
    }
    const open = PROTOCOLS.filter((protocol) => !this.ports(protocol).isEmpty);
    return open.map((protocol) => `${protocol} ${this.ports(protocol)}`).join(',') || 'No Connections';
  }

  /**
   * The set of these parts, without a new object where one of the operands has them.
   * INVARIANT: `empty` and `all` are the only objects for nothing and for everything, so that operations may compare identity.
   */
  private choose(
    that: TrafficSet,
    sctp: PortSet,
    tcp: PortSet,
    udp: PortSet,
    icmp: boolean,
    other: boolean,
  ): TrafficSet {
    if (sctp === tcp && tcp === udp) {
      if (sctp === PortSet.empty) return TrafficSet.withoutPorts(icmp, other);
      if (sctp === PortSet.all && icmp === other) return icmp ? TrafficSet.all : TrafficSet.allPorts;
    }
    for (const known of [this, that]) {
      if (
        known.sctp === sctp &&
        known.tcp === tcp &&
        known.udp === udp &&
        known.icmp === icmp &&
        known.other === other
      ) {
        return known;
      }
    }
    return new TrafficSet(sctp, tcp, udp, icmp, other);
  }

  private static withoutPorts(icmp: boolean, other: boolean): TrafficSet {
    if (icmp) return other ? TrafficSet.icmpAndOther : TrafficSet.icmp;
    return other ? TrafficSet.other : TrafficSet.empty;
  }
}
