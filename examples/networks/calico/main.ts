import { App } from 'cdk8s';
import { Shop } from '../shop/shop';
import { CalicoCluster } from './cluster';

const app = new App();
new CalicoCluster(app);
new Shop(app);
app.synth();
