import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { DnsApp } from 'portolan';
import { authorsFrame, captureCallSite, codeAround } from '../../lib/synth/call-site';
import { creationLine } from '../../lib/synth/creation-lines';

/** The line of this file that calls it. */
const line = () => Number(/call-site\.test\.ts:(\d+)/.exec(new Error().stack!.split('\n')[2])![1]);

describe('the author of a stack', () => {
  test('is the first frame outside of packages and Node.js', () => {
    const stack = [
      'Error',
      '    at new Node (/app/node_modules/constructs/lib/construct.js:65:25)',
      '    at node:internal/modules/cjs/loader:1234:14',
      '    at <anonymous>',
      '    at new Shop (/app/src/shop.ts:7:12)',
      '    at Object.<anonymous> (/app/src/main.ts:1:1)',
    ];
    expect(authorsFrame(stack.join('\n'))).toEqual({ file: '/app/src/shop.ts', line: 7, column: 12 });
  });

  test.each([
    ['a frame without a function', '    at /app/main.ts:3:4', '/app/main.ts'],
    ['a constructor', '    at new Shop (/app/main.ts:3:4)', '/app/main.ts'],
    ['the body of a module', '    at Object.<anonymous> (/app/main.ts:3:4)', '/app/main.ts'],
    ['a method by another name', '    at Shop.build [as make] (/app/main.ts:3:4)', '/app/main.ts'],
    ['a continued function', '    at async build (/app/main.ts:3:4)', '/app/main.ts'],
    ['a continued module', '    at async file:///app/main.mts:3:4', '/app/main.mts'],
    ['an ES module', '    at file:///app/main%20one.mts:3:4', '/app/main one.mts'],
    ['a folder with a percent sign', '    at file:///app/100%25/main.mts:3:4', '/app/100%/main.mts'],
    ['a folder with spaces', '    at new A (/my app/main.ts:3:4)', '/my app/main.ts'],
    ['a folder with brackets', '    at new A (/app (copy)/main.ts:3:4)', '/app (copy)/main.ts'],
    ['a folder with brackets, without a function', '    at /app (copy)/main.ts:3:4', '/app (copy)/main.ts'],
    ['a drive of Windows', '    at new A (C:\\my app\\main.ts:3:4)', 'C:\\my app\\main.ts'],
    ['a drive of Windows, with slashes', '    at C:/app/main.ts:3:4', 'C:/app/main.ts'],
  ])('may stand in %s', (_, frame, file) => {
    expect(authorsFrame(`Error\n${frame}`)).toEqual({ file, line: 3, column: 4 });
  });

  test.each([
    ['a package', 'at new Node (/app/node_modules/constructs/lib/construct.js:65:25)'],
    ['a package on Windows', 'at new Node (C:\\app\\node_modules\\constructs\\lib\\construct.js:65:25)'],
    ['a package of pnpm', 'at f (/app/node_modules/.pnpm/cdk8s@2.70.0/node_modules/cdk8s/lib/chart.js:1:2)'],
    ['a package in the archive of Yarn', 'at f (/app/.yarn/cache/cdk8s-npm-2.zip/node_modules/cdk8s/lib/chart.js:1:2)'],
    ['a package as an ES module', 'at async file:///app/node_modules/tsx/dist/loader.mjs:1:2'],
    ['this library', `at captureCallSite (${join(__dirname, '../../lib/synth/call-site.ts')}:1:2)`],
    ['Node.js', 'at Module._compile (node:internal/modules/cjs/loader:1554:14)'],
    ['a built-in function', 'at Array.map (<anonymous>)'],
    ['promises that wait for each other', 'at async Promise.all (index 0)'],
    ['evaluated code', 'at eval (eval at build (/app/other.ts:1:2), <anonymous>:1:1)'],
    ['evaluated code with a name', 'at f (eval at build (/app/other.ts:1:2), /app/made-up.js:1:1)'],
    ['code of the command line', 'at [eval]:1:1'],
    ['code of the console', 'at REPL1:1:1'],
    ['a bundle of webpack', 'at build (webpack://app/./src/main.ts:1:2)'],
    ['a file of another host', 'at file://host/app/other.mts:1:2'],
    ['a URL that is none', 'at file:///app/%zz/other.mts:1:2'],
    ['a URL with a slash that is escaped', 'at file:///app/a%2Fb.mts:1:2'],
    ['a file nobody knows where', 'at build (src/other.ts:1:2)'],
    ['something else altogether', '--- 3 frames more ---'],
  ])('is not %s', (_, frame) => {
    const stack = `Error: a message\n    ${frame}\n    at main (/app/main.ts:3:4)`;
    expect(authorsFrame(stack)).toEqual({ file: '/app/main.ts', line: 3, column: 4 });
  });

  test('may be absent', () => {
    expect(authorsFrame('Error\n    at node:internal/main:1:1')).toBeUndefined();
  });

  test('is unknown where a program makes something else of its stacks', () => {
    const original = Error.prepareStackTrace;
    Error.prepareStackTrace = (_, frames) => frames;
    try {
      expect(captureCallSite().position).toBeUndefined();
    } finally {
      Error.prepareStackTrace = original;
    }
  });

  test('is found again from a call', () => {
    expect(captureCallSite().position).toMatchObject({ file: __filename, line: line() });
  });
});

describe('the own code of the library', () => {
  test.each([
    ['sources', '/app/portolan/lib/synth/call-site.ts', '/app/portolan/lib/'],
    ['compiled', '/app/portolan/build/modules/lib/synth/call-site.js', '/app/portolan/build/modules/lib/'],
    ['on Windows', 'C:\\portolan\\lib\\synth\\call-site.ts', 'C:\\portolan\\lib\\'],
    ['published', '/app/portolan/build/lib/portolan-library.js', '/app/portolan/build/lib/portolan-'],
    ['published, on Windows', 'C:\\portolan\\build\\lib\\portolan-library.js', 'C:\\portolan\\build\\lib\\portolan-'],
    ['a bundle with the program', '/app/dist/main.js', '/app/dist/main.js'],
    ['nowhere', undefined, undefined],
  ])('is known: %s', (_, file, code) => {
    expect(codeAround(file)).toBe(code);
  });

  test('is passed over, wherever it lies', () => {
    const stack = [
      'Error',
      '    at f (C:\\portolan\\lib\\synth\\hook.ts:1:2)',
      '    at g (C:\\portolan\\examples\\main.ts:3:4)',
    ];
    const position = authorsFrame(stack.join('\n'), codeAround('C:\\portolan\\lib\\synth\\call-site.ts'));
    expect(position).toEqual({ file: 'C:\\portolan\\examples\\main.ts', line: 3, column: 4 });
  });

  test('in a bundle is passed over by the file alone, so that what its source map names is found', () => {
    const stack = 'Error\n    at f (/app/dist/main.js:1:2)\n    at build (/app/src/main.ts:3:4)';
    expect(authorsFrame(stack, codeAround('/app/dist/main.js'))).toMatchObject({ file: '/app/src/main.ts' });
  });
});

describe('the line that created a construct', () => {
  const chart = new Chart(Testing.app(), 'chart');

  test('of this library', () => {
    const app = new DnsApp(chart, 'app', { image: 'a', ports: { http: 80 } });
    const created = { file: __filename, line: line() - 1 };
    for (const construct of app.node.findAll()) expect(creationLine(construct)?.position).toMatchObject(created);
  });

  test('of cdk8s-plus, and of what it creates below itself', () => {
    const workload = new Deployment(chart, 'plus', { containers: [{ image: 'a' }] });
    const created = { file: __filename, line: line() - 1 };
    for (const construct of workload.node.findAll()) expect(creationLine(construct)?.position).toMatchObject(created);
  });

  test("of a class of the author's own is where its content is written", () => {
    class Own extends Construct {
      readonly inner = new Construct(this, 'inner');
      readonly line = line() - 1;
      constructor(id: string) {
        super(chart, id);
      }
    }
    const own = new Own('own');
    expect(creationLine(own)?.position).toMatchObject({ file: __filename, line: own.line + 3 });
    expect(creationLine(own.inner)?.position).toMatchObject({ file: __filename, line: own.line });
  });

  test('is deep below the constructors of packages, and other stacks stay as deep as the program wants them', () => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 1;
    const app = new DnsApp(chart, 'deep', { image: 'a' });
    const kept = Error.stackTraceLimit;
    Error.stackTraceLimit = limit;
    for (const construct of app.node.findAll()) {
      expect(creationLine(construct)?.position).toMatchObject({ file: __filename, line: line() - 4 });
    }
    expect(kept).toBe(1);
  });

  test('a construct that is refused has none', () => {
    const second = () => new Construct(chart, 'own');
    expect(second).toThrow("There is already a Construct with name 'own'");
  });
});
