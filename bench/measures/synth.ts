import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { DnsApp, Intents } from '../../lib/index';
import { median } from '../harness/time';

export interface SynthInput {
  readonly charts: number;
  readonly appsAChart: number;
  /** Half of them made by `uses`, half by `expect`. */
  readonly promisesAChart: number;
  readonly runs: number;
}

export interface SynthResult {
  readonly objects: number;
  readonly promises: number;
  /** Median milliseconds of `app.synth()` with the check and without it, the writing of the files included. */
  readonly withCheck: number;
  readonly without: number;
}

/** What the hook adds to a synth, on apps made of typed constructs. */
export function measureSynth({ charts, appsAChart, promisesAChart, runs }: SynthInput): SynthResult {
  const outdir = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  const make = () => shop(new App({ outdir }), charts, appsAChart, promisesAChart);
  try {
    // In turn, so that both meet the same state of the machine and of the compiler.
    const pairs = Array.from({ length: runs }, () => [timeSynth(make(), true), timeSynth(make(), false)]);
    return {
      objects: make().synthYaml().split(/^---$/m).length,
      promises: charts * promisesAChart,
      withCheck: median(pairs.map(([checked]) => checked)),
      without: median(pairs.map(([, unchecked]) => unchecked)),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function timeSynth(app: App, isChecked: boolean): number {
  if (isChecked) delete process.env.PORTOLAN;
  else process.env.PORTOLAN = 'off';
  globalThis.gc?.();
  const start = performance.now();
  app.synth();
  const duration = performance.now() - start;
  delete process.env.PORTOLAN;
  return duration;
}

/** Apps in every chart, the first of them in a chain of which each uses the next. */
function shop(app: App, charts: number, appsAChart: number, promises: number): App {
  for (let c = 0; c < charts; c++) {
    const chart = new Chart(app, `chart-${c}`, { namespace: `ns-${c}` });
    const apps = Array.from({ length: appsAChart }, (_, index) => dnsApp(chart, `app-${index}`));
    const intents = Intents.of(chart);
    for (let p = 0; p < promises; p++) {
      const [client, server] = [apps[(p >> 1) % appsAChart], apps[((p >> 1) + 1) % appsAChart]];
      if (p % 2 === 0) client.use(server.port('http'));
      else if (p % 4 === 1) intents.expect(client).toReach(server.port('http'));
      else intents.expect(server).not.toReach(client);
    }
  }
  return app;
}

function dnsApp(chart: Chart, name: string): DnsApp<'http'> {
  return new DnsApp(chart, name, { image: 'example/app:1', ports: { http: 8080 } });
}
