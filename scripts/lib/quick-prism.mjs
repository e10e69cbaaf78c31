/**
 * The JavaScript half of Ruby's parser as the programs need it. As it is published, each node is given all its fields twice,
 * first as none, and what nobody here asks of nodes is more than half of its code.
 */
import { readFileSync } from 'node:fs';

/** Where the parser's text is changed; whoever reads another version of it shall see at once that this does nothing there. */
const CHANGES = {
  nodes: [
    // Declared fields, which every constructor assigns, in the same order.
    [/^  \w+;$/gm, ''],
    [/^  #flags;$/gm, ''],
    [/\bthis\.#flags\b/g, 'this._flags'],
    // Visitors, and nodes as JSON.
    [/^  (?:accept|compactChildNodes|toJSON)\([^)]*\) \{\n[\s\S]*?^  \}$/gm, ''],
  ],
  deserialize: [
    [
      /^  readVarInt\(\) \{\n[\s\S]*?^  \}$/gm,
      `  readVarInt() {
    const byte = this.array[this.index++];
    return byte < 0x80 ? byte : this.readLongVarInt(byte & 0x7f);
  }

  readLongVarInt(low) {
    let result = low;
    for (let shift = 7; ; shift += 7) {
      const byte = this.array[this.index++];
      result += (byte & 0x7f) << shift;
      if (byte < 0x80) return result;
    }
  }`,
    ],
    [
      /^  readLocation\(\) \{\n[\s\S]*?^  \}$/gm,
      `  readLocation() {
    const { array } = this;
    let { index } = this;
    let byte = array[index++];
    let startOffset = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = array[index++];
      startOffset += (byte & 0x7f) << shift;
    }
    byte = array[index++];
    let length = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = array[index++];
      length += (byte & 0x7f) << shift;
    }
    this.index = index;
    return { startOffset, length };
  }`,
    ],
    [/Array\.from\(\{ length: buffer\.readVarInt\(\) \}, (readRequired(?:Node|Constant))\)/g, 'readList($1)'],
    [
      /^  function readRequiredNode\(\) \{$/gm,
      `  function readList(readItem) {
    const items = [];
    for (let left = buffer.readVarInt(); left > 0; left -= 1) items.push(readItem());
    return items;
  }

  function readRequiredNode() {`,
    ],
  ],
};

export const quickPrism = {
  name: 'quick-prism',
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]@ruby[\\/]prism[\\/]src[\\/](?:nodes|deserialize)\.js$/ }, ({ path }) => {
      let text = readFileSync(path, 'utf8');
      for (const [old, put] of path.endsWith('nodes.js') ? CHANGES.nodes : CHANGES.deserialize) {
        if (text.search(old) < 0)
          throw new Error(`${path} is another version than scripts/lib/quick-prism.mjs knows: ${old}`);
        text = text.replace(old, put);
      }
      return { contents: text, loader: 'js' };
    });
  },
};
