import type { EndpointRef } from '../../lib/intents/endpoint';
import type { Intent } from '../../lib/intents/intent';
import type { GuardedApp } from './generate';
import type { Random } from './random';
import { type App, PORT } from './shape';

/** It scrapes everything. */
const MONITORING: EndpointRef = { kind: 'namespace', name: 'monitoring' };

/** Promises as projects make them: clients that must get through, others that must not, and lists of all who may. */
export function promisesOf(
  guarded: readonly GuardedApp[],
  apps: readonly App[],
  count: number,
  random: Random,
): Intent[] {
  return Array.from({ length: count }, (_, index) => {
    const base = { id: `promise/${index}`, origin: {} };
    const { app, clients } = guarded[random(guarded.length)];
    const sql: EndpointRef = { kind: 'port', of: ref(app), port: PORT.data.name };
    switch (index % 3) {
      case 0: {
        const subject = ref(clients[random(clients.length)]);
        return { ...base, verb: 'toReach', negated: false, subject, targets: [sql] };
      }
      case 1: {
        const subject = ref(strangerTo(app, clients, apps, random));
        return { ...base, verb: 'toReach', negated: true, subject, targets: [ref(app)] };
      }
      default: {
        const sources = [...clients.map(ref), ref(app), MONITORING];
        return { ...base, verb: 'toBeReachedOnlyBy', subject: ref(app), sources };
      }
    }
  });
}

function strangerTo(app: App, clients: readonly App[], apps: readonly App[], random: Random): App {
  for (;;) {
    const other = apps[random(apps.length)];
    if (other !== app && !clients.includes(other)) return other;
  }
}

function ref({ name, namespace }: Pick<App, 'name' | 'namespace'>): EndpointRef {
  return { kind: 'object', namespace, name };
}
