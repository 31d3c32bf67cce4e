import { App } from 'cdk8s';
import { Cni, PodNetwork } from 'portolan';
import { MessageBoard } from './message-board';

const app = new App();
new PodNetwork(app, 'network', {
  cni: Cni.calico(),
  podCidr: '10.244.0.0/16',
  serviceCidr: '10.96.0.0/12',
  nodeCidr: '192.168.0.0/24',
});
new MessageBoard(app);
app.synth();
