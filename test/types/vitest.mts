import type { Chart } from 'cdk8s';
import { type DnsApp, internet, namespace } from 'portolan';
import 'portolan/vitest';
import { inNetworkOf } from 'portolan/vitest';
import { expect } from 'vitest';

declare const chart: Chart;
declare const app: DnsApp<'http'>;

expect(app).toReach(app.port('http'), { by: 'podIP' });
expect(app).not.toReach([app, internet]);
expect(inNetworkOf(chart, namespace('ops'))).toBeIsolated({ except: () => [app] });
expect(app).toBeReachedOnlyBy(() => [app]);
expect(chart).toSatisfyIntents();
expect(chart).toMatchConnectivitySnapshot('of the shop');

// @ts-expect-error a text is no endpoint
expect('web').toReach(app);
// @ts-expect-error nor as a target
expect(app).toReach('db');
// @ts-expect-error somebody must be allowed
expect(app).toBeReachedOnlyBy();
// @ts-expect-error where to?
expect(app).toPassThrough(app);
