import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Chart, Testing, YamlOutputType } from 'cdk8s';
import { Cni, Intents, internet, PodNetwork, type PodNetworkProps } from 'portolan';
import { emptyFolder } from '../support/folder';
import { filesOf, shop, withoutHook } from '../support/synth';

const CLUSTER: PodNetworkProps = { podCidr: '10.244.0.0/16', serviceCidr: '10.96.0.0/12' };

function appIn(outdir: string, props: PodNetworkProps, yamlOutputType?: YamlOutputType): App {
  const app = shop(Testing.app({ outdir, yamlOutputType }));
  new PodNetwork(app, 'network', { ...CLUSTER, ...props });
  return app;
}

const besides = (outdir: string) => `${outdir}-bootstrap`;

describe('a network that is not managed', () => {
  const types = Object.values(YamlOutputType).filter((type): type is YamlOutputType => typeof type === 'number');
  test.each(types)('adds no file at all, output type %s', (type) => {
    const [plain, described] = [emptyFolder(), emptyFolder()];
    shop(Testing.app({ outdir: plain, yamlOutputType: type })).synth();
    appIn(described, { cni: Cni.calico() }, type).synth();
    expect(filesOf(described)).toEqual(filesOf(plain));
    expect(existsSync(besides(described))).toBe(false);
  });
});

describe('a managed network', () => {
  test('writes what sets up the cluster beside the manifests, never among them', () => {
    const outdir = emptyFolder();
    appIn(outdir, { cni: Cni.flannel({ netpol: true }), manage: true }).synth();
    expect(Object.keys(filesOf(besides(outdir)))).toEqual(expect.arrayContaining(['/kind.yaml', '/kubeadm.yaml']));
    expect(Object.keys(filesOf(outdir)).filter((file) => !file.endsWith('.k8s.yaml'))).toEqual([]);
  });

  test('writes to the folder that it is told', () => {
    const [outdir, root] = [emptyFolder(), emptyFolder()];
    appIn(outdir, { manage: true, bootstrapDir: join(root, 'cluster') }).synth();
    expect(readdirSync(join(root, 'cluster')).sort()).toEqual(['.portolan.json', 'kind.yaml', 'kubeadm.yaml']);
    expect(existsSync(besides(outdir))).toBe(false);
  });

  test.each(['', 'bootstrap', 'a/b'])('does not write among what is applied: %j', (within) => {
    const outdir = emptyFolder();
    expect(() => appIn(outdir, { manage: true, bootstrapDir: join(outdir, within) })).toThrow(
      'whose files are applied to the cluster. Choose a folder beside it.',
    );
  });

  test('writes nothing where the synth is refused, charts or none', () => {
    for (const app of [appIn(emptyFolder(), { manage: true }), Testing.app()]) {
      if (app.charts.length === 0) new PodNetwork(app, 'network', { manage: true, ...CLUSTER });
      Intents.of(app).expect(internet);
      expect(() => app.synth()).toThrow('PTL903');
      expect(existsSync(besides(app.outdir))).toBe(false);
    }
  });

  test('writes where the check is off, as the manifests are', () => {
    const outdir = emptyFolder();
    withoutHook(() => appIn(outdir, { manage: true }).synth());
    expect(existsSync(join(besides(outdir), 'kubeadm.yaml'))).toBe(true);
  });

  test('writes nothing where manifests are only asked for', () => {
    const app = appIn(emptyFolder(), { manage: true });
    app.synthYaml();
    expect(existsSync(besides(app.outdir))).toBe(false);
  });

  test('takes away what an earlier synth wrote and this one does not, and nothing else', () => {
    const outdir = emptyFolder();
    appIn(outdir, { cni: Cni.weave({ project: 'rajch' }), manage: true }).synth();
    writeFileSync(join(besides(outdir), 'notes.txt'), 'mine');
    appIn(outdir, { manage: true }).synth();
    const files = Object.keys(filesOf(besides(outdir)));
    expect(files).toEqual(['/.portolan.json', '/kind.yaml', '/kubeadm.yaml', '/notes.txt']);
  });

  test('takes a list that somebody else wrote for none', () => {
    const outdir = emptyFolder();
    mkdirSync(besides(outdir));
    for (const text of ['{', '[]', '{"files":["../precious","/etc/hosts",7]}']) {
      writeFileSync(join(besides(outdir), '.portolan.json'), text);
      expect(() => appIn(outdir, { manage: true }).synth()).not.toThrow();
    }
  });

  test('leaves nothing half written where a file can’t be', () => {
    const outdir = emptyFolder();
    mkdirSync(besides(outdir));
    writeFileSync(join(besides(outdir), 'cni'), 'a file where a folder is needed');
    expect(() => appIn(outdir, { cni: Cni.weave({ project: 'rajch' }), manage: true }).synth()).toThrow();
    expect(Object.keys(filesOf(besides(outdir)))).toEqual(['/cni']);
  });

  test('tells every fault of its description', () => {
    const app = Testing.app();
    const props = { cni: { name: 'calcio' }, podCidr: '10.244.0.0/33', manage: true } as unknown as PodNetworkProps;
    expect(() => new PodNetwork(app, 'network', props)).toThrow(
      /^Unable to manage the network at "network": its description has faults\.\n {2}cni: .*`calcio`.*\n {2}podCidr: /s,
    );
  });

  test('is the same for a chart’s namespace: what is of no namespace stays so', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'cluster', { namespace: 'infra' });
    new PodNetwork(chart, 'network', { ...CLUSTER, cni: Cni.flannel({ netpol: true }), manage: true });
    const objects = Testing.synth(chart).map(({ kind, metadata }) => [kind, metadata.name, metadata.namespace]);
    expect(objects).toEqual([['Namespace', 'kube-flannel', undefined]]);
  });
});
