import { policy } from './builders';
import { appA, block, everywhere, into, outOf, rule } from './rule-table';

const inOpen = 'allowed y/a -> x/a TCP 80';
const inClosed = 'denied y/a -> x/a TCP 80';
const outOpen = 'allowed x/a -> y/a TCP 80';
const outClosed = 'denied x/a -> y/a TCP 80';

describe('Directions and isolation', () => {
  rule(
    'NP-01: an empty egress list without types closes ingress only',
    [policy('x/p', { egress: [] })],
    inClosed,
    outOpen,
  );
  rule(
    'NP-01: egress rules without types close both',
    [policy('x/p', { egress: [{ to: [everywhere], ports: [{ port: 9 }] }] })],
    inClosed,
    outClosed,
  );
  rule('NP-01: empty types are absent types', [policy('x/p', { policyTypes: [], egress: [{}] })], inClosed, outOpen);
  rule('NP-01: ingress rules without types leave egress open', [policy('x/p', { ingress: [{}] })], inOpen, outOpen);
  rule(
    'NP-02: rules of an unlisted direction are void',
    [policy('x/p', { policyTypes: ['Egress'], ingress: [{ ports: [{ port: 9 }] }] })],
    inOpen,
    outClosed,
  );
  rule(
    'NP-02: egress rules are void under Ingress alone',
    [policy('x/p', { policyTypes: ['Ingress'], egress: [{ ports: [{ port: 9 }] }] })],
    inClosed,
    outOpen,
  );
  rule(
    'NP-03: without policies all is open',
    [],
    inOpen,
    outOpen,
    'allowed 8.8.8.8 -> x/a SCTP 1',
    'allowed x/a -> 8.8.8.8 UDP 65535',
  );
  rule(
    'NP-03: a policy selects in its own namespace only',
    [policy('y/p', appA)],
    inOpen,
    outClosed,
    'allowed x/a -> x/b TCP 80',
  );
  rule('NP-04: an allowing policy wins over a denying one', [policy('x/p', {}), ...into({})], inOpen);
  rule(
    'NP-04: policies add up',
    [...into({ from: [everywhere], ports: [{ port: 80 }] }), policy('x/q', { ingress: [{ ports: [{ port: 81 }] }] })],
    inOpen,
    'allowed y/a -> x/a TCP 81',
    'denied y/a -> x/a TCP 82',
  );
  rule('NP-05: both ends have to allow', [...into({}), ...outOf()], inOpen, outClosed, 'denied x/b -> x/a TCP 80');
  rule('NP-06: an absent podSelector selects all pods', [policy('x/p', {})], inClosed, 'denied y/a -> x/b TCP 80');
  rule('NP-06: so does an empty one', [policy('x/p', { podSelector: {} })], inClosed, 'denied y/a -> x/b TCP 80');
  rule('NP-06: a given one selects some', [policy('x/p', appA)], inClosed, 'allowed y/a -> x/b TCP 80');
});

describe('Empty lists', () => {
  for (const none of [undefined, null, []] as const) {
    const shape = JSON.stringify(none) ?? 'absent';
    rule(
      `NP-07: ingress ${shape} allows nothing`,
      [policy('x/p', { policyTypes: ['Ingress'], ingress: none })],
      inClosed,
      outOpen,
    );
    rule(
      `NP-07: egress ${shape} allows nothing`,
      [policy('x/p', { policyTypes: ['Egress'], egress: none })],
      inOpen,
      outClosed,
    );
    rule(
      `NP-07: from ${shape} restricts nothing`,
      into({ from: none, ports: [{ port: 80 }] }),
      inOpen,
      'allowed 8.8.8.8 -> x/a TCP 80',
    );
    rule(
      `NP-07: to ${shape} restricts nothing`,
      outOf({ to: none, ports: [{ port: 80 }] }),
      outOpen,
      'allowed x/a -> 8.8.8.8 TCP 80',
    );
    rule(
      `NP-07: ports ${shape} restrict nothing`,
      into({ from: [everywhere], ports: none }),
      inOpen,
      'allowed y/a -> x/a SCTP 1',
    );
  }
  rule('NP-07: an empty rule allows all', [...into({}), ...outOf({})], inOpen, outOpen, 'allowed 8.8.8.8 -> x/a UDP 9');
  rule('NP-08: a list of peers wants one to match', into({ from: [appA] }), inClosed, 'allowed x/a -> x/b TCP 80');
});

describe('Ports', () => {
  rule(
    'NP-09: an entry without protocol means TCP',
    into({ ports: [{ port: 53 }] }),
    'allowed y/a -> x/a TCP 53',
    'denied y/a -> x/a UDP 53',
    'denied y/a -> x/a SCTP 53',
  );
  rule(
    'NP-09: an entry without port means all ports',
    into({ ports: [{ protocol: 'UDP' }] }),
    'allowed y/a -> x/a UDP 1',
    'allowed y/a -> x/a UDP 65535',
    inClosed,
  );
  rule('NP-09: an empty entry means all TCP', into({ ports: [{}] }), inOpen, 'denied y/a -> x/a UDP 80');
  rule(
    'NP-09: entries are alternatives',
    into({ ports: [{ port: 80 }, { port: 53, protocol: 'UDP' }] }),
    inOpen,
    'allowed y/a -> x/a UDP 53',
    'denied y/a -> x/a UDP 80',
  );
  rule(
    'NP-19: what counts is the port of the pod',
    outOf({ ports: [{ port: 8080 }] }),
    outClosed,
    'allowed x/a -> y/a TCP 8080',
  );
  rule(
    "NP-21: a name is each destination pod's own number",
    into({ ports: [{ port: 'web' }] }),
    inOpen,
    'denied y/a -> x/a TCP 81',
    'allowed y/a -> x/b TCP 81',
    'denied y/a -> x/b TCP 80',
  );
  rule(
    'NP-22: in egress too the destination has the name',
    outOf({ ports: [{ port: 'web' }] }),
    'allowed x/a -> x/b TCP 81',
    'denied x/a -> x/b TCP 80',
    'denied x/a -> 8.8.8.8 TCP 80',
    'denied x/a -> y/b TCP 80',
  );
  rule(
    'NP-22: a name never matches an address',
    outOf({ to: [block('0.0.0.0/0')], ports: [{ port: 'web' }] }),
    'denied x/b -> 8.8.8.8 TCP 80',
    'allowed x/b -> x/a TCP 80',
  );
  rule(
    'NP-23: a name of another protocol matches nothing',
    outOf({ ports: [{ port: 'web' }] }),
    outClosed,
    'denied x/a -> y/a UDP 80',
  );
  rule(
    'NP-23: the protocol has to be named with it',
    outOf({ ports: [{ port: 'web', protocol: 'UDP' }] }),
    'allowed x/a -> y/a UDP 80',
    outClosed,
  );
  rule(
    'NP-25: a range is inclusive',
    into({ ports: [{ port: 32000, endPort: 32768 }] }),
    'denied y/a -> x/a TCP 31999',
    'allowed y/a -> x/a TCP 32000',
    'allowed y/a -> x/a TCP 32768',
    'denied y/a -> x/a TCP 32769',
  );
  rule(
    'NP-26: an SCTP rule isolates for TCP and UDP',
    into({ ports: [{ port: 80, protocol: 'SCTP' }] }),
    'allowed y/a -> x/a SCTP 80',
    'denied y/a -> x/a TCP 81',
    'denied y/a -> x/a UDP 80',
  );
});
