import { Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { DnsApp } from 'portolan';
import { authorsFrame, captureCallSite } from '../../lib/synth/call-site';
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
    ['an ES module', '    at file:///app/main%20one.mts:3:4', '/app/main one.mts'],
    ['a folder with brackets', '    at new A (/app (copy)/main.ts:3:4)', '/app (copy)/main.ts'],
  ])('may stand in %s', (_, frame, file) => {
    expect(authorsFrame(`Error\n${frame}`)).toEqual({ file, line: 3, column: 4 });
  });

  test('may be absent', () => {
    expect(authorsFrame('Error\n    at node:internal/main:1:1')).toBeUndefined();
  });

  test('is found again from a call', () => {
    expect(captureCallSite().position).toMatchObject({ file: __filename, line: line() });
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

  test('a construct that is refused has none', () => {
    const second = () => new Construct(chart, 'own');
    expect(second).toThrow("There is already a Construct with name 'own'");
  });
});
