import { pod, policy } from './builders';
import { block, everywhere, onlyFrom, onlyTo, prove } from './rule-table';

describe('A hostNetwork pod as its node (NP-28, NP-29)', () => {
  const host = pod('x/host', {
    hostNetwork: true,
    nodeName: 'one',
    ports: [{ name: 'web', containerPort: 80 }],
    status: { podIP: '192.168.0.1' },
  });
  const there = pod('x/there', { nodeName: 'two' });
  const here = pod('x/here', { nodeName: 'one' });
  const somewhere = pod('x/somewhere');
  const pods = [host, there, here, somewhere];
  const ordinary = { podSelector: {} };
  prove([
    [
      'is no subject',
      [...pods, policy('x/p', { ...onlyFrom(), podSelector: {} })],
      {},
      'allowed x/there -> x/host TCP 80',
      'denied x/here -> x/there TCP 80',
    ],
    [
      'is no peer of a selector',
      [...pods, policy('x/p', onlyFrom(everywhere, ordinary))],
      {},
      'denied x/host -> x/there TCP 80',
    ],
    [
      'is the address of its node',
      [...pods, policy('x/p', onlyFrom(block('192.168.0.0/24')))],
      { ipBlockSelectsPods: false },
      'allowed x/host -> x/there TCP 80',
    ],
    [
      'has no named ports',
      [...pods, policy('x/p', { policyTypes: ['Egress'], egress: [{ ports: [{ port: 'web' }] }] })],
      {},
      'denied x/there -> x/host TCP 80',
    ],
    [
      'is let in on its own node (NP-30)',
      [...pods, policy('x/p', onlyFrom())],
      {},
      'allowed x/host -> x/here TCP 80',
      'unknown x/host -> x/somewhere TCP 80',
    ],
    [
      'is reached from its own node as the plugin likes (NP-30)',
      [...pods, policy('x/p', onlyTo())],
      {},
      'unknown x/here -> x/host TCP 80',
      'denied x/there -> x/host TCP 80',
    ],
    [
      'is reached from its own node where the profile says so (NP-30)',
      [...pods, policy('x/p', onlyTo())],
      { ownNodeOutIsExempt: true },
      'allowed x/here -> x/host TCP 80',
      'unknown x/somewhere -> x/host TCP 80',
    ],
    [
      'is not reached where the profile denies it (NP-30)',
      [...pods, policy('x/p', onlyTo())],
      { ownNodeOutIsExempt: false },
      'denied x/here -> x/host TCP 80',
    ],
  ]);
});

describe('A hostNetwork pod of which nobody knows how it is seen (NP-28)', () => {
  const host = (status?: string) =>
    pod('x/host', { hostNetwork: true, nodeName: 'one', ...(status && { status: { podIP: status } }) });
  const there = pod('x/there', { nodeName: 'two' });
  const props = { hostNetworkPods: 'unknown' } as const;
  const addressed = [host('192.168.0.1'), there];
  prove([
    ['may be a subject', [...addressed, policy('x/p', onlyFrom())], props, 'unknown x/there -> x/host TCP 80'],
    [
      'may be a peer of a selector',
      [...addressed, policy('x/p', onlyFrom(everywhere))],
      props,
      'unknown x/host -> x/there TCP 80',
    ],
    [
      'is an allowed peer either way',
      [...addressed, policy('x/p', onlyFrom(everywhere, block('192.168.0.0/24')))],
      props,
      'allowed x/host -> x/there TCP 80',
    ],
    [
      "may be out of a block's reach as a pod",
      [...addressed, policy('x/p', onlyFrom(block('192.168.0.0/24')))],
      { ...props, ipBlockSelectsPods: false },
      'unknown x/host -> x/there TCP 80',
    ],
    [
      'has any address',
      [host(), there, policy('x/p', onlyFrom(everywhere, block('192.168.0.0/24')))],
      props,
      'unknown x/host -> x/there TCP 80',
    ],
    [
      'has an address in the node CIDR',
      [host(), there, policy('x/p', onlyFrom(everywhere, block('192.168.0.0/16')))],
      { ...props, nodeCidr: ['192.168.0.0/24'] },
      'allowed x/host -> x/there TCP 80',
    ],
  ]);
});
