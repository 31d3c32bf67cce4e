import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Gateway, Listener } from 'portolan';

/** What the platform team runs for everybody: one Gateway for the hosts of partners. */
export class Platform extends Chart {
  readonly gateway = new Gateway(this, 'partners', {
    className: 'eg',
    listeners: {
      http: Listener.http({ hostname: '*.partners.example.com' }),
      https: Listener.https({ hostname: '*.partners.example.com', tls: 'partners-tls' }),
    },
    // Whoever else wants to be reached from outside asks for it here.
    allowedRoutes: { namespaces: ['shop'] },
  });

  constructor(scope: Construct) {
    super(scope, 'platform', { namespace: 'platform' });
  }
}
