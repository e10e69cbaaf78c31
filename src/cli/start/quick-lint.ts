/** What a check of files never needs stays out of the one file it is started from, so those go the usual way. */
const ELSEWHERE = /^(?:--verify(?:=.*)?|--help|-h)$/;

/** True for a command line whose work is checking files, by the bundle made for that. */
export function isQuickLint(argv: readonly string[]): boolean {
  return argv[0] === 'lint' && !argv.some((word) => ELSEWHERE.test(word));
}

/** Which of the files with compiled code serves: each language needs other parts of the program. */
export function codeCacheName(argv: readonly string[]): string {
  const endings = argv
    .map((word) => /\.(rb|cfg|conf|ya?ml)$/.exec(word)?.[1])
    .filter((one) => one !== undefined);
  return [...new Set(endings)].sort().join('-') || 'any';
}
