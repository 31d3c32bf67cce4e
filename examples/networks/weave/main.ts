import { App } from 'cdk8s';
import { Shop } from '../shop/shop';
import { WeaveCluster } from './cluster';

const app = new App();
new WeaveCluster(app);
new Shop(app);
app.synth();
