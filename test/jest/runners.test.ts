import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { packageInto } from './packaged';

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
  readonly config?: object;
}

const JEST: Runner = {
  imports: "import 'portolan/jest';",
  command: path.resolve('node_modules', 'jest', 'bin', 'jest.js'),
  args: ['--colors=false', '--runInBand'],
  config: { testMatch: ['**/*.spec.ts'], transform: own.transform },
};

const RUNNERS: Readonly<Record<string, Runner>> = {
  'jest with its globals': JEST,
  'jest without globals': {
    ...JEST,
    imports: "import { expect, test } from '@jest/globals';\nimport 'portolan/jest';",
    config: { ...JEST.config, injectGlobals: false },
  },
  vitest: {
    imports: "import { expect, test } from 'vitest';\nimport 'portolan/vitest';",
    command: path.resolve('node_modules', 'vitest', 'vitest.mjs'),
    args: ['run', '--no-color'],
  },
};

interface Run {
  readonly code: number;
  readonly output: string;
}

function run(name: string, environment: Readonly<Record<string, string>> = {}): Promise<Run> {
  const { command, args } = RUNNERS[name];
  const { CI: _, JEST_WORKER_ID: __, NODE_ENV: ___, ...inherited } = process.env;
  const options = { cwd: projectOf(name), env: { ...inherited, NO_COLOR: '1', ...environment } };
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

const runs = new Map<string, { readonly good: Run; readonly bad: Run }>();

beforeAll(async () => {
  packageInto(FOLDER);
  const all = Object.entries(RUNNERS).map(async ([name, { imports, config }]) => {
    const project = projectOf(name);
    mkdirSync(project, { recursive: true });
    writeFileSync(path.join(project, 'shop.ts'), SHOP);
    writeFileSync(path.join(project, 'shop.spec.ts'), `${imports}\n${SPEC}`);
    if (config) writeFileSync(path.join(project, 'jest.config.json'), JSON.stringify(config));
    const good = await run(name);
    const bad = await run(name, { FORGETFUL: 'yes', CI: 'true' });
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
    expect(output).not.toMatch(/at .*portolan\/build\/lib\/(?!jest\/snapshot)/);
  });

  test('shows how the connections differ, a line each', () => {
    expect(resultOf('bad').output).toMatch(/^ *- shop\/web\[Deployment\] => shop\/db\[Deployment\] : TCP 5432$/m);
  });
});
