import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { DnsApp } from 'portolan';
import { PostgresCluster } from './postgres-cluster';

/** An app that uses the package as it is meant. */
export class BillingApp extends Chart {
  readonly db = new PostgresCluster(this, 'ledger', { database: 'billing' });
  readonly invoices = new DnsApp(this, 'invoices', { image: 'billing/invoices:4', ports: { http: 8080 } });
  readonly prometheus = new DnsApp(this, 'prometheus', { image: 'prom/prometheus:v3.5.0' });

  constructor(scope: Construct) {
    super(scope, 'billing', { namespace: 'billing' });
    this.db.allowFrom(this.invoices);
    this.db.allowMetricsFrom(this.prometheus);
  }
}
