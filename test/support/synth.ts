import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, type App, Chart, Lazy } from 'cdk8s';
import { DnsApp } from 'portolan';

export const image = 'shop/api:3';

/** A chart with a promise that is kept, and whatever a test adds to it. */
export function shop(app: App, add: (chart: Chart) => void = () => {}): App {
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const db = new DnsApp(chart, 'db', { image, ports: { sql: 5432 } });
  new DnsApp(chart, 'api', { image, uses: { DB: db.port('sql').hostPort() } });
  add(chart);
  return app;
}

/** Every file below a folder with its text. */
export function filesOf(root: string): Readonly<Record<string, string>> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((file) => join(file.parentPath, file.name)).sort();
  return Object.fromEntries(texts.map((file) => [file.slice(root.length), readFileSync(file, 'utf8')]));
}

export function withoutHook<T>(run: () => T): T {
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const env = jest.replaceProperty(process, 'env', { ...process.env, PORTOLAN: 'off' });
  try {
    return run();
  } finally {
    env.restore();
    stderr.mockRestore();
  }
}

/** A custom object whose field counts how often it was rendered. */
export function counting(chart: Chart, id: string, produce: () => unknown): ApiObject {
  const spec = Lazy.any({ produce });
  return new ApiObject(chart, id, { apiVersion: 'example.com/v1', kind: 'Counter', spec });
}

/** A chart that has a say in what it emits. */
export function chartThat(toJson: (chart: Chart, inherited: () => object[]) => object[]): typeof Chart {
  return class extends Chart {
    override toJson() {
      return toJson(this, () => super.toJson());
    }
  };
}
