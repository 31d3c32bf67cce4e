import { adminPolicy, baselinePolicy, clusterPolicy, policy } from './builders';
import type { ClusterNetworkPolicySpec } from './cluster-policy-manifests';
import { admin, baseline, everyone, from, inX, inY, tcp, to } from './cluster-rule-table';
import { into, rule } from './rule-table';

const isolated = policy('x/isolated', { policyTypes: ['Egress'] });
const open = policy('x/open', { policyTypes: ['Egress'], egress: [{}] });

const outOpen = 'allowed x/a -> y/a TCP 80';
const outClosed = 'denied x/a -> y/a TCP 80';

describe('The order of the tiers (NP-43)', () => {
  rule('Accept above NetworkPolicy is final', [admin(1, { egress: [to('Accept', inY)] }), isolated], outOpen);
  rule('Deny above NetworkPolicy is final', [admin(1, { egress: [to('Deny', inY)] }), open], outClosed);
  rule(
    'What no rule matches goes on to NetworkPolicy',
    [admin(1, { egress: [to('Accept', inX)] }), isolated],
    outClosed,
  );
  rule('Pass goes on to NetworkPolicy', [admin(1, { egress: [to('Pass', inY)] }), isolated], outClosed);
  rule(
    'Pass skips every remaining rule of its own tier',
    [admin(1, { egress: [to('Pass', inY), to('Deny', inY)] }), admin(2, { egress: [to('Deny', inY)] })],
    outOpen,
    'allowed x/a -> x/b TCP 80',
  );
  rule(
    'Pass goes on to the baseline where no NetworkPolicy selects the pod',
    [admin(1, { egress: [to('Pass', inY)] }), baseline(1, { egress: [to('Deny', inY)] })],
    outClosed,
  );
  rule(
    'Pass above NetworkPolicy does not skip the rules of the baseline, Pass in the baseline leaves it',
    [
      admin(1, { egress: [to('Pass', everyone), to('Deny', everyone)] }),
      baseline(1, { egress: [to('Pass', inY), to('Deny', everyone)] }),
    ],
    outOpen,
    'denied x/a -> x/b TCP 80',
  );
  rule('NetworkPolicy that allows hides the baseline', [open, baseline(1, { egress: [to('Deny', inY)] })], outOpen);
  rule(
    'NetworkPolicy that denies hides the baseline',
    [isolated, baseline(1, { egress: [to('Accept', inY)] })],
    outClosed,
  );
  rule(
    'NetworkPolicy of the other direction hides nothing',
    [...into(), baseline(1, { egress: [to('Deny', inY)] })],
    outClosed,
  );
  rule('Deny of the baseline is final', [baseline(1, { egress: [to('Deny', inY), to('Accept', inY)] })], outClosed);
  rule('Accept of the baseline is final', [baseline(1, { egress: [to('Accept', inY), to('Deny', inY)] })], outOpen);
  rule('What nobody decides is allowed', [admin(1, { egress: [to('Deny', inX)] }), baseline(1, {})], outOpen);
});

describe('The order within a tier (NP-43)', () => {
  const accepts = { egress: [to('Accept', inY)] };
  const denies = { egress: [to('Deny', inY)] };
  rule('The lowest number is first', [admin(2, denies), admin(1, accepts)], outOpen);
  rule('The highest number is last', [admin(1000, accepts), admin(0, denies)], outClosed);
  rule('In the baseline too', [baseline(7, accepts), baseline(3, denies)], outClosed);
  rule('Numbers count within a tier only', [admin(1000, accepts), baseline(0, denies)], outOpen);
  rule(
    'The first rule that matches decides',
    [admin(1, { egress: [to('Deny', inX), to('Accept', inY), to('Deny', inY)] })],
    outOpen,
  );
  const twin = (name: string, spec: Partial<ClusterNetworkPolicySpec>) =>
    clusterPolicy(name, { tier: 'Admin', priority: 5, subject: inX, ...spec });
  rule('Equal numbers have no order', [twin('a', accepts), twin('b', denies)], 'unknown x/a -> y/a TCP 80');
  rule(
    'Equal numbers matter only where both match',
    [twin('a', accepts), twin('b', { egress: [to('Deny', inY, tcp(81))] })],
    outOpen,
    'unknown x/a -> y/a TCP 81',
  );
  rule('Equal numbers may agree', [twin('a', denies), twin('b', denies)], outClosed);
  rule('A lower number spares the doubt', [twin('a', accepts), twin('b', denies), admin(4, denies)], outClosed);
  rule('Equal numbers in two tiers are no doubt', [twin('a', accepts), baseline(5, denies)], outOpen);
  rule(
    'Equal numbers may be ordered otherwise for the other direction',
    [
      clusterPolicy('a', {
        tier: 'Admin',
        priority: 5,
        subject: everyone,
        egress: [to('Deny', inY)],
        ingress: [from('Accept', inX)],
      }),
      clusterPolicy('b', {
        tier: 'Admin',
        priority: 5,
        subject: everyone,
        egress: [to('Accept', inY)],
        ingress: [from('Deny', inX)],
      }),
    ],
    'unknown x/a -> y/a TCP 80',
  );
});

describe('Directions (NP-43)', () => {
  rule(
    'Both ends have to accept',
    [
      admin(1, { egress: [to('Accept', everyone)] }),
      clusterPolicy('into', { tier: 'Admin', priority: 2, subject: inY, ingress: [from('Deny', inX)] }),
    ],
    outClosed,
    'allowed x/a -> x/b TCP 80',
  );
  rule(
    "An egress Accept does not bypass the destination's NetworkPolicy",
    [admin(1, { egress: [to('Accept', inY)] }), policy('y/closed', {})],
    outClosed,
  );
  rule('Rules of one direction leave the other alone', [admin(1, { ingress: [from('Deny', everyone)] })], outOpen);
  rule('There is no implicit isolation', [admin(1, { egress: [to('Accept', inX)] })], outOpen);
  rule('A policy without rules does nothing', [admin(1, {}), baseline(1, {})], outOpen);
  rule(
    'A pod always reaches its own address',
    [admin(1, { egress: [to('Deny', everyone)], ingress: [from('Deny', everyone)] })],
    'allowed x/a -> x/a TCP 80',
    'denied x/a -> x/b TCP 80',
  );
});

describe('AdminNetworkPolicy and BaselineAdminNetworkPolicy (NP-43)', () => {
  const denying = { action: 'Deny', to: [inY] } as const;
  const web = { namedPort: 'web' };
  rule(
    'The action is called Allow',
    [adminPolicy('p', { priority: 1, subject: inX, egress: [{ action: 'Allow', to: [inY] }] }), isolated],
    outOpen,
  );
  rule(
    'Pass goes on to NetworkPolicy, and only without one to the baseline',
    [
      adminPolicy('p', { priority: 1, subject: inX, egress: [{ action: 'Pass', to: [inY] }, denying] }),
      open,
      baselinePolicy({ subject: inX, egress: [denying] }),
    ],
    outOpen,
  );
  rule(
    'Pass goes on to the baseline',
    [
      adminPolicy('p', { priority: 1, subject: inX, egress: [{ action: 'Pass', to: [inY] }] }),
      baselinePolicy({ subject: inX, egress: [denying] }),
    ],
    outClosed,
  );
  rule(
    'A port without protocol is of TCP',
    [
      baselinePolicy({
        subject: inX,
        egress: [
          { ...denying, ports: [{ portNumber: { port: 80 } }, { portRange: { protocol: 'UDP', start: 5, end: 9 } }] },
        ],
      }),
    ],
    outClosed,
    'allowed x/a -> y/a UDP 80',
    'denied x/a -> y/a UDP 9',
    'allowed x/a -> y/a UDP 10',
  );
  rule(
    'A named port has the protocol that the container says',
    [baselinePolicy({ subject: inX, egress: [{ ...denying, ports: [web] }] })],
    'denied x/a -> y/a UDP 80',
    outOpen,
  );
  rule(
    'Nobody says how they stand to ClusterNetworkPolicy',
    [adminPolicy('p', { priority: 1, subject: inX, egress: [denying] }), admin(2, { egress: [to('Accept', inY)] })],
    'unknown x/a -> y/a TCP 80',
    'allowed x/a -> x/b TCP 80',
  );
});
