import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const MEDIA = new URL('../../../media/', import.meta.url);
const require = createRequire(import.meta.url);

/** Colours a text with one of the extension's grammars: `text=innermost scope` for what has one of its own. */
export async function grammar(language: 'haproxy' | 'keepalived'): Promise<(text: string) => string[]> {
  const wasm = await readFile(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const path = new URL(`syntaxes/${language}.tmLanguage.json`, MEDIA);
  const raw = textmate.parseRawGrammar(await readFile(path, 'utf8'), path.pathname);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => Promise.resolve(scope === raw.scopeName ? raw : null),
  });
  const loaded = await registry.loadGrammar(raw.scopeName);
  if (loaded === null) throw new Error('no grammar');
  return (text) => {
    let stack = textmate.INITIAL;
    return text.split('\n').flatMap((line) => {
      const { tokens, ruleStack } = loaded.tokenizeLine(line, stack);
      stack = ruleStack;
      return tokens.flatMap(({ startIndex, endIndex, scopes }) => {
        const scope = scopes.at(-1)?.replace(`.${language}`, '') ?? '';
        const part = line.slice(startIndex, endIndex).trim();
        return part === '' || scopes.length < 2 ? [] : [`${part}=${scope}`];
      });
    });
  };
}
