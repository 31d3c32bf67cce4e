import { App, Chart } from 'cdk8s';
import { type AppAddress, DnsApp, Intents } from '../lib/index';
import { median } from './median';

const RUNS = 5;

/** Milliseconds of `app.synthYaml()` with the check and without it, on apps made of typed constructs; budget: 25 %. */
export function benchSynth(): readonly Record<string, number | string>[] {
  return [
    [1, 50],
    [10, 20],
  ].map(([charts, apps]) => {
    const off = time(charts, apps, 'off');
    const on = time(charts, apps, undefined);
    return {
      charts,
      'apps a chart': apps,
      'without ms': off,
      'with ms': on,
      'added %': Math.round((on / off - 1) * 100),
    };
  });
}

function time(charts: number, apps: number, portolan: string | undefined): number {
  const before = process.env.PORTOLAN;
  if (portolan === undefined) delete process.env.PORTOLAN;
  else process.env.PORTOLAN = portolan;
  try {
    const times = Array.from({ length: RUNS }, () => {
      const app = shop(charts, apps);
      const start = performance.now();
      app.synthYaml();
      return performance.now() - start;
    });
    return median(times);
  } finally {
    if (before === undefined) delete process.env.PORTOLAN;
    else process.env.PORTOLAN = before;
  }
}

/** A chain of apps in every chart, each using the next, and a promise for each use. */
function shop(charts: number, apps: number): App {
  const app = new App();
  for (let c = 0; c < charts; c++) {
    const chart = new Chart(app, `chart-${c}`, { namespace: `ns-${c}` });
    let next: DnsApp<'http'> | undefined;
    for (let a = 0; a < apps; a++) {
      const uses = { ...(next && { NEXT_URL: next.port('http').url() }) } as Record<string, AppAddress>;
      const made: DnsApp<'http'> = new DnsApp(chart, `app-${a}`, {
        image: 'example/app:1',
        ports: { http: 8080 },
        uses,
      });
      if (next) Intents.of(chart).expect(made).toReach(next.port('http'));
      next = made;
    }
  }
  return app;
}
