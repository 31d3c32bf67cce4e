import { App } from 'cdk8s';
import { Shop } from '../shop/shop';
import { CiliumCluster } from './cluster';

const app = new App();
new CiliumCluster(app);
new Shop(app);
app.synth();
