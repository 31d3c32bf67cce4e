import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { type App, Testing } from 'cdk8s';
import { verify } from 'portolan';
import { parse, parseAllDocuments } from 'yaml';
import { FlannelCluster } from '../../../examples/networks/flannel/cluster';
import { Shop } from '../../../examples/networks/shop/shop';
import { WeaveCluster } from '../../../examples/networks/weave/cluster';

function bootstrapOf(app: App): readonly string[] {
  const root = `${app.outdir}-bootstrap`;
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('.'))
    .sort();
}

const bootstrap = (app: App, file: string) => readFileSync(path.join(`${app.outdir}-bootstrap`, file), 'utf8');

describe('a cluster on Flannel', () => {
  test('with its policy controller keeps the promises of the shop, and is written', () => {
    const app = Testing.app();
    new FlannelCluster(app, { netpol: true });
    const shop = new Shop(app);
    const { faults, findings, lints } = verify(shop);
    expect({ faults, findings, lints }).toEqual({ faults: [], findings: [], lints: [] });
    app.synth();
    expect(bootstrapOf(app)).toEqual([
      'cni/net.d/10-flannel.conflist',
      'flannel/values.yaml',
      'kind.yaml',
      'kubeadm.yaml',
    ]);
    expect(parse(bootstrap(app, 'flannel/values.yaml'))).toEqual({
      podCidr: '10.244.0.0/16',
      podCidrv6: 'fd00:10:244::/56',
      flannel: { backend: 'vxlan', directRouting: true },
      netpol: { enabled: true },
    });
  });

  test('NP-37: alone is refused with the shop, for the reason that nobody enforces its policies (PTL301)', () => {
    const app = Testing.app();
    new FlannelCluster(app);
    const shop = new Shop(app);
    expect(verify(shop).findings.map(({ code }) => code)).toEqual(['PTL301']);
    expect(() => app.synth()).toThrow('PTL301');
    expect(existsSync(`${app.outdir}-bootstrap`)).toBe(false);
  });

  test('alone is a cluster all the same, with the ConfigMap that its DaemonSet mounts', () => {
    const app = Testing.app();
    new FlannelCluster(app);
    app.synth();
    const [file] = readdirSync(app.outdir).filter((name) => name.startsWith('infra'));
    const objects = parseAllDocuments(readFileSync(path.join(app.outdir, file), 'utf8')).map((each) => each.toJS());
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`)).toEqual([
      'Namespace /kube-flannel',
      'ConfigMap kube-flannel/kube-flannel-cfg',
    ]);
    expect(JSON.parse(objects[1].data['net-conf.json'])).toEqual({
      Network: '10.244.0.0/16',
      EnableIPv6: true,
      IPv6Network: 'fd00:10:244::/56',
      Backend: { Type: 'vxlan', DirectRouting: true },
    });
  });

  test('in Canal keeps them too, by Calico’s policies', () => {
    const app = Testing.app();
    new FlannelCluster(app, { canal: true });
    expect(verify(new Shop(app)).findings).toEqual([]);
  });
});

test('a cluster on Weave Net keeps the promises of the shop, and is written', () => {
  const app = Testing.app();
  new WeaveCluster(app);
  const shop = new Shop(app);
  const { faults, findings, lints } = verify(shop);
  expect({ faults, findings, lints }).toEqual({ faults: [], findings: [], lints: [] });
  app.synth();
  expect(readdirSync(app.outdir).filter((name) => name.includes('infra'))).toEqual([]);
  expect(bootstrapOf(app)).toEqual([
    'cni/net.d/10-weave.conflist',
    'kind.yaml',
    'kubeadm.yaml',
    'weave/kustomization.yaml',
    'weave/weave-net.yaml',
  ]);
  const [container] = parse(bootstrap(app, 'weave/weave-net.yaml')).spec.template.spec.containers;
  expect(container.env.map(({ name }: { name: string }) => name)).toEqual([
    'IPALLOC_RANGE',
    'WEAVE_MTU',
    'WEAVE_PASSWORD',
  ]);
});
