import type { Proxy } from './proxy';

/** URI of `option httpchk`, or of `http-check send`; undefined when none is written. */
export function checkUri(proxy: Proxy): { uri: string; span: { start: number; end: number } } | undefined {
  const sent = proxy.all('http-check').findLast(({ args }) => args[0]?.value === 'send');
  const at = sent?.args.findIndex((word) => word.value === 'uri') ?? -1;
  const word = at < 0 ? undefined : sent?.args[at + 1];
  if (word !== undefined) return { uri: word.value, span: word };
  const args = proxy.all('option').findLast((option) => option.args[0]?.value === 'httpchk')?.args ?? [];
  const uri = args.length === 2 ? args[1] : args[2];
  return uri === undefined || uri.dynamic ? undefined : { uri: uri.value, span: uri };
}
