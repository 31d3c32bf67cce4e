import { portolan, SHOP } from './support';

const PROFILE = 'cni: calico\npodCidr:\n  - 10.244.0.0/16\n  - 10.100.0.0/16\nserviceCidr: 10.96.0.0/12\n';

const check = (...options: readonly string[]) =>
  portolan(['check', 'shop.json', '--cluster', 'cluster.yaml', ...options], {
    'shop.json': SHOP,
    'cluster.yaml': PROFILE,
  });

test('what is wrong with a profile is told with its line, and fails the check', async () => {
  const { code, stdout } = await check();
  expect(code).toBe(1);
  expect(stdout).toContain('error[PTL312]: podCidr and serviceCidr have addresses in common');
  expect(stdout).toContain('cluster.yaml:4:5');
});

test('programs get the profile as the object, with the field and its place', async () => {
  const { stdout } = await check('-o', 'json');
  expect(JSON.parse(stdout).lints[0]).toMatchObject({
    code: 'PTL312',
    severity: 'error',
    object: { kind: 'ClusterProfile', name: 'cluster.yaml' },
    field: 'podCidr[1]',
    file: 'cluster.yaml',
    line: 4,
    column: 5,
  });
});
