import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as portolan from 'portolan';
import { emptyFolder } from '../support/folder';
import { linkPackages, makePackage } from '../support/packaged';

const project = emptyFolder();
const home = path.join(project, 'node_modules', 'portolan');
const published = path.join(home, 'build', 'lib');

beforeAll(async () => {
  linkPackages(project);
  await makePackage(home);
}, 120_000);

/** What a program of the user's prints, as JSON. */
function printed(program: string, type: 'commonjs' | 'module' = 'commonjs'): unknown {
  const { status, stdout, stderr } = node(`--input-type=${type}`, '--eval', program);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function node(...argv: string[]) {
  return spawnSync(process.execPath, argv, { cwd: project, encoding: 'utf8' });
}

test('import of Node.js finds the same names as require', () => {
  const names = printed(
    "import * as portolan from 'portolan'; console.log(JSON.stringify(Object.keys(portolan)))",
    'module',
  );
  const plain = (names as string[]).filter((name) => !['default', '__esModule', 'module.exports'].includes(name));
  expect(plain).toEqual(Object.keys(portolan).sort());
});

test('functions and classes are called what they are exported as', () => {
  const names = printed(`
    const functions = Object.entries(require('portolan')).filter(([, value]) => typeof value === 'function');
    console.log(JSON.stringify(functions.map(([name, { name: own }]) => [name, own])));
  `);
  for (const [name, own] of names as [string, string][]) expect(own).toBe(name);
});

test('the model is read when something is synthesized, and refuses by the class that was imported', () => {
  const told = printed(`
    const { App, Chart } = require('cdk8s');
    const files = () => Object.keys(require.cache).flatMap((file) => /[\\\\/](portolan-\\w+)\\.js$/.exec(file)?.[1] ?? []);
    const { DnsApp, Intents, NetworkPromiseError } = require('portolan');
    const imported = files();
    const app = new App();
    const chart = new Chart(app, 'chart');
    const api = new DnsApp(chart, 'api', { image: 'api:1', ports: { http: 80 } });
    Intents.of(chart).expect(new DnsApp(chart, 'web', { image: 'web:1' })).toReach(api);
    let refusal;
    try { app.synthYaml() } catch (error) { refusal = error }
    const { name, constructor } = refusal;
    const isOurs = refusal instanceof NetworkPromiseError;
    console.log(JSON.stringify({ imported, synthesized: files(), name, className: constructor.name, isOurs }));
  `);
  expect(told).toEqual({
    imported: ['portolan-library'],
    synthesized: ['portolan-library', 'portolan-model'],
    name: 'NetworkPromiseError',
    className: 'NetworkPromiseError',
    isOurs: true,
  });
});

test('each source is in one file', () => {
  const maps = readdirSync(published, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.map'));
  const sources = maps.flatMap((file) => {
    const { sources } = JSON.parse(readFileSync(path.join(published, file), 'utf8')) as { sources: string[] };
    return sources
      .filter((source) => source.endsWith('ts'))
      .map((source) => path.resolve(published, file, '..', source));
  });
  expect(sources).toContain(path.join(home, 'lib', 'model', 'network.ts'));
  expect(new Set(sources).size).toBe(sources.length);
});

test('TypeScript finds the same types where it does not read `exports`, as in projects that cdk8s makes', () => {
  const { exports, typesVersions } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    exports: Record<string, string | { types: string }>;
    typesVersions: { '*': Record<string, string[]> };
  };
  const typed = Object.entries(exports).flatMap(([name, file]) =>
    name === '.' || typeof file === 'string' ? [] : [[name.slice('./'.length), [file.types]]],
  );
  expect(typesVersions['*']).toEqual(Object.fromEntries(typed));
});

test('the command starts', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(node(path.join(published, 'cli', 'main.js'), '--version').stdout.trim()).toBe(version);
});

test('the command reads plain YAML without what reads any other', () => {
  writeFileSync(path.join(project, 'plain.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: { name: plain }\n');
  writeFileSync(path.join(project, 'other.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata: &a { name: other }\n');
  const isLoadedFor = (file: string) =>
    printed(`
      process.argv = ['node', 'portolan', 'map', '${file}', '--output', 'answer'];
      require('./node_modules/portolan/build/lib/cli/main.js');
      process.on('exit', () => console.log(Object.keys(require.cache).some((file) => /[\\\\/]yaml[\\\\/]dist/.test(file))));
    `);
  expect(isLoadedFor('plain.yaml')).toBe(false);
  expect(isLoadedFor('other.yaml')).toBe(true);
});
