import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { makeWorkspace, type Workspace } from './workspace';

/** How the culprits of the program were made; a promise about each has the name for its reason. */
const CULPRITS = [
  'by-app',
  'by-plus',
  'by-api-object',
  'by-helper',
  'by-subclass',
  'by-field',
  'by-constructor',
  'by-package',
] as const;

/** Who runs the program, and the file that its author would look into. */
const RUNTIMES = [
  ['tsx', ['--import', 'tsx', 'main.ts'], 'main.ts'],
  ['tsx, ES modules', ['--import', 'tsx', 'modules/main.ts'], 'modules/main.ts'],
  ['ts-node', ['--require', 'ts-node/register/transpile-only', 'main.ts'], 'main.ts'],
  ['ts-jest', [jest(), '--config', 'ts-jest.config.json'], 'main.ts'],
  ['@swc/jest', [jest(), '--config', 'swc-jest.config.json'], 'main.ts'],
  ['node --enable-source-maps', ['--enable-source-maps', 'mapped/main.js'], 'main.ts'],
  ['node without source maps', ['unmapped/main.js'], 'unmapped/main.js'],
  ['node, ES modules', ['modules/main.mjs'], 'modules/main.mjs'],
] as const;

/** A link shows only where source maps name the sources of the library and where the path is not the real one. */
const LINKED = RUNTIMES.filter(([name]) => /^(tsx|node --enable-source-maps|node without source maps)$/.test(name));

let workspace: Workspace;

beforeAll(async () => {
  workspace = await makeWorkspace();
}, 120_000);

function jest(): string {
  return path.join('node_modules', 'jest', 'bin', 'jest.js');
}

/** The places that the refusal of the program names, for each culprit. */
function placesIn(project: string, argv: readonly string[]): Readonly<Record<string, Places>> {
  const file = path.join(project, 'refusal.txt');
  rmSync(file, { force: true });
  const env = { ...process.env, REFUSAL: file };
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: project, env, encoding: 'utf8' });
  if (status !== 0 || !existsSync(file)) throw new Error(`it ended with ${status}:\n${stdout}\n${stderr}`);
  const findings = readFileSync(file, 'utf8')
    .split(/^error\[/m)
    .slice(1);
  return Object.fromEntries(findings.map((text) => placesOf(text.replaceAll(/\s+/g, ' '))));
}

interface Places {
  readonly created: string;
  readonly promised: string;
}

function placesOf(finding: string): readonly [string, Places] {
  const [, created] = / (?:╭─|\+-) (\S+:\d+:\d+) \d+ /.exec(finding)!;
  const [, promised, name] = / promise .*? (\S+:\d+:\d+) because (\S+)/.exec(finding)!;
  return [name, { created, promised }];
}

/** Where the file has them: the expression that creates the culprit, and the call of `expect`. */
function placesWritten(project: string, file: string, name: string): Places {
  const lines = readFileSync(path.join(project, file), 'utf8').split('\n');
  const find = (mark: RegExp) => {
    const index = lines.findIndex((line) => mark.test(line) && line.includes(`'${name}'`));
    return `${file}:${index + 1}:${lines[index].search(mark) + 1}`;
  };
  return { created: find(/new (?!Chart)|super\(/), promised: find(/expect\(/) };
}

function expectPlaces(project: string, argv: readonly string[], file: string): void {
  const expected = CULPRITS.map((name) => [name, placesWritten(project, file, name)]);
  expect(placesIn(project, argv)).toEqual(Object.fromEntries(expected));
}

describe('promise and culprit have the lines of their author', () => {
  test.each(RUNTIMES)('under %s', (_, argv, file) => {
    expectPlaces(workspace.installed, argv, file);
  });

  test.each(LINKED)('under %s, where the library is linked', (_, argv, file) => {
    expectPlaces(workspace.linked, argv, file);
  });
});
