// SPDX-License-Identifier: Apache-2.0
// Parses docs/mqtt/asyncapi.json with AsyncAPI's own parser and prints what it has to say.
import { fromFile, Parser } from '@asyncapi/parser';

const { document, diagnostics } = await fromFile(new Parser(), process.argv[2]).parse();
const words = ['error', 'warning', 'information', 'hint'];
for (const d of diagnostics) {
  console.log(`${words[d.severity]} ${d.code} ${d.path.join('/')}: ${d.message}`);
}
const errors = diagnostics.filter((d) => d.severity === 0).length;
console.log(document ? `${document.channels().length} channels, ${document.operations().length} operations` : 'no document');
process.exit(document && errors === 0 ? 0 : 1);
