import { App } from 'cdk8s';
import { Shop } from '../shop/shop';
import { FlannelCluster } from './cluster';

// Refused with PTL301: Flannel alone moves packets, and nobody reads the policies that the shop's promises rely on.
const app = new App();
new FlannelCluster(app);
new Shop(app);
app.synth();
