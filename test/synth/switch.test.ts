import { readdirSync } from 'node:fs';
import { ApiObject, Chart, Testing } from 'cdk8s';
import { DnsApp, Intents, NetworkPromiseError } from 'portolan';

/** An app with a promise that its policies break. */
function brokenShop() {
  const app = Testing.app();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const db = new DnsApp(chart, 'db', { image: 'postgres:17', ports: { sql: 5432 } });
  const web = new DnsApp(chart, 'web', { image: 'shop/web:3' });
  Intents.of(chart).expect(web).toReach(db.port('sql'));
  return { app, chart };
}

/** What is written to standard error while PORTOLAN has the value. */
function saidWith(value: string, run: () => unknown): string {
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const env = jest.replaceProperty(process, 'env', { ...process.env, PORTOLAN: value });
  try {
    run();
    return stderr.mock.calls.map(([text]) => text).join('');
  } finally {
    env.restore();
    stderr.mockRestore();
  }
}

describe('PORTOLAN=warn', () => {
  test('tells what is broken, first of all that it let it pass, and has the YAML written', () => {
    const { app } = brokenShop();
    const said = saidWith('warn', () => app.synth());
    const [first, , third] = said.split('\n');
    expect(first).toBe('portolan: PORTOLAN=warn let this pass: promises do not hold');
    expect(third).toMatch(/^error\[PTL\d{3}\]/);
    expect(readdirSync(app.outdir)).toEqual(['shop.k8s.yaml']);
  });

  test('tells it once for each synth of the app', () => {
    const { app } = brokenShop();
    new Chart(app, 'second');
    const said = saidWith('warn', () => [app.synth(), app.synth()]);
    expect(said.match(/PORTOLAN=warn/g)).toHaveLength(2);
  });

  test('tells it once for single charts of an app that does not change', () => {
    const { app, chart } = brokenShop();
    const second = new Chart(app, 'second');
    const said = saidWith('warn', () => [chart, second, chart].map((one) => Testing.synth(one)));
    expect(said.match(/PORTOLAN=warn/g)).toHaveLength(1);
  });

  test('leaves errors of other constructs what they are', () => {
    const { app, chart } = brokenShop();
    chart.node.addValidation({ validate: () => ['no captain'] });
    saidWith('warn', () => expect(() => app.synth()).toThrow('  [shop] no captain'));
  });
});

test('warnings refuse nothing and are told once a synth, without PORTOLAN too', () => {
  const app = Testing.app();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new Chart(app, 'second');
  const spec = { selector: { app: 'nobody' }, ports: [{ port: 80 }] };
  new ApiObject(chart, 'nobody', { apiVersion: 'v1', kind: 'Service', spec });
  new DnsApp(chart, 'web', { image: 'shop/web:3' });
  const said = saidWith('', () => [app.synth(), app.synth()]);
  expect(said.match(/^warning\[PTL230\].*$/gm)).toHaveLength(2);
  expect(said).not.toContain('PORTOLAN');
});

describe('PORTOLAN=off', () => {
  test('says so once, and nothing is checked', () => {
    const { app, chart } = brokenShop();
    const said = saidWith('off', () => [app.synth(), app.synthYaml(), Testing.synth(chart)]);
    expect(said).toBe('portolan: PORTOLAN=off, network promises are not checked\n');
    expect(readdirSync(app.outdir)).toEqual(['shop.k8s.yaml']);
  });
});

test('with PORTOLAN empty promises are checked in silence', () => {
  const { app } = brokenShop();
  expect(saidWith('', () => expect(() => app.synth()).toThrow(NetworkPromiseError))).toBe('');
});

test('any other value of PORTOLAN is told, once, and promises are checked', () => {
  const { app } = brokenShop();
  const refused = () => expect(() => app.synth()).toThrow(NetworkPromiseError);
  expect(saidWith('of', () => [refused(), refused()])).toBe(
    'portolan: PORTOLAN=of is neither "off" nor "warn": network promises are checked as usual\n',
  );
});
