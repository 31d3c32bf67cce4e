import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { makePackage } from '../support/packaged';

const FOLDER = path.resolve('.cache', 'runners');
const { jest: own } = JSON.parse(readFileSync('package.json', 'utf8'));

/** A shop; told to by the environment, its web forgets the database. */
const SHOP = `
import { App, Chart } from 'cdk8s';
import { DnsApp, Intents } from 'portolan';

export class Shop extends Chart {
  db = new DnsApp(this, 'db', { image: 'postgres:17', ports: { sql: 5432 } });
  web = new DnsApp(this, 'web', {
    image: 'shop/web:3',
    uses: process.env.FORGETFUL ? {} : { DB: this.db.port('sql').url() },
  });

  constructor() {
    super(new App(), 'shop', { namespace: 'shop' });
    Intents.of(this).expect(this.web).toReach(this.db.port('sql'));
  }
}
`;

const SPEC = `
import { Shop } from './shop';

const shop = new Shop();

test('promises', () => {
  expect(shop).toSatisfyIntents();
});
test('reach', () => {
  expect(shop.web).toReach(shop.db);
});
test('not', () => {
  expect(shop.db).not.toReach(shop.web);
});
test('map', () => {
  expect(shop).toMatchConnectivitySnapshot();
});
`;

interface Runner {
  readonly imports: string;
  readonly command: string;
  readonly args: readonly string[];
  /** What its configuration says, by file. */
  readonly config?: Readonly<Record<string, string>>;
}

const jestConfig = (more: object = {}) => ({
  'jest.config.json': JSON.stringify({ testMatch: ['**/*.spec.ts'], transform: own.transform, ...more }),
});

/** How long nobody asks, and a machine may have much else to do. */
const PATIENT = '--testTimeout=60000';

const JEST: Runner = {
  imports: "import 'portolan/jest';",
  command: path.resolve('node_modules', 'jest', 'bin', 'jest.js'),
  args: ['--colors=false', '--runInBand', PATIENT],
  config: jestConfig(),
};

const VITEST: Runner = {
  imports: "import { expect, test } from 'vitest';\nimport 'portolan/vitest';",
  command: path.resolve('node_modules', 'vitest', 'vitest.mjs'),
  args: ['run', '--no-color', PATIENT],
};

/** Not the compiled package, but what it is made of; Node.js itself loads what is loaded lazily. */
const SOURCES = {
  resolve: {
    alias: {
      'portolan/vitest': path.resolve('lib', 'jest', 'vitest.mts'),
      portolan: path.resolve('lib', 'index.ts'),
    },
  },
  test: { execArgv: ['--import=tsx'] },
};

const RUNNERS: Readonly<Record<string, Runner>> = {
  'jest with its globals': JEST,
  'jest without globals': {
    ...JEST,
    imports: "import { expect, test } from '@jest/globals';\nimport 'portolan/jest';",
    config: jestConfig({ injectGlobals: false }),
  },
  vitest: VITEST,
};

interface Run {
  readonly code: number;
  readonly output: string;
}

function run(name: string, runner: Runner, environment: Readonly<Record<string, string>> = {}): Promise<Run> {
  const { command, args } = runner;
  const { CI: _, JEST_WORKER_ID: __, NODE_ENV: ___, ...inherited } = process.env;
  const options = { cwd: projectOf(name), env: { ...inherited, NO_COLOR: '1', ...environment }, timeout: 100_000 };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [command, ...args], options, (error, stdout, stderr) => {
      const output = stripVTControlCharacters(stdout + stderr);
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, output });
    });
    child.stdin?.end();
  });
}

function projectOf(name: string): string {
  return path.join(FOLDER, name.replaceAll(' ', '-'));
}

function layOut(name: string, { imports, config = {} }: Runner): void {
  const files = { ...config, 'shop.ts': SHOP, 'shop.spec.ts': `${imports}\n${SPEC}` };
  mkdirSync(projectOf(name), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(projectOf(name), file), text);
}

const runs = new Map<string, { readonly good: Run; readonly bad: Run }>();

beforeAll(async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  await makePackage(path.join(FOLDER, 'node_modules', 'portolan'));
  // Else the projects would be part of this package, and find themselves by its name.
  writeFileSync(path.join(FOLDER, 'package.json'), '{}');
  const all = Object.entries(RUNNERS).map(async ([name, runner]) => {
    layOut(name, runner);
    const good = await run(name, runner);
    const bad = await run(name, runner, { FORGETFUL: 'yes', CI: 'true' });
    runs.set(name, { good, bad });
  });
  await Promise.all(all);
}, 120_000);

describe.each(Object.keys(RUNNERS))('%s', (name) => {
  const resultOf = (which: 'good' | 'bad') => runs.get(name)![which];

  test('passes what holds, and writes the snapshot', () => {
    const { code, output } = resultOf('good');
    expect(output).toMatch(/1 written/);
    expect(output).toMatch(/4 passed/);
    expect(code).toBe(0);
  });

  test('fails what is broken, at the line of the test and with the words of synth', () => {
    const { code, output } = resultOf('bad');
    expect(code).toBe(1);
    expect(output).toMatch(/3 failed/);
    expect(output).toMatch(/expect\(shop\)\.toSatisfyIntents\(\)/);
    expect(output).toMatch(/expect\(web\)\.toReach\(db\)\n\n\s*error\[PTL10\d\]: `web` cannot reach `db/);
    expect(output).toMatch(/>? *\d+ ?\| +expect\(shop\.web\)\.toReach\(shop\.db\);/);
    expect(output).not.toMatch(/at (?!Object\.toMatchConnectivitySnapshot ).*portolan\/build\/lib\//);
  });

  test('shows how the connections differ, a line each', () => {
    expect(resultOf('bad').output).toMatch(/^ *- shop\/web\[Deployment\] => shop\/db\[Deployment\] : TCP 5432$/m);
  });
});

test('vitest loads the sources as well: no module of theirs is taken for a promise', async () => {
  const config = { 'vitest.config.mjs': `export default ${JSON.stringify(SOURCES)};` };
  const runner: Runner = { ...VITEST, config };
  layOut('sources', runner);
  const { code, output } = await run('sources', runner);
  expect(output).toMatch(/4 passed/);
  expect(code).toBe(0);
}, 120_000);
