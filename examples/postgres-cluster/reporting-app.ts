import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { DnsApp, NetworkPolicy, namespace } from 'portolan';
import { PostgresCluster } from './postgres-cluster';

/** An app that takes a shortcut: its analysts connect from a namespace of their own. */
export class ReportingApp extends Chart {
  readonly db = new PostgresCluster(this, 'warehouse', { database: 'reports' });
  readonly dashboards = new DnsApp(this, 'dashboards', { image: 'reports/dashboards:2', ports: { http: 3000 } });

  constructor(scope: Construct) {
    super(scope, 'reporting', { namespace: 'reporting' });
    this.db.allowFrom(this.dashboards);
    new NetworkPolicy(this, 'analysts', {
      appliesTo: this.db.servers,
      allowFrom: [{ from: [namespace('notebooks')], ports: [this.db.servers.port('sql')] }],
    });
  }
}
