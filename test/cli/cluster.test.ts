import { portolan, SHOP } from './support';

const ask = (cluster: string, profile?: string) =>
  portolan(['map', 'shop.json', '--cluster', cluster], {
    'shop.json': SHOP,
    ...(profile === undefined ? {} : { 'cluster.yaml': profile }),
  });

test.each(['conformant', 'calico', 'cilium', 'kindnet', 'weave'])('%s is a cluster by name', async (name) => {
  expect((await ask(name)).code).toBe(0);
});

test('a network plugin that enforces nothing lets everything through (NP-37)', async () => {
  expect((await ask('flannel')).stdout).toContain('shop/web[Deployment] => shop/db[Deployment] : All Connections');
});

test('a profile may be a file', async () => {
  const { code, stdout } = await ask('cluster.yaml', 'cni: {name: flannel, netpol: true}\npodCidr: 10.0.0.0/8\n');
  expect(code).toBe(0);
  expect(stdout).toContain('0.0.0.0-9.255.255.255[External] => shop/api[Deployment]');
  expect(stdout).not.toContain('shop/web[Deployment] => shop/db[Deployment]');
});

test('an unknown name is refused with those that are known', async () => {
  const { code, stdout, stderr } = await ask('calcio');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('error[PTL018]');
  expect(stderr).toContain('one of calico, cilium, conformant, flannel, kindnet, weave');
  expect(stderr).toContain('did you mean `calico`?');
});

test.each([
  ['a wrong range', 'cni: calico\npodCidr: 10.0.0.0/33\n', 'PTL018', '2:10'],
  ['an unknown field', 'podCIDR: 10.0.0.0/8\n', 'PTL018', '1:'],
  ['an unknown plugin', 'cni: calcio\n', 'PTL018', '1:6'],
  ['a list', '- cni\n', 'PTL018', '1:1'],
  ['nothing', '', 'PTL018', '1:1'],
  ['a wrong option', 'cni: {name: weave, netpol: true}\n', 'PTL018', '1:'],
  ['broken YAML', 'cni: [', 'PTL001', '1:'],
  ['two documents', 'cni: calico\n---\ncni: cilium\n', 'PTL002', '3:1'],
])('%s in a profile is refused with its place', async (_name, profile, code, place) => {
  const ran = await ask('cluster.yaml', profile);
  expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 2, stdout: '' });
  expect(ran.stderr).toContain(`error[${code}]: cluster.yaml:${place}`);
});

test('a profile that is not there is refused', async () => {
  const { code, stderr } = await ask('./nowhere.yaml');
  expect({ code, told: stderr.includes('error[PTL013]: ./nowhere.yaml: ') }).toEqual({ code: 2, told: true });
});
