const { ApiObject } = require('cdk8s');
const { Construct } = require('constructs');

/** A construct as a package on the registry brings it: what it makes is the line of its user. */
exports.TheirService = class TheirService extends Construct {
  constructor(scope, id, props) {
    super(scope, id);
    this.service = new ApiObject(this, 'service', props);
  }
};
