import { type App, Chart } from 'cdk8s';
import { DnsApp, Intents } from 'portolan';

export interface ShopSize {
  readonly charts: number;
  readonly appsAChart: number;
  /** Half of them made by `uses`, half by `expect`. */
  readonly promisesAChart: number;
}

/** Apps in every chart, the first of them in a chain of which each uses the next. */
export function shop(app: App, { charts, appsAChart, promisesAChart }: ShopSize): App {
  for (let c = 0; c < charts; c++) {
    const chart = new Chart(app, `chart-${c}`, { namespace: `ns-${c}` });
    const apps = Array.from({ length: appsAChart }, (_, index) => dnsApp(chart, `app-${index}`));
    const intents = Intents.of(chart);
    for (let p = 0; p < promisesAChart; p++) {
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
