import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, type App, Chart, JsonPatch, Testing, YamlOutputType } from 'cdk8s';
import { DnsApp, Intents } from 'portolan';

const NOTE = 'manifests of an earlier synth are still there and were not replaced: ';

function shop(app: App, charts = 1): App {
  for (let index = 0; index < charts; index++) {
    const chart = new Chart(app, `shop-${index}`, { namespace: `shop-${index}` });
    const db = new DnsApp(chart, 'db', { image: 'postgres:17', ports: { sql: 5432 } });
    new DnsApp(chart, 'api', { image: 'shop/api:3', uses: { DB: db.port('sql').hostPort() } });
  }
  return app;
}

/** The files that a refused synth names, with what follows them. */
function named(app: App): string {
  Intents.of(app).expect(app);
  try {
    app.synth();
  } catch (error) {
    const line = (error as Error).message.split('\n').find((text) => text.includes(NOTE));
    return line?.split(NOTE)[1].replaceAll(`${app.outdir}/`, '') ?? '';
  }
  throw new Error('the synth was not refused');
}

function written(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

describe('a refused synth', () => {
  test('says nothing of files where there are none', () => {
    expect(named(shop(Testing.app()))).toBe('');
  });

  const types = Object.values(YamlOutputType).filter((type): type is YamlOutputType => typeof type === 'number');
  test.each(types)('names every file of the synth before, output type %s', (yamlOutputType) => {
    const outdir = Testing.app().outdir;
    shop(Testing.app({ outdir, yamlOutputType })).synth();
    const before = written(outdir).map((file) => file.slice(outdir.length + 1));
    const said = named(shop(Testing.app({ outdir, yamlOutputType })));
    const more = Number(/, and (\d+) more$/.exec(said)?.[1] ?? 0);
    const listed = said.replace(/, and \d+ more$/, '').split(', ');
    expect(before).toEqual(expect.arrayContaining(listed));
    expect(listed.length + more).toBe(before.length);
  });

  test.each<[string, (first: Chart, second: Chart) => unknown]>([
    ['depend on each other', (first, second) => first.addDependency(second)],
    ['stand in another', (first) => new Chart(first, 'inner')],
    [
      'hold constructs that depend on those of another',
      (first, second) => first.node.findChild('api').node.addDependency(second.node.findChild('db')),
    ],
  ])('knows the numbers of charts that %s', (_, relate) => {
    const outdir = Testing.app().outdir;
    const build = () => {
      const app = shop(Testing.app({ outdir }), 2);
      relate(...(app.charts as [Chart, Chart]));
      return app;
    };
    build().synth();
    const before = readdirSync(outdir).sort();
    expect(before[0]).toMatch(/^0000-/);
    expect(named(build())).toBe(before.join(', '));
  });

  test('names objects by what patches made of them', () => {
    const outdir = Testing.app().outdir;
    const build = () => {
      const app = Testing.app({ outdir, yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
      const map = new ApiObject(new Chart(app, 'chart'), 'map', { apiVersion: 'v1', kind: 'ConfigMap' });
      map.addJsonPatch(JsonPatch.replace('/metadata/name', 'patched'));
      Intents.of(map);
      return app;
    };
    build().synth();
    expect(named(build())).toBe('ConfigMap.patched.k8s.yaml');
  });

  test('names no file of others, and no charts that are gone', () => {
    const outdir = Testing.app().outdir;
    mkdirSync(outdir, { recursive: true });
    for (const other of ['kustomization.yaml', 'other.k8s.yaml', 'shop-0.yaml'])
      writeFileSync(join(outdir, other), 'mine');
    shop(Testing.app({ outdir }), 2).synth();
    expect(named(shop(Testing.app({ outdir }), 1))).toBe('shop-0.k8s.yaml');
  });

  test('names a handful, and says how many more there are', () => {
    const outdir = Testing.app().outdir;
    shop(Testing.app({ outdir }), 7).synth();
    const said = named(shop(Testing.app({ outdir }), 7));
    expect(said).toBe(`${[0, 1, 2, 3, 4].map((n) => `shop-${n}.k8s.yaml`).join(', ')}, and 2 more`);
  });

  test('leaves them as they are', () => {
    const outdir = Testing.app().outdir;
    shop(Testing.app({ outdir })).synth();
    const [file] = written(outdir);
    const before = readFileSync(file, 'utf8');
    named(shop(Testing.app({ outdir })));
    expect(written(outdir)).toEqual([file]);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('names them where other constructs found something invalid as well', () => {
    const outdir = Testing.app().outdir;
    shop(Testing.app({ outdir })).synth();
    const app = shop(Testing.app({ outdir }));
    app.node.addValidation({ validate: () => ['no captain'] });
    expect(named(app)).toBe('shop-0.k8s.yaml');
  });

  test('does not name them where it writes no files', () => {
    const outdir = Testing.app().outdir;
    shop(Testing.app({ outdir })).synth();
    const app = shop(Testing.app({ outdir }));
    Intents.of(app).expect(app);
    expect(() => app.synthYaml()).toThrow(expect.not.objectContaining({ message: expect.stringContaining(NOTE) }));
  });
});
