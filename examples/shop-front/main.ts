import { App } from 'cdk8s';
import { Cni, GatewayController, IngressController, PodNetwork } from 'portolan';
import { Platform } from './platform';
import { Shop } from './shop';

const app = new App();
new PodNetwork(app, 'network', {
  cni: Cni.calico(),
  podCidr: '10.244.0.0/16',
  serviceCidr: '10.96.0.0/12',
  nodeCidr: '192.168.0.0/24',
  ingress: [IngressController.nginx()],
  gateways: [GatewayController.envoy()],
});
const { gateway } = new Platform(app);
new Shop(app, gateway);
app.synth();
