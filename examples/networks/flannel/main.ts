import { App } from 'cdk8s';
import { Shop } from '../shop/shop';
import { FlannelCluster } from './cluster';

// kube-network-policies runs beside Flannel, which its chart is told to install.
const app = new App();
new FlannelCluster(app, { netpol: true });
new Shop(app);
app.synth();
