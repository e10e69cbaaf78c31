import { proxiesOf } from '../../languages/haproxy/model/proxies';
import { DEFAULT_HAPROXY_VERSION, haproxyVersion } from '../../languages/haproxy/schema/version';
import { parseHaproxy, type HaproxyDocument, type Statement } from '../../languages/haproxy/syntax/document';
import type { NamedCertificates } from '../../services/core/context';
import { SERVICES } from '../../services/registry';

/** Where such files are kept. What a file names elsewhere is left alone: it may be part of the image. */
const FOLDERS = SERVICES.flatMap(({ certificates }) => certificates ?? []);
/** In a folder of certificates HAProxy takes every file. */
const FILE_IN_FOLDER = 'lab.pem';

/**
 * The files haproxy.cfg names by `crt` and `ca-file`, which real machines have and a workspace does not: a lab makes them.
 * Relative ones lie in `crt-base` and `ca-base`. Never throws.
 * @param version as in cluster.yaml
 */
export function namedCertificates(haproxyCfg: string, version: string): NamedCertificates {
  const document = parseHaproxy(haproxyCfg, haproxyVersion(version) ?? DEFAULT_HAPROXY_VERSION);
  const statements = document.sections.flatMap((section) => section.statements);
  const proxies = proxiesOf(document);
  const lines = new Set([
    ...proxies.flatMap(({ binds }) => binds.map(({ statement }) => statement)),
    ...statements.filter(({ keyword }) => /^(bind|server|default-server)$/.test(keyword.value)),
  ]);
  const named = (parameter: string, base: string): readonly string[] => {
    const folder = baseOf(document, base);
    const paths = [...lines]
      .flatMap((line) => valuesOf(line, parameter))
      .map((path) => absolute(path, folder));
    return [...new Set(paths)].filter((path) => FOLDERS.some((own) => path.startsWith(own)));
  };
  return {
    certificates: named('crt', 'crt-base').map(asFile),
    authorities: named('ca-file', 'ca-base').filter((path) => !path.endsWith('/')),
  };
}

function valuesOf({ args }: Statement, parameter: string): readonly string[] {
  return args.flatMap((word, at) =>
    args[at - 1]?.value === parameter && !word.dynamic && !word.value.startsWith('@') ? [word.value] : [],
  );
}

function baseOf({ sections }: HaproxyDocument, keyword: string): string {
  const lines = sections.filter(({ kind }) => kind === 'global').flatMap(({ statements }) => statements);
  return lines.findLast((line) => line.keyword.value === keyword)?.args[0]?.value ?? '';
}

/** Without `.` and `..`, so that what looks like a folder of certificates is in it. */
function absolute(path: string, base: string): string {
  const whole = path.startsWith('/') ? path : `${base}/${path}`;
  return whole.split('/').some((part) => part === '..' || part === '.') ? '' : whole.replace(/\/{2,}/g, '/');
}

/** A name without a suffix is a folder's. */
function asFile(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.includes('.') ? path : `${path.replace(/\/$/, '')}/${FILE_IN_FOLDER}`;
}
