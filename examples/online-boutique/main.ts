import { App } from 'cdk8s';
import { Cni, PodNetwork, verify } from 'portolan';
import { OnlineBoutique } from './online-boutique';
import { proofOf } from './proof';

const app = new App();
new PodNetwork(app, 'network', {
  cni: Cni.calico({ encapsulation: 'VXLAN' }),
  podCidr: '10.244.0.0/16',
  serviceCidr: '10.96.0.0/12',
  nodeCidr: '192.168.0.0/24',
});
new OnlineBoutique(app);

// Throws and writes nothing while a promise is broken. The cdk8s command shows only what goes to stderr.
app.synth();
console.error(proofOf(verify(app)));
